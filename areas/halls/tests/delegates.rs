//! Halls and lots as an office runs them, on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops where it fails")]

mod lots;

use halls::delegates::{
    hall::{Way, change, found::FoundHall},
    lot::{
        Answer, State, answer, confirm, draft, enrol,
        enrol::{AtDesk, Enrol},
        freeze, import, key, method, publish,
        publish::Announce,
        queries, replace,
        replace::MakeRoom,
        seed, solve,
        solve::Solved,
    },
    seat::{fill, fill::FillSeat, leave, leave::Leave, store},
};
use kernel::Actor;
use lots::{Town, people};
use matters::verdict::recompute::{Answer as Again, Told, from_text, recompute};
use sortition::{PanelList, Seed};

#[test]
fn seats_are_filled_by_their_way_and_no_other() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let hall = town.hall();
        let of = |seat| hall.way_of(seat);
        assert_eq!(
            [of(0), of(1), of(2), of(3), of(4), of(8)].map(|way| way.map(Way::as_str)),
            [None, Some("elected"), Some("elected"), Some("recommended"), Some("lot"), None]
        );
        let who = FillSeat {
            name: "独孤无痕".into(),
            source: "三号楼居民会议".into(),
            evidence: "会议记录第 3 号".into(),
            from: town.day(0).to_string(),
            ..FillSeat::default()
        };
        let (id, first) = (hall.id.clone(), who.clone());
        let seated = town.run(&town.worker, 0, move |tx, cx| fill::fill(tx, cx, (&id, 1), &first)).unwrap();
        assert_eq!(seated.shown(), "独**");
        let refused = |seat, who: FillSeat, actor: &Actor| {
            let id = hall.id.clone();
            town.refused(actor, 0, move |tx, cx| fill::fill(tx, cx, (&id, seat), &who))
        };
        assert_eq!(refused(1, who.clone(), &town.worker), "seat-taken");
        assert_eq!(refused(4, who.clone(), &town.worker), "seat-by-lot");
        assert_eq!(refused(9, who.clone(), &town.worker), "seat-not-there");
        assert_eq!(refused(2, who.clone(), &town.stranger), "not-allowed");
        assert_eq!(
            refused(2, FillSeat { from: town.day(1).to_string(), ..who.clone() }, &town.worker),
            "invalid-input"
        );
        // numbers of seats mean something while somebody sits
        let (id, more) = (hall.id.clone(), FoundHall { elected: "3".into(), ..town.hall_input() });
        assert_eq!(
            town.refused(&town.worker, 0, move |tx, cx| change::change(tx, cx, &id, &more)),
            "hall-has-delegates"
        );
        let (id, one) = (hall.id.clone(), seated.id.clone());
        let reason = Leave { reason: "搬走了".into() };
        town.run(&town.worker, 1, move |tx, cx| leave::leave(tx, cx, (&id, &one), &reason)).unwrap();
        let id = hall.id.clone();
        town.run(&town.worker, 1, move |tx, cx| fill::fill(tx, cx, (&id, 1), &who)).unwrap();
        let id = hall.id.clone();
        let sitting = db.read_wait(move |s| store::sitting(s, &id)).unwrap();
        assert_eq!(sitting.len(), 1);
        town.no_names();
    });
}

