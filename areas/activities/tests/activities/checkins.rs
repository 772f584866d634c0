//! Who came: taps, codes, paper, doubts.

use std::sync::Arc;

use activities::{
    Activity,
    activity::{
        cancel::{CancelActivity, cancel},
        hold::{HoldActivity, hold},
    },
    checkin::{
        Check, Doubt, State,
        here::{Here, here, scan},
        leave::leave,
        paper::{Guess, PaperList, guess, paper},
        queries as checks, room,
        scan::{Scan, scan as scan_code},
        take::{Arrival, CheckIn},
    },
    figures,
};
use db::Statement;
use kernel::{Actor, Chance, Context, Fen, Instant, Principal, Role};
use matters::attendance::strike::{Strike, strike};
use programmes::{
    SeasonId,
    project::add::{NewProject, add_projects},
    season::open::{OpenSeason, open},
};
use testkit::{
    START,
    story::{act, each_engine, fields, refusal, refused},
};

use crate::support::*;

#[test]
fn taps_count_once_however_often_they_are_sent() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 0);
        let worker = holder(1, Role::Worker, &community);
        let household = enters(db, &worker, &of.id, ("远山一家", 3));
        let head = |nth| Arrival { sign_up: household.id.to_string(), nth, ..Arrival::default() };
        let rows = vec![head(1), head(2), tap("a"), tap("b"), tap("a")];
        let first = takes(db, &worker, &of.id, CheckIn { sent: None, rows: rows.clone() }).unwrap();
        assert_eq!(first.iter().map(|(_, new)| *new).collect::<Vec<_>>(), [true, true, true, true, false]);
        let again = takes(db, &worker, &of.id, CheckIn { sent: None, rows }).unwrap();
        assert!(again.iter().all(|(check, new)| !new && check.state == State::Counted));
        assert_eq!(first[0].0.id, again[0].0.id);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((4, 0), 4));
        // three signed up: the third counts, the fourth waits for an officer, and nobody brings twenty more
        let more = CheckIn { sent: None, rows: vec![head(3), head(4)] };
        let more = takes(db, &worker, &of.id, more).unwrap();
        assert_eq!((more[0].0.state, more[1].0.doubts.as_slice()), (State::Counted, &[Doubt::BeyondSignUp][..]));
        assert_eq!(
            fields(takes(db, &worker, &of.id, CheckIn { sent: None, rows: vec![head(21)] })),
            ["nth: too-large"]
        );
        decides(db, &worker, &of.id, &more[0].0.id, "leave-out").unwrap();
        decides(db, &worker, &of.id, &more[1].0.id, "leave-out").unwrap();
        // from three devices at once
        std::thread::scope(|scope| {
            for _ in 0..3 {
                let (id, worker) = (of.id.clone(), worker.clone());
                let rows = (0..40).map(|n| tap(&format!("many-{n}"))).collect();
                scope.spawn(move || takes(db, &worker, &id, CheckIn { sent: None, rows }).unwrap());
            }
        });
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((44, 0), 44));
        let stranger = somebody(9, &community, Vec::new());
        assert_eq!(refused(takes(db, &stranger, &of.id, CheckIn { sent: None, rows: vec![tap("c")] })), "not-allowed");
        let many = (0..201).map(|n| tap(&n.to_string())).collect();
        assert_eq!(refused(takes(db, &worker, &of.id, CheckIn { sent: None, rows: many })), "too-many-at-once");
        let odd = Arrival { at: Some(-1), ..tap("d") };
        assert_eq!(fields(takes(db, &worker, &of.id, CheckIn { sent: None, rows: vec![odd] })), ["at: not-a-time"]);
    });
}

#[test]
fn five_thousand_check_ins_from_many_devices_are_five_thousand() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let of = held(db, &community, 0);
        std::thread::scope(|scope| {
            for device in 0..5 {
                let id = of.id.clone();
                scope.spawn(move || {
                    for part in 0..10 {
                        let rows: Vec<Arrival> = (0..100).map(|n| tap(&format!("{device}-{part}-{n}"))).collect();
                        // each sending goes out twice: the line is shaky
                        for _ in 0..2 {
                            takes(db, &Actor::Operator, &id, CheckIn { sent: None, rows: rows.clone() }).unwrap();
                        }
                    }
                });
            }
        });
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((5_000, 0), 5_000));
    });
}

