//! Visits by door and the intent survey, told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod estate;

use db::{Db, Fault};
use estate::{Estate, FILE};
use kernel::Actor;
use owners::{
    round::{RoundId, draft::DraftRound, freeze},
    visit::{
        Met, Totals, Way,
        answer::{self, Answer},
        queries,
        record::{self, Tap, Visits},
    },
};
use testkit::story::{each_engine, fields, meanwhile, refused};

/// A round whose roll is frozen.
fn frozen(estate: &Estate) -> RoundId {
    estate.keep(&estate.worker, FILE).unwrap();
    let input = DraftRound { rules: "cn-beijing".into(), ..estate.question() };
    let id = estate.draft(&estate.worker, input).unwrap().id;
    let of = id.clone();
    estate.on(1, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of)).unwrap();
    id
}

fn tap(door: u32, result: &str, client: &str, at: Option<i64>) -> Tap {
    Tap { door, result: result.into(), words: String::new(), way: String::new(), client: client.into(), at }
}

fn note(estate: &Estate, who: &Actor, id: &RoundId, input: Visits) -> Result<usize, Fault> {
    let id = id.clone();
    estate.on(2, who, move |tx, cx| record::record(tx, cx, &id, &input))
}

fn totals(db: &Db, id: &RoundId) -> Totals {
    let id = id.clone();
    queries::sum(&db.read_wait(move |s| queries::totals(s, &id)).unwrap())
}

#[test]
fn visits_that_waited_for_the_network_count_once_and_in_the_order_they_were_made() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = frozen(&estate);
        let sent = 1_795_500_000_000_i64;
        let ago = |minutes: i64| Some(sent - minutes * 60_000);
        let rows = vec![
            tap(1, "nobody", "a", ago(90)),
            tap(1, "agrees", "b", ago(30)),
            tap(2, "refuses", "c", ago(80)),
            tap(3, "come-back", "d", ago(70)),
            tap(4, "nobody", "e", ago(60)),
            tap(5, "no-talk", "f", ago(50)),
        ];
        let whole = Visits { sent: Some(sent), rows: rows.clone() };
        // the later half reaches the server first
        let half = Visits { sent: Some(sent), rows: rows[1..].to_vec() };
        assert_eq!(note(&estate, &estate.worker, &id, half).unwrap(), 5);
        assert_eq!(note(&estate, &estate.worker, &id, whole.clone()).unwrap(), 1, "what is new of it");
        assert_eq!(note(&estate, &estate.worker, &id, whole.clone()).unwrap(), 0, "sent again");
        // a second device of the same person has the same visits, and a clock that is a day behind
        let behind = |tap: &Tap| Tap { at: tap.at.map(|at| at - 86_400_000), ..tap.clone() };
        let other = Visits { sent: Some(sent - 86_400_000), rows: rows.iter().rev().map(behind).collect() };
        let (first, second) = meanwhile(
            |open| {
                let (id, input) = (id.clone(), other.clone());
                estate.on(2, &estate.worker, move |tx, cx| {
                    let done = record::record(tx, cx, &id, &input);
                    open.wait();
                    done
                })
            },
            || note(&estate, &estate.worker, &id, whole.clone()),
        );
        assert_eq!((first.unwrap(), second.unwrap()), (0, 0), "both devices at once");
        let all = totals(db, &id);
        assert_eq!((all.visits, all.units, all.reached, all.not_reached()), (6, 7, 4, 3));
        assert_eq!((all.agrees, all.refuses, all.undecided), (1, 1, 0), "the last word counts: {all:?}");
        // another person's device may make up the same text
        let again = Visits { sent: None, rows: vec![tap(2, "agrees", "c", None)] };
        assert_eq!(note(&estate, &estate.officer, &id, again).unwrap(), 1);
        assert_eq!((totals(db, &id).agrees, totals(db, &id).refuses), (2, 0));
        // a word that comes late and was said before changes nothing
        let late = Visits { sent: Some(sent), rows: vec![tap(1, "refuses", "late", ago(600))] };
        note(&estate, &estate.worker, &id, late).unwrap();
        assert_eq!(totals(db, &id).agrees, 2);
        let of = id.clone();
        let spent = db.read_wait(move |s| queries::spent(s, &of)).unwrap();
        assert_eq!((spent.visits, spent.days), (8, 1));
        estate.no_names_in_the_log();
    });
}