#[test]
fn people_put_themselves_forward_and_change_their_mind() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let lot = town.lot();
        let me = town.resident("慕容听雪");
        let say = |features: [&str; 2], address: &str| Enrol {
            features: features.map(str::to_owned).to_vec(),
            address: address.into(),
        };
        let enrolled = |actor: &Actor, input: Enrol, at| {
            let id = lot.id.clone();
            town.run(actor, at, move |tx, cx| enrol::enrol(tx, cx, &id, &input))
        };
        let code = |answer: Result<_, db::Fault>| match answer {
            Err(db::Fault::Refused(refusal)) => refusal.code,
            Err(error) => panic!("{error}"),
            Ok(_) => "ok",
        };
        assert_eq!(code(enrolled(&me, say(["少", ""], "1-1"), 0)), "features-missing");
        assert_eq!(
            code(enrolled(&me, say(["少", "女"], ""), 0)),
            "invalid-input",
            "one of an address is drawn at most"
        );
        assert_eq!(code(enrolled(&Actor::Visitor, say(["少", "女"], "1-1"), 0)), "sign-in-first");
        assert_eq!(code(enrolled(&me, say(["少", "女"], "1-1"), 20)), "enrolment-over");
        let first = enrolled(&me, say(["少", "女"], "1-1"), 0).unwrap();
        // said again nothing doubles; said otherwise the last counts
        assert_eq!(enrolled(&me, say(["少", "女"], "1-1"), 1).unwrap(), first);
        let second = enrolled(&me, say(["老", "女"], "1-1"), 1).unwrap();
        assert_eq!((&second.id, second.features[0].as_str()), (&first.id, "老"));
        assert_eq!(town.count(&lot.id), 1);
        let id = lot.id.clone();
        town.run(&me, 1, move |tx, cx| enrol::withdraw(tx, cx, &id)).unwrap();
        assert_eq!(town.count(&lot.id), 0);
        enrolled(&me, say(["少", "女"], "1-1"), 2).unwrap();
        let (id, who) = (lot.id.clone(), first.id.clone());
        assert_eq!(town.refused(&me, 2, move |tx, cx| enrol::strike(tx, cx, (&id, &who), "不住这里")), "not-allowed");
        let (id, who) = (lot.id.clone(), first.id.clone());
        town.run(&town.worker, 2, move |tx, cx| enrol::strike(tx, cx, (&id, &who), "不住这里")).unwrap();
        assert_eq!(code(enrolled(&me, say(["少", "女"], "1-1"), 2)), "volunteer-struck");
        // the desk, twice the same press; a file twice
        let desk = AtDesk {
            name: "独孤无痕".into(),
            features: ["老", "男"].map(str::to_owned).to_vec(),
            address: "2-1".into(),
            once: "o".into(),
            ..AtDesk::default()
        };
        for _ in 0..2 {
            let (id, desk) = (lot.id.clone(), desk.clone());
            town.run(&town.worker, 2, move |tx, cx| enrol::at_desk(tx, cx, &id, &desk)).unwrap();
        }
        assert_eq!(town.count(&lot.id), 1);
        for taken in [12, 0] {
            let id = lot.id.clone();
            let new = town.run(&town.worker, 2, move |tx, cx| import::take(tx, cx, &id, &people(12))).unwrap();
            assert_eq!(new, taken);
        }
        assert_eq!(town.count(&lot.id), 13);
        let id = lot.id.clone();
        let bad = "name,性别,年龄,address\n甲,女,老,1-1\n乙,女,中,1-1\n";
        assert_eq!(town.refused(&town.worker, 2, move |tx, cx| import::take(tx, cx, &id, bad)), "people-unreadable");
        town.no_names();
    });
}

#[test]
fn quotas_that_cannot_be_met_say_which_and_the_smallest_change() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let lot = town.lot();
        let id = lot.id.clone();
        // nobody old is in the file
        let file: String = people(20).replace(",老,", ",少,");
        town.run(&town.worker, 0, move |tx, cx| import::take(tx, cx, &id, &file)).unwrap();
        let Solved::Impossible(why) = solve::solve(db, &lot.id).unwrap() else { panic!("nobody is old") };
        assert_eq!(why.impossible.iter().map(|quota| quota.feature.as_str()).collect::<Vec<_>>(), ["老"]);
        assert_eq!(why.seats, 2, "one old less at least, one young more at most");
        let relaxed = halls::delegates::lot::quotas::relaxed(&lot.quotas, &why.relax).unwrap();
        let (id, text) = (lot.id.clone(), halls::delegates::lot::quotas::text(&relaxed));
        town.run(&town.worker, 0, move |tx, cx| draft::set_quotas(tx, cx, &id, &text)).unwrap();
        assert!(matches!(solve::solve(db, &lot.id).unwrap(), Solved::Found(_)));
        let id = lot.id.clone();
        let other = "性别：女 1-3，男 1-3\n年龄：老 0-3，中 0-3";
        assert_eq!(
            town.refused(&town.worker, 0, move |tx, cx| draft::set_quotas(tx, cx, &id, other)),
            "quotas-features-fixed"
        );
    });
}