#[test]
fn a_wrong_clock_is_answered_clearly_and_nothing_is_lost() {
    each_engine(|db| {
        let Town { community, root } = town(db);
        let of = held(db, &community, 0);
        let (worker, officer) = (holder(1, Role::Worker, &community), holder(2, Role::Officer, &root));
        let now = START.0 / 1_000;
        let at = |client: &str, ms: i64| Arrival { at: Some(ms), ..tap(client) };
        // the phone is three minutes ahead: the tap of five minutes ago counts, set right
        let sent = CheckIn { sent: Some(now + 180_000), rows: vec![at("ahead", now + 180_000 - 300_000)] };
        let (check, _) = takes(db, &worker, &of.id, sent).unwrap().remove(0);
        assert_eq!((check.state, check.doubts.len()), (State::Counted, 0));
        assert!((100..=180).contains(&check.skew), "{}", check.skew);
        // wrong by a day: kept, answered, not counted
        let day = 86_400_000;
        let sent = CheckIn { sent: Some(now - day), rows: vec![at("behind", now - day - 60_000)] };
        let (check, _) = takes(db, &worker, &of.id, sent).unwrap().remove(0);
        assert_eq!((check.state, check.doubts.as_slice()), (State::Open, &[Doubt::Clock][..]));
        assert!(check.skew <= -86_400 && check.came_at.0 > START.0 - 2 * MINUTE, "set right all the same");
        assert_eq!(attended(db, &of), (1, 0), "never counted in silence");
        assert_eq!(refused(decides(db, &worker, &of.id, &check.id, "count")), "not-allowed");
        assert_eq!(decides(db, &officer, &of.id, &check.id, "count").unwrap().state, State::Counted);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((2, 0), 2));
        // a mistake is left out by whoever took it, with a reason, and can be counted again
        assert_eq!(decides(db, &worker, &of.id, &check.id, "leave-out").unwrap().state, State::LeftOut);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((1, 0), 1));
        decides(db, &officer, &of.id, &check.id, "count").unwrap();
        assert_eq!((attended(db, &of), activity(db, &of.id).checked), ((2, 0), 2));
        // an officer does not count what they recorded themselves
        let sent = CheckIn { sent: Some(now - day), rows: vec![at("own", now - day)] };
        let (own, _) = takes(db, &officer, &of.id, sent).unwrap().remove(0);
        assert_eq!(refused(decides(db, &officer, &of.id, &own.id, "count")), "not-allowed");
    });
}

#[test]
fn too_early_too_many_and_in_two_places_wait_for_the_officer() {
    each_engine(|db| {
        let Town { community, root } = town(db);
        let early = HoldActivity { from: "16:00".into(), until: "18:00".into(), ..typed(&community, 0) };
        let early = act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &early)).unwrap();
        let (check, _) =
            takes(db, &Actor::Operator, &early.id, CheckIn { sent: None, rows: vec![tap("a")] }).unwrap().remove(0);
        assert_eq!((check.state, check.doubts.as_slice()), (State::Open, &[Doubt::BeforeStart][..]));
        let small = held(db, &community, 2);
        let rows = ["a", "b", "c"].map(tap).to_vec();
        let done = takes(db, &Actor::Operator, &small.id, CheckIn { sent: None, rows }).unwrap();
        assert_eq!(done[2].0.doubts, [Doubt::BeyondCapacity]);
        assert_eq!((attended(db, &small), activity(db, &small.id).checked), ((2, 0), 2));
        // the same person at two activities at once, by both lists
        let (one, two) = (held(db, &community, 0), held(db, &community, 0));
        let me = somebody(30, &community, Vec::new());
        let rows: Vec<Arrival> = [&one, &two]
            .map(|of| joins(db, &me, &of.id, 1).unwrap())
            .map(|row| Arrival { sign_up: row.id.to_string(), ..Arrival::default() })
            .to_vec();
        let at_once: Vec<Check> = std::thread::scope(|scope| {
            let threads: Vec<_> = [(&one, &rows[0]), (&two, &rows[1])]
                .map(|(of, row)| {
                    let (id, input) = (of.id.clone(), CheckIn { sent: None, rows: vec![row.clone()] });
                    scope.spawn(move || takes(db, &Actor::Operator, &id, input).unwrap().remove(0).0)
                })
                .into_iter()
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let open: Vec<&Check> = at_once.iter().filter(|check| check.state == State::Open).collect();
        assert_eq!(open.len(), 1, "the second one waits, whichever it is");
        assert_eq!(open[0].doubts, [Doubt::Elsewhere]);
        assert!(open[0].other.is_some());
        let officer = holder(2, Role::Officer, &root);
        let of = if at_once[0].state == State::Open { &one } else { &two };
        decides(db, &officer, &of.id, &open[0].id, "leave-out").unwrap();
        let id = of.id.clone();
        let tally = db.read_wait(move |s| checks::tally(s, &id)).unwrap();
        assert_eq!((tally.counted, tally.open, tally.left_out), (0, 0, 1));
    });
}