#[test]
fn what_cannot_be_a_visit_is_refused_whole() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = frozen(&estate);
        let one = |tap| Visits { sent: None, rows: vec![tap] };
        let who = &estate.worker;
        assert_eq!(fields(note(&estate, who, &id, one(tap(1, "", "x", None)))), ["result: required"]);
        assert_eq!(
            fields(note(&estate, who, &id, one(tap(1, "sold", "", None)))),
            ["result: unknown-choice", "client: required"]
        );
        assert_eq!(fields(note(&estate, who, &id, one(tap(1, "agrees", "x", Some(5))))), ["at: not-a-time"]);
        let both = Visits { sent: None, rows: vec![tap(1, "agrees", "x", None), tap(99, "agrees", "y", None)] };
        assert_eq!(refused(note(&estate, who, &id, both)), "door-not-found");
        assert_eq!(totals(db, &id).visits, 0, "all or none");
        assert_eq!(refused(note(&estate, &estate.stranger, &id, one(tap(1, "agrees", "x", None)))), "not-allowed");
        let many = Visits { sent: None, rows: (0..201).map(|n| tap(1, "nobody", &n.to_string(), None)).collect() };
        assert_eq!(refused(note(&estate, who, &id, many)), "too-many-at-once");
        // the same tap from two requests at once
        let twin = || note(&estate, who, &id, one(tap(1, "agrees", "twin", None)));
        let (first, second) = meanwhile(
            |open| {
                let (id, input) = (id.clone(), one(tap(1, "agrees", "twin", None)));
                estate.on(2, who, move |tx, cx| {
                    let done = record::record(tx, cx, &id, &input);
                    open.wait();
                    done
                })
            },
            twin,
        );
        assert_eq!(first.unwrap() + second.unwrap(), 1);
    });
}

#[test]
fn an_owner_answers_the_survey_and_the_visits_outlive_a_thaw() {
    each_engine(|db| {
        let estate = Estate::new(db);
        let id = frozen(&estate);
        let owner = estate.owner("2-202");
        let said = |who: &Actor, unit: &str, what: &str| {
            let (id, input) = (
                id.clone(),
                Answer { unit: unit.into(), answer: what.into(), words: "怕吵".into(), ..Answer::default() },
            );
            estate.on(2, who, move |tx, cx| answer::answer(tx, cx, &id, &input))
        };
        assert_eq!(refused(said(&owner, "1-101", "agrees")), "not-your-unit");
        assert_eq!(refused(said(&owner, "9-909", "agrees")), "door-not-found");
        assert_eq!(fields(said(&owner, "2-202", "nobody")), ["answer: unknown-choice"]);
        said(&owner, "2-202", "undecided").unwrap();
        said(&owner, "2-202", "undecided").unwrap();
        said(&owner, "2-202", "agrees").unwrap();
        let all = totals(db, &id);
        assert_eq!(
            (all.visits, all.reached, all.agrees, all.voted),
            (0, 1, 1, 0),
            "an answer is no visit and no ballot"
        );
        let of = id.clone();
        let told = db.read_wait(move |s| queries::visits(s, &of, "2-202")).unwrap();
        let told: Vec<_> = told.iter().map(|visit| (visit.way, visit.result)).collect();
        assert_eq!(told, [(Way::Online, Met::Agrees), (Way::Online, Met::Undecided)]);

        note(&estate, &estate.worker, &id, Visits { sent: None, rows: vec![tap(1, "refuses", "a", None)] }).unwrap();
        let (of, why) = (id.clone(), freeze::Thaw { reason: "名册有误".into() });
        estate.on(3, &estate.worker, move |tx, cx| freeze::thaw(tx, cx, &of, &why)).unwrap();
        assert_eq!(refused(said(&owner, "2-202", "refuses")), "round-wrong-state");
        let of = id.clone();
        estate.on(4, &estate.worker, move |tx, cx| freeze::freeze(tx, cx, &of)).unwrap();
        let all = totals(db, &id);
        assert_eq!((all.visits, all.reached, all.agrees, all.refuses), (1, 2, 1, 1));
        estate.no_names_in_the_log();
    });
}