#[test]
fn a_lot_is_published_before_its_seed_and_drawn_by_two() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let lot = town.published();
        assert_eq!(lot.state, State::Published);
        let (id, list) = (lot.id.clone(), town.list(&lot.id));
        assert_eq!(list.digest(), lot.digest);
        // too early; then one officer, who cannot confirm it
        let typed = |actor: &Actor, at, text: &'static str| {
            let id = id.clone();
            town.run(actor, at, move |tx, cx| seed::type_seed(tx, cx, &id, text))
        };
        let early = typed(&town.officer, 3, "04 11 19 + 09");
        assert!(early.is_err_and(|fault| fault.is_refusal("seed-too-early")));
        assert!(typed(&town.worker, 8, "04 11 19 + 09").is_err_and(|fault| fault.is_refusal("not-allowed")));
        typed(&town.officer, 8, "04 11 19 + 09").unwrap();
        let drawing = confirm::prepare(db, &id).unwrap();
        let confirmed = |actor: &Actor, text: &'static str| {
            let drawing = drawing.clone();
            town.run(actor, 8, move |tx, cx| confirm::confirm(tx, cx, &drawing, text))
        };
        assert!(confirmed(&town.officer, "04 11 19 + 09").is_err_and(|fault| fault.is_refusal("not-allowed")));
        assert!(confirmed(&town.checker, "04 11 19 + 08").is_err_and(|fault| fault.is_refusal("seed-differs")));
        let drawn = confirmed(&town.checker, "04 11 19 + 09").unwrap();
        assert_eq!(confirmed(&town.checker, "04 11 19 + 09").unwrap(), drawn, "sent again");
        // as anybody draws it with the file and the seed
        let by_hand = sortition::draw(&list, &Seed::new("04 11 19 + 09").unwrap());
        assert_eq!(drawn.number.map(|n| n as usize), Some(by_hand.number));
        let of = id.clone();
        let offers = db.read_wait(move |s| queries::offers(s, &of)).unwrap();
        let mut asked: Vec<String> = offers.iter().map(|offer| key(offer.number)).collect();
        asked.sort();
        assert_eq!(asked, by_hand.panel);
        assert!(offers.iter().all(|offer| town.hall().way_of(offer.seat) == Some(Way::Lot)));
        let verdict = town.verdict(drawn.verdict.as_ref().unwrap());
        assert!(matches!(town.again(&verdict), Again::Equal { .. }), "{:?}", town.again(&verdict));
        // one letter of the list, one of the seed
        let text = town.text(&verdict);
        for (one, other) in [("04 11 19", "04 11 18"), ("\n7\t0", "\n8\t0"), ("\"size\":4", "\"size\":5")] {
            let changed = text.replacen(one, other, 1);
            assert_ne!(changed, text, "{one}");
            let told = Told::from(&verdict);
            let answer = from_text(&method::LOT, &told, &changed, true);
            assert!(!matches!(answer, Again::Equal { .. }), "{one} {answer:?}");
        }
        town.no_names();
    });
}

