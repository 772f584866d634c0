//! Rounds of consent from the register to the final verdict, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use std::sync::atomic::AtomicU64;

use consent::Choice;
use db::Db;
use estate::{Estate, FILE, roll};
use matters::verdict::recompute::{Answer, Methods, recompute};
use owners::{
    ballot::{self, State as Paper, import, online, paper::TypePaper},
    register::{keep, queries as registers, reveal},
    round::{
        Later, RoundId, State, call, close,
        committee::{Told, tell},
        count,
        draft::{self, DraftRound},
        freeze, posted, queries,
    },
};
use testkit::story::{each_engine, fields, refused};

#[test]
fn a_register_is_kept_in_versions_and_its_names_stay_private() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let kept = estate.keep(&estate.worker, FILE).unwrap();
        assert_eq!((kept.version, kept.units, kept.owners, kept.area), (Some(1), 7, 4, 70_000));
        assert_eq!(estate.keep(&estate.worker, FILE).unwrap().id, kept.id, "the same file changes nothing");
        assert_eq!(refused(estate.keep(&estate.stranger, FILE)), "not-allowed");
        let other = FILE.replace("慕容听雪", "慕容听雨");
        let next = estate.keep(&estate.officer, &other).unwrap();
        assert_eq!((next.version, next.digest), (Some(2), kept.digest), "another name, the same pattern of owners");
        let place = estate.place.clone();
        let versions = db.read_wait(move |s| registers::versions(s, &place)).unwrap();
        assert_eq!(versions.iter().map(|register| register.version).collect::<Vec<_>>(), [Some(2), Some(1)]);
        // who has three flats is one head
        let of = next.id.clone();
        let several = db.read_wait(move |s| registers::several(s, &of)).unwrap();
        let units: Vec<_> = several.iter().map(|row| (row.unit.unit.as_str(), row.head.as_str())).collect();
        assert_eq!(units, [("1-101", "h1"), ("1-102", "h1"), ("1-201", "h1")]);
        // seeing a name is an entry
        let place = estate.place.clone();
        let seen = estate.act(&estate.worker, move |tx, cx| reveal::reveal(tx, cx, (&place, 1)));
        assert_eq!(seen.unwrap(), "独孤无痕");
        let place = estate.place.clone();
        let seen = estate.act(&estate.stranger, move |tx, cx| reveal::reveal(tx, cx, (&place, 1)));
        assert_eq!(refused(seen), "not-allowed");
        estate.no_names_in_the_log();
    });
}

#[test]
fn a_register_that_broke_off_goes_on_and_is_not_seen_before() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let prepared = roll(FILE);
        let (place, first) = (estate.place.clone(), prepared.clone());
        let begun = estate.act(&estate.worker, move |tx, cx| keep::begin(tx, cx, &place, &first)).unwrap();
        let keep::Begun::Open(id) = begun else { panic!("{begun:?}") };
        let of = id.clone();
        assert_eq!(refused(estate.act(&estate.worker, move |tx, cx| keep::seal(tx, cx, &of))), "register-incomplete");
        let place = estate.place.clone();
        assert_eq!(db.read_wait(move |s| registers::latest(s, &place)).unwrap(), None);
        let kept = estate.keep(&estate.worker, FILE).unwrap();
        assert_eq!((kept.id.clone(), kept.version), (id.clone(), Some(1)));
        let rows = estate::rows(&prepared);
        assert_eq!(refused(estate.act(&estate.worker, move |tx, cx| keep::add(tx, cx, &id, &rows))), "register-sealed");
    });
}

/// A round of the whole estate whose vote is open.
fn opened(estate: &Estate, input: DraftRound) -> RoundId {
    estate.keep(&estate.worker, FILE).unwrap();
    let id = estate.draft(&estate.worker, input).unwrap().id;
    let of = id.clone();
    estate.on(1, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of)).unwrap();
    let of = id.clone();
    estate.on(10, &estate.worker, move |tx, cx| call::call(tx, cx, &of)).unwrap();
    // in Beijing no vote opens before the residents' committee has the notice
    let (of, input) = (id.clone(), Told { committee: "新苑社区居委会".into(), ..Told::default() });
    estate.on(10, &estate.worker, move |tx, cx| tell(tx, cx, &of, &input)).unwrap();
    let of = id.clone();
    estate.on(30, &estate.worker, move |tx, cx| call::open(tx, cx, &of)).unwrap();
    id
}