#[test]
fn the_code_of_the_room_is_worth_nothing_as_a_photo() {
    each_engine(|db| {
        let Town { community, .. } = town(db);
        let input = HoldActivity { hours: true, ..typed(&community, 0) };
        let of = act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &input)).unwrap();
        let (me, you) = (somebody(40, &community, Vec::new()), somebody(41, &community, Vec::new()));
        let cx = |who: &Actor, later: i64| {
            Context::new(who.clone(), Instant(START.0 + later), 480, Chance::seeded(u64::try_from(later).unwrap() + 7))
        };
        let secret = {
            let id = of.id.clone();
            static SECRET: Statement = Statement {
                name: "SECRET",
                module: "stories",
                sql: "SELECT secret FROM activities WHERE home = ?1 AND id = ?2",
            };
            let (secret,): (String,) = db.read_wait(move |s| s.one(&SECRET, db::params![id.home(), &id])).unwrap();
            secret
        };
        assert_eq!(secret.len(), 64);
        let shown = room::code(&secret, &of.id, room::slot(START));
        let scans = |who: &Actor, later: i64| {
            let (cx, id, shown) = (cx(who, later), of.id.clone(), shown.clone());
            db.read_wait(move |s| scan(s, &cx, (&id, cx.actor.person().unwrap()), &shown))
        };
        let (slot, ticket) = scans(&me, 5_000_000).unwrap();
        assert_eq!(refused(scans(&you, 3 * MINUTE)), "room-code-stale", "a photo sent on");
        let here_as = |who: &Actor, later: i64, way: &str| {
            let (cx, id) = (cx(who, later), of.id.clone());
            let input = Here { slot, ticket: ticket.clone(), way: way.into() };
            db.write_wait(move |tx| here(tx, &mut cx.clone(), &id, &input))
        };
        assert_eq!(refused(here_as(&you, 10_000_000, "in")), "room-code-stale", "somebody else's page");
        assert_eq!(refused(here_as(&me, 10_000_000, "out")), "not-checked-in");
        let (check, is_new) = here_as(&me, 10_000_000, "in").unwrap();
        assert_eq!((check.state, check.way.as_str(), is_new), (State::Counted, "qr", true));
        assert!(!here_as(&me, 11_000_000, "in").unwrap().1);
        assert_eq!(attended(db, &of), (1, 1));
        let (left, _) = here_as(&me, 2 * MINUTE, "out").unwrap();
        assert_eq!(left.left_at, Some(Instant(START.0 + 2 * MINUTE)));
        assert_eq!(refused(here_as(&me, 20 * MINUTE, "in")), "room-code-stale", "the page was kept too long");
        let (id, of_check) = (of.id.clone(), check.id.clone());
        assert!(!act(db, Actor::Operator, move |tx, cx| leave(tx, cx, &id, &of_check)).unwrap().1, "out already");
    });
}

