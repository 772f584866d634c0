//! Plans, requests to change them, pairs of teams, promotion.

use db::{Db, Fault};
use kernel::{Actor, Fen};
use programmes::{
    mentor::{
        Pair,
        agree::{agree, end},
        propose::{Propose, propose},
    },
    plan::{
        State, Typed, TypedLine, TypedMonth, Version,
        decide::{Decide, decide},
        queries, rules,
        write::{WritePlan, withdraw, write},
    },
    promotion,
};
use testkit::story::{act, each_engine, fields, refused as code};

use crate::{Records, Town, public, somebody, town};

fn plan(activities: &str, ends: &str) -> Typed {
    let month = |month: &str, n: &str| TypedMonth {
        month: month.into(),
        activities: n.into(),
        people: "40".into(),
        money: "1000".into(),
    };
    Typed {
        months: vec![month("2026-11", activities), month("2026-12", "3")],
        lines: vec![TypedLine { what: "彩笔".into(), sum: "555".into() }],
        ends: ends.into(),
    }
}

fn writes(db: &Db, town: &Town, who: &Actor, (version, plan, reason): (u32, Typed, &str)) -> Result<Version, Fault> {
    let (season, input) = (town.season.clone(), WritePlan { version, plan, reason: reason.into() });
    act(db, who, move |tx, cx| write(tx, cx, (&season, 1), &input))
}

fn decides(db: &Db, town: &Town, who: &Actor, (version, accept, words): (u32, bool, &str)) -> Result<Version, Fault> {
    let (season, input) = (town.season.clone(), Decide { version, accept, words: words.into() });
    act(db, who, move |tx, cx| decide(tx, cx, (&season, 1), &input))
}

#[test]
fn a_plan_is_set_and_changed_by_somebody_elses_decision_and_all_versions_stay() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let first = || plan("2", "2026-12-31");
        assert_eq!(code(writes(db, &town, &town.neighbour, (0, first(), ""))), "not-allowed");
        let mut dear = first();
        dear.months[0].money = "5556".into();
        assert_eq!(fields(writes(db, &town, &town.author, (0, dear, ""))), ["months: above-the-grant"]);
        let set = writes(db, &town, &town.author, (0, first(), "")).unwrap();
        assert_eq!((set.version, set.state), (1, State::Accepted));
        assert_eq!(writes(db, &town, &town.author, (0, first(), "")).unwrap(), set, "sent twice");

        // a change has a reason, is one at a time, and changes something
        let later = || plan("1", "2027-02-28");
        assert_eq!(fields(writes(db, &town, &town.author, (1, later(), ""))), ["reason: required"]);
        assert_eq!(code(writes(db, &town, &town.author, (1, first(), "改"))), "plan-unchanged");
        assert_eq!(code(writes(db, &town, &town.author, (0, later(), "改"))), "changed-meanwhile");
        let asked = writes(db, &town, &town.author, (1, later(), "天冷，推迟")).unwrap();
        assert_eq!((asked.version, asked.state), (2, State::Asked));
        assert_eq!(code(writes(db, &town, &town.author, (1, plan("9", "2027-01-31"), "又改"))), "change-open");

        assert_eq!(code(decides(db, &town, &town.author, (2, true, ""))), "not-allowed");
        assert_eq!(code(decides(db, &town, &town.worker, (2, true, ""))), "not-allowed");
        assert_eq!(fields(decides(db, &town, &town.officer, (2, false, ""))), ["words: required"]);
        decides(db, &town, &town.officer, (2, false, "先在室内办")).unwrap();
        assert_eq!(code(decides(db, &town, &town.second, (2, true, ""))), "change-decided");

        // an officer who asks for the team does not decide
        let asked = writes(db, &town, &town.officer, (1, later(), "天冷，推迟")).unwrap();
        assert_eq!(code(decides(db, &town, &town.officer, (3, true, ""))), "not-allowed");
        let accepted = decides(db, &town, &town.second, (3, true, "")).unwrap();
        assert_eq!(decides(db, &town, &town.second, (3, true, "")).unwrap(), accepted);
        let season = town.season.clone();
        let all = db.read_wait(move |s| queries::versions(s, &season, 1)).unwrap();
        assert_eq!(all.iter().map(|v| v.state).collect::<Vec<_>>(), [State::Accepted, State::Refused, State::Accepted]);
        let there = queries::in_force(&all).unwrap();
        assert_eq!((there.version, &there.plan), (3, &asked.plan));
        assert_eq!(rules::sums(&there.plan).money, Fen(200_000));

        let asked = writes(db, &town, &town.author, (3, first(), "还是照旧")).unwrap();
        let season = town.season.clone();
        act(db, &town.author, move |tx, cx| withdraw(tx, cx, (&season, 1), asked.version)).unwrap();
        let season = town.season.clone();
        assert_eq!(code(act(db, &town.author, move |tx, cx| withdraw(tx, cx, (&season, 1), 3))), "change-decided");
        let told = public(db, &["plan"]);
        assert!(!told.contains("推迟") && !told.contains("室内") && !told.contains("彩笔"), "{told}");
    });
}