#[test]
fn who_declines_stays_silent_or_leaves_is_replaced_by_the_rule() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let lot = town.drawn();
        let id = lot.id.clone();
        let offers = || {
            let id = id.clone();
            db.read_wait(move |s| queries::offers(s, &id)).unwrap()
        };
        let room = |number: u32, answer: &'static str, at: i64| {
            let next = replace::prepare(db, &id, number)?;
            let input = MakeRoom { answer: answer.into(), reason: "出差".into() };
            town.run(&town.worker, at, move |tx, cx| replace::make_room(tx, cx, &next, &input))
        };
        let first = offers();
        let of = |number: u32| offers().into_iter().find(|offer| offer.number == number).unwrap();
        room(first[0].number, "declined", 9).unwrap();
        room(first[0].number, "declined", 9).unwrap();
        assert_eq!(offers().len(), 5, "one was asked in their place, however often it is sent");
        assert!(room(first[1].number, "silent", 9).is_err_and(|fault| fault.is_refusal("answer-not-due")));
        room(first[1].number, "silent", 17).unwrap();
        let (of_lot, third) = (id.clone(), first[2].number);
        town.run(&town.worker, 9, move |tx, cx| answer::accept(tx, cx, (&of_lot, third), false)).unwrap();
        let hall = town.hall().id;
        let sits = |hall: halls::delegates::hall::HallId| db.read_wait(move |s| store::sitting(s, &hall)).unwrap();
        assert_eq!(
            sits(hall.clone()).iter().map(|one| (one.seat, one.number)).collect::<Vec<_>>(),
            [(first[2].seat, Some(third))]
        );
        assert!(room(third, "declined", 18).is_err_and(|fault| fault.is_refusal("already-answered")));
        room(third, "left", 18).unwrap();
        assert!(sits(hall).is_empty());
        // the panel that answers for the seats now is what the published rule says, and meets the quotas
        let list = town.list(&id);
        let now: Vec<_> = offers().into_iter().filter(|offer| !offer.answer.is_out()).collect();
        let (people, of_lot) = (town.pool(&id), town.reread(&id));
        let problem = freeze::problem_of(&of_lot, &people).unwrap();
        let draw = sortition::draw(&list, &Seed::new(&of_lot.seed).unwrap());
        let out = [first[0].number, first[1].number, third].map(key);
        let (panel, steps) = sortition::withdraw(&problem, &draw, &out).unwrap();
        let mut keys: Vec<String> = now.iter().map(|offer| key(offer.number)).collect();
        keys.sort();
        assert_eq!(keys, panel);
        let index: Vec<usize> = panel
            .iter()
            .map(|one| people.iter().position(|p| p.number.map(key).as_ref() == Some(one)).unwrap())
            .collect();
        assert_eq!(problem.fault(&index), None);
        for (step, number) in steps.iter().zip([first[0].number, first[1].number, third]) {
            let enters = step.enters.clone().unwrap();
            let came = offers().into_iter().find(|offer| key(offer.number) == enters).unwrap();
            assert_eq!((came.stands_for, came.seat), (Some(number), of(number).seat));
            let verdict = town.verdict(came.verdict.as_ref().unwrap());
            assert!(matches!(recompute(db, town.methods(), &verdict, &0.into()), Again::Equal { .. }));
        }
        assert_eq!(of(first[1].number).answer, Answer::Silent);
        town.no_names();
    });
}

#[test]
fn a_list_is_published_for_what_it_was_reckoned_from_alone() {
    testkit::each_engine(|db| {
        let town = Town::new(db);
        let lot = town.frozen(24);
        let Solved::Found(prepared) = solve::solve(db, &lot.id).unwrap() else { panic!("the quotas can be met") };
        let announce =
            |at: i64| Announce { source: "双色球".into(), at: "公告栏".into(), day: town.day(at).to_string() };
        let publish = |actor: &Actor, input: Announce| {
            let prepared = prepared.clone();
            town.refused(actor, 0, move |tx, cx| publish::publish(tx, cx, &prepared, &input))
        };
        assert_eq!(publish(&town.officer, announce(0)), "invalid-input", "a seed of today is known");
        assert_eq!(publish(&town.worker, announce(5)), "not-allowed");
        let (id, text) = (lot.id.clone(), "性别：女 1-3，男 1-3\n年龄：老 1-3，少 1-4");
        town.run(&town.worker, 0, move |tx, cx| draft::set_quotas(tx, cx, &id, text)).unwrap();
        assert_eq!(publish(&town.officer, announce(5)), "inputs-changed");
        // every panel meets the quotas and has one of an address at most
        let Solved::Found(prepared) = solve::solve(db, &lot.id).unwrap() else { panic!("the quotas can be met") };
        let problem = freeze::problem_of(&prepared.lot, &town.pool(&lot.id)).unwrap();
        let list: &PanelList = &prepared.list;
        for panel in list.panels() {
            let index: Vec<usize> = panel.iter().map(|key| key.parse::<usize>().unwrap() - 1).collect();
            assert_eq!(problem.fault(&index), None);
        }
    });
}