#[test]
fn paper_and_estimates_keep_their_source_and_persons_are_counted_once() {
    each_engine(|db| {
        let Town { community, root } = town(db);
        let season = act(db, Actor::Operator, {
            let input = OpenSeason::by("star-pick", root.clone(), "星选计划", Fen(20_000_000));
            move |tx, cx| open(tx, cx, &input)
        })
        .unwrap()
        .id;
        let project = NewProject {
            reference: "甲".into(),
            name: "银龄画廊".into(),
            about: String::new(),
            category: String::new(),
            cost: Fen(100),
        };
        let (id, input) = (season.clone(), vec![project]);
        act(db, Actor::Operator, move |tx, cx| add_projects(tx, cx, &id, &input)).unwrap();
        let of_project = HoldActivity { season: season.to_string(), project: 1, ..typed(&community, 0) };
        let hold_it = |input: &HoldActivity| {
            let input = input.clone();
            act(db, Actor::Operator, move |tx, cx| hold(tx, cx, &input))
        };
        assert_eq!(refused(hold_it(&of_project)), "wrong-stage");
        let id = season.clone();
        act(db, Actor::Operator, move |tx, _| Ok(tx.execute(&APPROVE, db::params![id.home(), &id])?)).unwrap();
        assert_eq!(refused(hold_it(&HoldActivity { project: 2, ..of_project.clone() })), "project-not-found");
        let before = HoldActivity { day: "2026-11-21".into(), ..of_project.clone() };
        assert_eq!(fields(hold_it(&before)), ["day: before-season"]);
        let id = season.clone();
        let run_is = |state: &'static str| {
            let id = id.clone();
            act(db, Actor::Operator, move |tx, _| Ok(tx.execute(&RUNS, db::params![id.home(), &id, state])?)).unwrap();
        };
        for state in ["stopped", "closed"] {
            run_is(state);
            assert_eq!(refused(hold_it(&of_project)), "project-not-running", "{state}");
        }
        run_is("running");
        let (one, two) = (
            hold_it(&of_project).unwrap(),
            hold_it(&HoldActivity { from: "08:30".into(), ..of_project.clone() }).unwrap(),
        );
        hold_it(&HoldActivity { day: "2026-12-01".into(), ..of_project }).unwrap();
        let me = somebody(50, &community, Vec::new());
        let mine = joins(db, &me, &one.id, 1).unwrap();
        let paper_of = |of: &Activity, names: &str, heads: u32, once: &str| {
            let (id, input) = (of.id.clone(), PaperList { names: names.into(), heads, once: once.into() });
            act(db, Actor::Operator, move |tx, cx| paper(tx, cx, &id, &input))
        };
        // whoever has no name of their own is nobody on paper
        assert_eq!(mine.name, "");
        let rows = paper_of(&one, "远山\n近水", 3, "sheet").unwrap();
        assert!(rows.iter().all(|(check, new)| *new && check.way.as_str() == "paper" && check.state == State::Counted));
        assert!(paper_of(&one, "远山\n近水", 3, "sheet").unwrap().iter().all(|(_, new)| !new), "typed in twice");
        assert_eq!(fields(paper_of(&one, "", 301, "")), ["heads: too-large"]);
        assert_eq!(fields(paper_of(&one, " ", 0, "")), ["names: required"]);
        let signed = Arrival { sign_up: mine.id.to_string(), ..Arrival::default() };
        takes(db, &Actor::Operator, &one.id, CheckIn { sent: None, rows: vec![signed] }).unwrap();
        paper_of(&two, "", 4, "sheet").unwrap();
        for (direct, headcount) in [(false, 300), (false, 300), (true, 20)] {
            let (id, input) =
                (one.id.clone(), Guess { headcount, direct, basis: "数了传单".into(), once: format!("{direct}") });
            act(db, Actor::Operator, move |tx, cx| guess(tx, cx, &id, &input)).unwrap();
        }
        let no_basis = Guess { headcount: 9, ..Guess::default() };
        let id = one.id.clone();
        let told = act(db, Actor::Operator, move |tx, cx| guess(tx, cx, &id, &no_basis));
        assert_eq!(refusal(told).fields[0].field, "basis");
        let counts = |project: u32| {
            let season: SeasonId = season.clone();
            db.read_wait(move |s| match project {
                0 => figures::queries::of_season(s, &season),
                n => figures::queries::of_project(s, &season, n),
            })
            .unwrap()
        };
        let whole = counts(0);
        assert_eq!((whole.planned, whole.held), (3, 2));
        assert_eq!((whole.direct_visits, whole.persons, whole.unnamed), (10, 1, 9));
        assert_eq!((whole.estimated_direct, whole.indirect_visits), (20, 300), "an estimate sent twice is one");
        assert_eq!((counts(1), counts(7)), (whole, figures::Counts::default()));
    });
}