#[test]
fn two_officers_who_decide_at_once_decide_once() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        writes(db, &town, &town.author, (0, plan("2", "2026-12-31"), "")).unwrap();
        writes(db, &town, &town.author, (1, plan("1", "2027-01-31"), "推迟")).unwrap();
        let both = std::thread::scope(|scope| {
            let yes = scope.spawn(|| decides(db, &town, &town.officer, (2, true, "")));
            let no = scope.spawn(|| decides(db, &town, &town.second, (2, false, "不行")));
            [yes.join().unwrap(), no.join().unwrap()]
        });
        assert_eq!(both.iter().filter(|answer| answer.is_ok()).count(), 1, "{both:?}");
    });
}

#[test]
fn a_pair_stands_when_both_teams_agree() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "楼道花园"]);
        let pair = |who: &Actor, old, new| {
            let about = "怎么排值班表".to_owned();
            let input = Propose { old, new, about, from: "2026-11-22".into(), until: "2027-03-31".into() };
            let season = town.season.clone();
            act(db, who, move |tx, cx| propose(tx, cx, &season, &input))
        };
        let agrees = |who: &Actor| -> Result<Pair, Fault> {
            let season = town.season.clone();
            act(db, who, move |tx, cx| agree(tx, cx, &season, (1, 2)))
        };
        assert_eq!(code(pair(&town.neighbour, 1, 2)), "not-allowed");
        assert_eq!(fields(pair(&town.officer, 1, 1)), ["new: the-same-project"]);
        assert!(!pair(&town.officer, 1, 2).unwrap().stands());
        // the office agrees for nobody
        assert_eq!(code(agrees(&town.officer)), "not-allowed");
        let agreed = agrees(&town.author).unwrap();
        assert!(agreed.stands(), "one author does both projects: {agreed:?}");
        assert_eq!(agrees(&town.author).unwrap(), agreed);
        let ends = |who: &Actor| {
            let season = town.season.clone();
            act(db, who, move |tx, cx| end(tx, cx, &season, (1, 2)))
        };
        assert_eq!(code(ends(&town.neighbour)), "not-allowed");
        ends(&town.officer).unwrap();
        ends(&town.officer).unwrap();
        assert_eq!(code(agrees(&town.author)), "pair-over");
    });
}

#[test]
fn a_promotion_is_confirmed_only_where_the_results_have_everything() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let confirms = |who: &Actor| {
            let season = town.season.clone();
            act(db, who, move |tx, cx| promotion::confirm::confirm(tx, cx, &Records, (&season, 1)))
        };
        assert_eq!(code(confirms(&town.author)), "not-allowed");
        assert_eq!(code(confirms(&town.officer)), "results-too-few");
        crate::closings::closed_well(db, &town);
        for n in 1..=5 {
            let name = format!("{}{n}", crate::SERVED);
            let who = somebody(db, &town.place, &name, None);
            let season = town.season.clone();
            let input = programmes::closing::grade::Grade { grade: 5, words: String::new() };
            let grade = programmes::closing::grade::grade;
            act(db, &who, move |tx, cx| grade(tx, cx, &Records, (&season, 1), &input)).unwrap();
        }
        let promoted = confirms(&town.officer).unwrap();
        assert_eq!((promoted.from.as_str(), promoted.to.as_str()), ("seedling", "brand"));
        assert!(promotion::rules::proposed(&promoted.reasons));
        assert_eq!(confirms(&town.second).unwrap(), promoted);
    });
}