fn types(
    estate: &Estate,
    who: usize,
    id: &RoundId,
    (unit, choice, channel): (&str, &str, &str),
) -> Result<Paper, db::Fault> {
    let instruction = if channel == "proxy" { "委托书由社工站保存" } else { "" };
    let input = TypePaper {
        unit: unit.into(),
        choice: choice.into(),
        channel: channel.into(),
        instruction: instruction.into(),
        files: Vec::new(),
    };
    let id = id.clone();
    let typist = estate.typists[who].clone();
    estate.on(31, &typist, move |tx, cx| ballot::paper::read(tx, cx, &id, &input)).map(|(_, state)| state)
}

fn both(estate: &Estate, id: &RoundId, unit: &str, choice: &str) {
    assert_eq!(types(estate, 0, id, (unit, choice, "paper")).unwrap(), Paper::Once);
    assert_eq!(types(estate, 1, id, (unit, choice, "paper")).unwrap(), Paper::Counted);
}

fn counted(db: &Db, estate: &Estate, id: &RoundId) -> owners::round::Round {
    let of = id.clone();
    estate.on(40, &estate.worker, move |tx, cx| close::close(tx, cx, &of)).unwrap();
    let counted = count::count(db, id).unwrap();
    estate.on(40, &estate.worker, move |tx, cx| count::publish(tx, cx, &counted)).unwrap()
}