#[test]
fn a_persons_code_checks_them_in_once_and_is_worth_nothing_after_its_minutes() {
    each_engine(|db| {
        let town = town(db);
        let activity = held(db, &town.community, 0);
        let id = activity.id.clone();
        let worker = holder(901, Role::Worker, &town.community);
        let neighbour = {
            let (home, at) = (town.community.home(), town.community.to_string());
            let input = people::commands::register::RegisterPerson { place: at, name: "慕容听雪".into() };
            let person =
                act(db, Actor::Operator, move |tx, cx| people::commands::register::register(tx, cx, home, &input));
            Actor::Person(Arc::new(Principal {
                person: person.unwrap(),
                verified: true,
                posts: Vec::new(),
                seats: Vec::new(),
            }))
        };
        joins(db, &neighbour, &id, 2).unwrap();
        let of = id.clone();
        let secret: (String,) = db.read_wait(move |s| s.one(&SECRET, db::params![of.home(), &of])).unwrap();
        let person = neighbour.person().unwrap().clone();
        // it goes on
        let at = |minutes: i64, actor: &Actor, code: String| {
            let (id, actor, code) = (id.clone(), actor.clone(), Scan { code });
            db.write_wait(move |tx| {
                let now = Instant(START.0 + minutes * MINUTE);
                let mut cx = Context::new(actor.clone(), now, 480, Chance::seeded(minutes.unsigned_abs() + 7_700));
                scan_code(tx, &mut cx, &id, &code)
            })
        };
        let code = room::pass(&secret.0, &id, &person, room::slot(Instant(START.0)));
        assert_eq!(refused(at(0, &neighbour, code.clone())), "not-allowed", "nobody scans themselves");
        assert_eq!(refused(at(2, &worker, code.clone())), "person-code-stale", "a photo of it");
        assert_eq!(refused(at(0, &worker, "0123".into())), "person-code-stale");
        let (check, new) = at(0, &worker, format!("https://linli.example/activities/{id}/list?code={code}")).unwrap();
        assert!(new && check.person == Some(person) && check.state == State::Counted, "{check:?}");
        let (again, new) = at(1, &worker, code).unwrap();
        assert!(!new && again.id == check.id, "scanned twice");
    });
}

#[test]
fn what_is_struck_out_elsewhere_counts_nowhere() {
    each_engine(|db| {
        let Town { community, root } = town(db);
        let of = held(db, &community, 3);
        let (worker, officer) = (holder(1, Role::Worker, &community), holder(2, Role::Officer, &root));
        let rows = ["a", "b", "c"].map(tap).to_vec();
        let done = takes(db, &worker, &of.id, CheckIn { sent: None, rows }).unwrap();
        let strikes = |check: &Check| {
            let (row, why) = (check.attendance.clone().unwrap(), Strike { reason: "点错了".into() });
            act(db, &worker, move |tx, cx| strike(tx, cx, &row, &why)).unwrap();
        };
        let tally = |of: &Activity| {
            let id = of.id.clone();
            let now = db.read_wait(move |s| checks::tally(s, &id)).unwrap();
            (now.counted, now.open, now.left_out)
        };
        strikes(&done[0].0);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked, tally(&of)), ((2, 0), 2, (2, 0, 1)));
        // there is room for one more again
        let next = takes(db, &worker, &of.id, CheckIn { sent: None, rows: vec![tap("d")] }).unwrap().remove(0).0;
        assert_eq!((next.state, tally(&of)), (State::Counted, (3, 0, 1)));
        // an officer counts again what was struck out, and it can be left out again
        assert_eq!(decides(db, &officer, &of.id, &done[0].0.id, "count").unwrap().state, State::Counted);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked, tally(&of)), ((4, 0), 4, (4, 0, 0)));
        assert_eq!(decides(db, &worker, &of.id, &done[0].0.id, "leave-out").unwrap().state, State::LeftOut);
        [&done[1].0, &done[2].0, &next].into_iter().for_each(strikes);
        assert_eq!((attended(db, &of), activity(db, &of.id).checked, tally(&of)), ((0, 0), 0, (0, 0, 4)));

        // nobody came who counts: it can be cancelled, and then nothing waits for an officer
        let small = held(db, &community, 0);
        let late = Arrival { at: Some(START.0 / 1_000 - 86_400_000), ..tap("late") };
        let sent = CheckIn { sent: Some(START.0 / 1_000 - 86_400_000), rows: vec![late] };
        takes(db, &worker, &small.id, sent).unwrap();
        assert_eq!(tally(&small), (0, 1, 0));
        let (id, why) = (small.id.clone(), CancelActivity { reason: "下雨".into() });
        act(db, &worker, move |tx, cx| cancel(tx, cx, &id, &why)).unwrap();
        assert_eq!(tally(&small), (0, 0, 1));
        let id = small.id.clone();
        assert!(db.read_wait(move |s| checks::list(s, &id, true, None)).unwrap().is_empty());
    });
}
