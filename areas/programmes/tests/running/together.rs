//! Groups and awards.

use db::Fault;
use programmes::{
    award::{
        self, State,
        decide::{Decide, decide},
        nominate::{Nominate, nominate},
        queries as awards,
    },
    group::{
        lead::{Assign, Lead, assign, lead},
        note::{WriteNote, note},
        queries,
    },
};
use testkit::story::{act, each_engine, fields, refused as code};

use crate::{halfway::fail, public, town};

#[test]
fn a_group_has_one_leader_who_notes_down_what_was_found() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "楼道花园"]);
        let put = |number, team: &str| {
            let (season, input) = (town.season.clone(), Assign { number, team: team.into() });
            act(db, &town.officer, move |tx, cx| assign(tx, cx, &season, &input))
        };
        let name = |team: &str, number, how: &str| {
            let (season, input) = (town.season.clone(), Lead { team: team.into(), number, how: how.into() });
            act(db, &town.officer, move |tx, cx| lead(tx, cx, &season, &input))
        };
        let write = |who: &kernel::Actor, kind: &str, number| {
            let input = WriteNote {
                kind: kind.into(),
                number,
                day: "2026-11-20".into(),
                words: "墙角有积水。".into(),
                once: "one".into(),
            };
            let season = town.season.clone();
            act(db, who, move |tx, cx| note(tx, cx, (&season, "garden"), &input))
        };
        // both came with the group of their proposals
        assert_eq!(fields(put(2, "elsewhere")), ["team: unknown-choice"]);
        put(2, "garden").unwrap();
        put(1, "garden").unwrap();
        assert_eq!(fields(name("corridors", 1, "elected")), ["number: not-of-the-group"]);
        assert_eq!(code(write(&town.author, "talk", 0)), "group-without-leader");
        name("garden", 1, "elected").unwrap();
        name("garden", 2, "recommended").unwrap();
        assert_eq!(code(put(2, "corridors")), "leads-a-group");
        let season = town.season.clone();
        let led = db.read_wait(move |s| queries::leaders(s, &season)).unwrap();
        assert_eq!(led.iter().map(|l| (l.team.as_str(), l.number)).collect::<Vec<_>>(), [("garden", 2)]);

        assert_eq!(code(write(&town.neighbour, "visit", 1)), "not-allowed");
        assert_eq!(fields(write(&town.author, "visit", 7)), ["number: not-of-the-group"]);
        write(&town.author, "visit", 1).unwrap();
        write(&town.author, "visit", 1).unwrap();
        let season = town.season.clone();
        let notes = db.read_wait(move |s| queries::notes(s, &season, ("garden", None))).unwrap();
        assert_eq!(notes.iter().map(|n| n.number).collect::<Vec<_>>(), [Some(1)], "sent twice, noted once");
        assert!(!public(db, &["group"]).contains("积水"));
    });
}

#[test]
fn an_award_is_given_by_another_than_who_nominated_and_its_certificate_is_checked() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆"]);
        let wish = |who: &kernel::Actor, category: &str| {
            let input = Nominate { category: category.into(), number: 1, words: "孩子们认得邻居了。".into() };
            let season = town.season.clone();
            act(db, who, move |tx, cx| nominate(tx, cx, &season, &input))
        };
        let end = |who: &kernel::Actor, give| {
            let (season, input) = (town.season.clone(), Decide { category: "shining".into(), number: 1, give });
            act(db, who, move |tx, cx| decide(tx, cx, &season, &input))
        };
        assert_eq!(code(wish(&town.author, "shining")), "not-allowed");
        assert_eq!(fields(wish(&town.officer, "tallest")), ["category: unknown-choice"]);
        assert_eq!(code(end(&town.second, true)), "award-not-found");
        wish(&town.officer, "shining").unwrap();
        wish(&town.officer, "shining").unwrap();
        assert_eq!(code(end(&town.officer, true)), "not-allowed");
        assert_eq!(code(end(&town.author, true)), "not-allowed");
        let given = end(&town.second, true).unwrap();
        assert_eq!(end(&town.second, true).unwrap(), given, "pressed twice");
        assert_eq!(code(end(&town.second, false)), "award-decided");
        assert_eq!(given.state, State::Given);
        let number = award::certificate::printed(given.certificate.as_deref().unwrap());
        let found = |typed: String| db.read_wait(move |s| Ok::<_, Fault>(awards::certified(s, &typed)?)).unwrap();
        assert_eq!(found(number.to_lowercase()).unwrap().project, "楼道美术馆");
        assert_eq!(found("0000-0000-00".into()), None);
        let told = public(db, &["award"]);
        assert!(told.contains(given.certificate.as_deref().unwrap()) && !told.contains("认得"));
    });
}

#[test]
fn nobody_nominates_or_gives_an_award_to_a_stopped_project() {
    each_engine(|db| {
        let town = town(db, &["楼道美术馆", "楼道花园"]);
        let wish = |number| {
            let input = Nominate { category: "innovation".into(), number, words: "孩子们认得邻居了。".into() };
            let season = town.season.clone();
            act(db, &town.officer, move |tx, cx| nominate(tx, cx, &season, &input))
        };
        let end = |number, give| {
            let (season, input) = (town.season.clone(), Decide { category: "innovation".into(), number, give });
            act(db, &town.second, move |tx, cx| decide(tx, cx, &season, &input))
        };
        assert_eq!(fields(wish(0)), ["number: required"]);
        assert_eq!(fields(wish(99)), ["number: unknown-choice"]);
        wish(1).unwrap();
        fail(db, &town, 1);
        let season = town.season.clone();
        let open = db.read_wait(move |s| programmes::running::queries::nominable(s, &season)).unwrap();
        assert_eq!(open, [(2, "楼道花园".to_owned())]);
        // nominated while it ran, and stopped since
        assert_eq!(code(end(1, true)), "project-not-running");
        assert_eq!(end(1, false).unwrap().state, State::Refused);
        wish(2).unwrap();
        assert_eq!(end(2, true).unwrap().state, State::Given);
    });
}