#[test]
fn a_round_goes_its_way_and_an_owner_of_three_flats_is_one_head() {
    each_engine(|db| {
        let estate = Estate::new(db);
        assert_eq!(refused(estate.draft(&estate.stranger, estate.question())), "not-allowed");
        let wrong = DraftRound { item: "lift".into(), rules: "mars".into(), cost: "x".into(), ..estate.question() };
        assert_eq!(
            fields(estate.draft(&estate.worker, wrong)),
            ["item: unknown-choice", "rules: unknown-choice", "cost: not-an-amount"]
        );
        let id = estate.draft(&estate.worker, estate.question()).unwrap().id;
        assert_eq!(estate.draft(&estate.worker, estate.question()).unwrap().id, id, "sent twice");
        let freeze = |day| {
            let of = id.clone();
            estate.on(day, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of))
        };
        let call = |day| {
            let of = id.clone();
            estate.on(day, &estate.worker, move |tx, cx| call::call(tx, cx, &of))
        };
        let open = |day| {
            let of = id.clone();
            estate.on(day, &estate.worker, move |tx, cx| call::open(tx, cx, &of))
        };
        assert_eq!(refused(freeze(1)), "no-register");
        estate.keep(&estate.worker, FILE).unwrap();
        let frozen = freeze(1).unwrap();
        assert_eq!((frozen.state, frozen.frozen.units, frozen.frozen.area), (State::Roll, 7, 70_000));
        assert_eq!(freeze(1).unwrap().revision, frozen.revision, "pressed twice");
        assert_eq!(refused(call(1)), "posting-still-hangs");
        let called = call(10).unwrap();
        assert_eq!((called.state, call(10).unwrap().revision), (State::Notice, called.revision));
        assert_eq!(refused(types(&estate, 0, &id, ("1-101", "agree", "paper"))), "round-wrong-state");
        // fifteen days, the first not counted
        assert_eq!(refused(open(25)), "posting-still-hangs");
        assert_eq!(open(26).unwrap().state, State::Open);

        both(&estate, &id, "1-101", "agree");
        both(&estate, &id, "1-102", "agree");
        // two typists disagree and a third decides
        assert_eq!(types(&estate, 0, &id, ("2-101", "agree", "paper")).unwrap(), Paper::Once);
        assert_eq!(types(&estate, 0, &id, ("2-101", "agree", "paper")).unwrap(), Paper::Once, "sent twice");
        assert_eq!(refused(types(&estate, 0, &id, ("2-101", "disagree", "paper"))), "paper-other-hands");
        assert_eq!(types(&estate, 1, &id, ("2-101", "disagree", "paper")).unwrap(), Paper::Differ);
        assert_eq!(refused(types(&estate, 2, &id, ("2-101", "abstain", "paper"))), "paper-matches-neither");
        let of = id.clone();
        estate.on(39, &estate.worker, move |tx, cx| close::close(tx, cx, &of)).unwrap();
        assert_eq!(refused(count::count(db, &id).map(|_| ())), "papers-unsettled");
        assert_eq!(types(&estate, 2, &id, ("2-101", "agree", "paper")).unwrap(), Paper::Counted);
        assert_eq!(refused(types(&estate, 2, &id, ("2-101", "disagree", "paper"))), "unit-has-voted");
        // a proxy names who keeps the instruction
        assert_eq!(types(&estate, 0, &id, ("2-102", "disagree", "proxy")).unwrap(), Paper::Once);
        assert_eq!(types(&estate, 1, &id, ("2-102", "disagree", "proxy")).unwrap(), Paper::Counted);
        assert_eq!(refused(types(&estate, 0, &id, ("9-999", "agree", "paper"))), "door-not-found");

        let stale = count::count(db, &id).unwrap();
        both(&estate, &id, "2-202", "agree");
        let publish =
            |counted: count::Counted| estate.on(41, &estate.worker, move |tx, cx| count::publish(tx, cx, &counted));
        assert_eq!(refused(publish(stale)), "inputs-changed");
        let fresh = count::count(db, &id).unwrap();
        let round = publish(fresh.clone()).unwrap();
        assert_eq!(publish(fresh).unwrap().verdict, round.verdict, "pressed twice");
        // anybody has it computed again from what is kept
        let verdict = round.verdict.clone().unwrap();
        let verdict = db.read_wait(move |s| matters::verdict::queries::verdict(s, &verdict)).unwrap();
        let again = recompute(db, Methods::new(&[owners::METHODS]), &verdict, &AtomicU64::new(0));
        assert!(matches!(again, Answer::Equal { .. }), "{again:?}");
        let outcome = round.outcome.clone().unwrap();
        // 1-101 and 1-102 of one owner, 2-101, 2-102, 2-202: 500 of 700 m²; 4 of 5 heads, the developer's among those asked
        assert_eq!((outcome.area.all, outcome.area.took_part, outcome.area.agree), (70_000, 50_000, 40_000));
        assert_eq!((outcome.heads.all, outcome.heads.took_part, outcome.heads.agree), (5, 4, 3));
        assert!(outcome.passed && outcome.rule.starts_with("cn-"), "{outcome:?}");
        let (of, verdict) = (id.clone(), round.verdict.clone().unwrap());
        let (found, again) = db
            .read_wait(move |s| {
                Ok::<_, db::Fault>((matters::verdict::queries::verdict(s, &verdict)?, count::recount(s, &of)?))
            })
            .unwrap();
        assert_eq!(
            (found.kind.as_str(), found.passed, found.inputs.to_string()),
            ("consent", Some(true), outcome.inputs)
        );
        assert!(again.2, "counted again, it is the same");
        estate.ends(db, &id);
    });
}

#[test]
fn a_result_is_posted_waits_and_may_be_challenged() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = opened(&estate, estate.question());
        both(&estate, &id, "1-101", "agree");
        assert_eq!(counted(db, &estate, &id).outcome.unwrap().reason, "participation-area-short");
        let run = |day,
                   verb: fn(
            &mut db::Tx<'_>,
            &mut kernel::Context,
            &RoundId,
        ) -> Result<owners::round::Round, db::Fault>| {
            let of = id.clone();
            estate.on(day, &estate.worker, move |tx, cx| verb(tx, cx, &of))
        };
        assert_eq!(refused(run(40, posted::end)), "round-wrong-state");
        assert_eq!(run(41, posted::post).unwrap().state, State::Posted);
        assert_eq!(refused(run(44, posted::end)), "result-still-hangs");
        let words = |words: &str, stands| posted::Challenge { words: words.into(), stands };
        let (of, input) = (id.clone(), words("一位业主起诉", false));
        let round = estate.on(44, &estate.worker, move |tx, cx| posted::challenge(tx, cx, &of, &input)).unwrap();
        assert_eq!(round.state, State::Challenged);
        let (of, input) = (id.clone(), words("法院驳回", true));
        let round = estate.on(60, &estate.worker, move |tx, cx| posted::settle(tx, cx, &of, &input)).unwrap();
        assert_eq!((round.state, round.stands), (State::Final, Some(true)));
        estate.no_names_in_the_log();
    });
}

#[test]
fn a_roll_is_thawed_and_frozen_anew_and_only_some_buildings_are_asked() {
    each_engine(|db| {
        let estate = Estate::new(db);
        estate.keep(&estate.worker, FILE).unwrap();
        let input = DraftRound { buildings: "2号、9号".into(), ..estate.question() };
        let id = estate.draft(&estate.worker, input).unwrap().id;
        let freeze = |day| {
            let of = id.clone();
            estate.on(day, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of))
        };
        assert_eq!(refused(freeze(1)), "building-not-there");
        let (of, input) =
            (id.clone(), DraftRound { buildings: "2号".into(), once: String::new(), ..estate.question() });
        estate.act(&estate.worker, move |tx, cx| draft::change(tx, cx, &of, &input)).unwrap();
        let frozen = freeze(1).unwrap();
        assert_eq!((frozen.frozen.units, frozen.frozen.area), (4, 40_000));
        let (of, input) = (id.clone(), freeze::Thaw { reason: "名册有误".into() });
        let thawed = estate.on(2, &estate.worker, move |tx, cx| freeze::thaw(tx, cx, &of, &input)).unwrap();
        assert_eq!((thawed.state, thawed.frozen.units), (State::Draft, 0));
        let hung = frozen.notices.roll.unwrap();
        let hung = db.read_wait(move |s| matters::notice::queries::notice(s, &hung)).unwrap();
        assert_eq!(hung.state, matters::notice::State::Withdrawn);
        estate
            .keep(&estate.worker, &FILE.replace("2-101,2号,1,慕容听雪,100.00", "2-101,2号,1,慕容听雪,90.00"))
            .unwrap();
        assert_eq!(freeze(3).unwrap().frozen.area, 39_000);
    });
}

#[test]
fn an_official_result_is_taken_in_once_and_as_the_round_says() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = opened(&estate, DraftRound { rules: "cn-beijing".into(), ..estate.question() });
        both(&estate, &id, "1-101", "disagree");
        let look = |text: &str| import::look(text.as_bytes());
        let lines = look("unit,choice,channel\n1-101,agree,import\n1-102,agree,import\n2-101,agree,import\n").unwrap();
        let from = import::From {
            source: "北京市业主决定共同事项公共决策平台".into(),
            published: estate.day(34),
            document: "https://example.org/1".into(),
        };
        let wrong = import::From { source: " ".into(), published: estate.day(36), ..import::From::default() };
        let (of, some) = (id.clone(), lines.clone());
        let nobody = estate.on(35, &estate.worker, move |tx, cx| import::take(tx, cx, &of, (&some, &wrong)));
        assert_eq!(fields(nobody), ["source: required", "published: day-in-future"]);
        let take = |lines: &[import::Line]| {
            let (of, lines) = (id.clone(), lines.to_vec());
            let from = from.clone();
            estate.on(35, &estate.worker, move |tx, cx| import::take(tx, cx, &of, (&lines, &from)))
        };
        let taken = take(&lines).unwrap();
        assert_eq!((taken.new, taken.same, taken.refused), (2, 0, vec!["1-101".to_owned()]));
        let taken = take(&lines).unwrap();
        assert_eq!((taken.new, taken.same), (0, 2), "sent twice");
        let of = id.clone();
        let told = db.read_wait(move |s| ballot::queries::official(s, &of)).unwrap();
        let told: Vec<_> = told.iter().map(|one| (one.document.as_str(), one.n_new, one.n_refused)).collect();
        assert_eq!(told, [("https://example.org/1", 2, 1)], "what changes nothing is kept once");
        let (why, faults) =
            look("unit,choice,channel\n1-101,yes,post\n,agree,import\n1-102,agree,import\n").unwrap_err();
        let found: Vec<_> = faults.iter().map(|fault| (fault.line, fault.why.field, fault.why.code)).collect();
        let want = [(2, "choice", "choice-unknown"), (2, "channel", "channel-unknown"), (3, "unit", "required")];
        assert_eq!((why.code, found.as_slice()), ("result-has-faults", want.as_slice()));
        let stranger = look("unit,choice,channel\n7-701,agree,import\n").unwrap();
        assert_eq!(refused(take(&stranger)), "result-has-faults");
        let (why, faults) = look("unit,choice,channel\n1,agree,paper\n2,agree,import\n2,abstain,import\n").unwrap_err();
        assert_eq!((why.code, faults.len()), ("result-has-faults", 2));
        let of = id.clone();
        let ballots = db.read_wait(move |s| ballot::queries::by_channel(s, &of)).unwrap();
        assert_eq!(ballots, [("import".to_owned(), 2), ("paper".to_owned(), 1)]);
        // in Beijing nobody votes online here
        let owner = estate.owner("1-102");
        let (of, input) =
            (id.clone(), online::CastOnline { unit: "1-102".into(), choice: "agree".into(), ..Default::default() });
        assert_eq!(
            refused(estate.on(35, &owner, move |tx, cx| online::cast(tx, cx, &of, &input))),
            "channel-not-admitted"
        );
    });
}

#[test]
fn an_owner_votes_online_where_the_rules_admit_it_and_may_change_where_the_round_says_so() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = opened(&estate, DraftRound { later: "replace".into(), ..estate.question() });
        let (owner, other) = (estate.owner("1-102"), estate.owner("2-101"));
        let cast = |who: &kernel::Actor, unit: &str, choice: &str| {
            let (of, input) =
                (id.clone(), online::CastOnline { unit: unit.into(), choice: choice.into(), ..Default::default() });
            estate.on(35, who, move |tx, cx| online::cast(tx, cx, &of, &input))
        };
        assert_eq!(refused(cast(&other, "1-102", "agree")), "not-your-unit");
        assert_eq!(refused(cast(&kernel::Actor::Visitor, "1-102", "agree")), "sign-in-first");
        assert_eq!(fields(cast(&owner, "1-102", "invalid")), ["choice: unknown-choice"]);
        cast(&owner, "1-102", "disagree").unwrap();
        assert_eq!(cast(&owner, "1-102", "disagree").unwrap().door.ballots, 1, "sent twice");
        cast(&owner, "1-102", "agree").unwrap();
        let of = id.clone();
        let facts = db
            .read_wait(move |s| {
                let round = queries::round(s, &of)?;
                assert_eq!(round.later, Later::Replace);
                let day = kernel::Day::parse("2026-12-22").unwrap();
                Ok::<_, db::Fault>(count::Facts::read(s, &round, &day)?)
            })
            .unwrap();
        let ballots: Vec<_> = facts.ballots.iter().map(|cast| (cast.unit.as_str(), cast.choice)).collect();
        assert_eq!(ballots, [("1-102", Choice::Agree)], "one ballot a unit: the last");
    });
}

#[test]
fn the_law_is_that_of_the_day() {
    each_engine(|db| {
        let estate = Estate::new(db);
        // before 2021 the fund needed two thirds of everybody; the day may be set
        let id = opened(&estate, DraftRound { law_day: "2019-05-30".into(), ..estate.question() });
        for unit in ["1-101", "1-102", "1-201", "2-101", "2-202"] {
            both(&estate, &id, unit, "agree");
        }
        let round = counted(db, &estate, &id);
        let outcome = round.outcome.unwrap();
        assert_eq!((outcome.on.as_str(), outcome.of.as_str(), outcome.gates.len()), ("2019-05-30", "all", 2));
        assert_eq!(
            (outcome.heads.agree, outcome.heads.all, outcome.passed),
            (3, 5, false),
            "3 of 5 heads are not two thirds"
        );
    });
}
