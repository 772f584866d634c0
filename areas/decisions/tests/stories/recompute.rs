//! Computing a verdict again from the log, and finding what was changed in it.

use decisions::recompute::{Confirmed, Fault, Recompute};
use serde_json::{Value, json};

use crate::support::{Paper, Vote, each_engine};

fn run(leaves: &[Value]) -> (Vec<Confirmed>, Vec<Fault>) {
    let mut recompute = Recompute::new();
    for (index, leaf) in (0..).zip(leaves) {
        recompute.entry(index, &serde_json::to_vec(leaf).unwrap());
    }
    recompute.finish()
}

fn leaves(vote: &Vote) -> Vec<Value> {
    vote.log().iter().map(|entry| serde_json::from_slice(&entry.leaf).unwrap()).collect()
}

fn published(db: &db::Db) -> Vote {
    let vote = Vote::open(db, &Paper { voters: 6, ..Paper::default() });
    for (voter, choices) in (0..).zip([&[1, 4][..], &[1, 4], &[4, 2], &[1, 3], &[]]) {
        vote.cast(voter, choices).unwrap();
    }
    vote.close().unwrap();
    vote.publish(&vote.count().unwrap()).unwrap();
    vote
}

fn places(log: &[Value], kind: &str) -> Vec<usize> {
    (0..log.len()).filter(|n| log[*n]["kind"] == kind).collect()
}

fn first<'a>(log: &'a mut [Value], kind: &str) -> &'a mut Value {
    let place = places(log, kind)[0];
    &mut log[place]
}

fn remove(log: &mut Vec<Value>, kind: &str) {
    log.remove(places(log, kind)[0]);
}

fn repeat(log: &mut Vec<Value>, kind: &str) {
    let again = first(log, kind).clone();
    log.push(again);
}

/// A ballot that nobody cast, behind the last one.
fn stuff(log: &mut Vec<Value>) {
    let last = *places(log, "ballot.cast").last().unwrap();
    let mut ballot = log[last].clone();
    ballot["id"] = json!("1-zzzzzzzzzzzzzzzzzzzzzzzz");
    log.insert(last + 1, ballot);
}

fn swap_winners(log: &mut [Value]) {
    first(log, "verdict.published")["public"]["winners"].as_array_mut().unwrap().swap(0, 1);
}

type Change = (&'static str, fn(&mut Vec<Value>), &'static str);

const CHANGES: &[Change] = &[
    ("a ballot dropped", |log| remove(log, "ballot.cast"), "the number of ballots differs"),
    ("a ballot stuffed", stuff, "the number of ballots differs"),
    (
        "a ballot stuffed and owned to",
        |log| {
            stuff(log);
            first(log, "verdict.published")["public"]["ballots"] = json!(6);
        },
        "another number of marks",
    ),
    (
        "a ballot and a mark stuffed",
        |log| {
            stuff(log);
            repeat(log, "roll.marked");
            first(log, "verdict.published")["public"]["ballots"] = json!(6);
        },
        "the digest of the inputs differs",
    ),
    ("a ballot twice", |log| repeat(log, "ballot.cast"), "not in the order of ids"),
    (
        "a choice changed",
        |log| {
            let empty =
                log.iter_mut().find(|leaf| leaf["kind"] == "ballot.cast" && leaf["public"]["choices"] == json!([]));
            empty.unwrap()["public"]["choices"] = json!([5]);
        },
        "the digest of the inputs differs",
    ),
    (
        "another ballot's id",
        |log| *first(log, "ballot.cast").get_mut("id").unwrap() = json!("1-000000000000000000000000"),
        "the digest of the inputs differs",
    ),
    ("a project 0", |log| first(log, "ballot.cast")["public"]["choices"] = json!([0]), "names project 0"),
    ("a project that is not there", |log| first(log, "ballot.cast")["public"]["choices"] = json!([9]), "not there"),
    ("a project twice", |log| first(log, "ballot.cast")["public"]["choices"] = json!([1, 1]), "twice"),
    (
        "too many choices",
        |log| first(log, "ballot.cast")["public"]["choices"] = json!([1, 2, 3, 4]),
        "more projects than the season allows",
    ),
    ("choices that are none", |log| first(log, "ballot.cast")["public"] = json!({}), "cannot be read"),
    ("a mark dropped", |log| remove(log, "roll.marked"), "another number of marks"),
    ("a mark added", |log| repeat(log, "roll.marked"), "another number of marks"),
    (
        "fewer voters",
        |log| first(log, "roll.enrolled")["public"]["voters"] = json!(4),
        "more voted than were on the roll",
    ),
    (
        "another turnout",
        |log| first(log, "verdict.published")["public"]["voters"] = json!(999),
        "the number of voters on the roll differs",
    ),
    (
        "a project's cost changed",
        |log| first(log, "project.added")["public"]["cost"] = json!(59_999),
        "the digest of the inputs differs",
    ),
    ("a project dropped", |log| remove(log, "project.added"), "project 2 stands where 1 should"),
    (
        "a project twice on the paper",
        |log| {
            let again = first(log, "project.added").clone();
            log.insert(places(log, "project.added")[0], again);
        },
        "project 1 stands where 2 should",
    ),
    (
        "a project added afterwards",
        |log| {
            let mut late = first(log, "project.added").clone();
            late["public"]["number"] = json!(6);
            late["public"]["reference"] = json!("P6");
            log.push(late);
        },
        "a project after the first ballot",
    ),
    ("the season dropped", |log| remove(log, "season.opened"), "a ballot before its season"),
    ("the season opened again", |log| repeat(log, "season.opened"), "opened twice"),
    ("the budget raised", |log| first(log, "season.opened")["public"]["budget"] = json!(200_000), "its budget is not"),
    ("another rule", |log| first(log, "season.opened")["public"]["rule"] = json!("mes:cost"), "its rule is not"),
    ("a rule that is none", |log| first(log, "season.opened")["public"]["rule"] = json!("luck"), "no rule is called"),
    ("winners swapped", |log| swap_winners(log), "the winners differ"),
    (
        "a false verdict before the true one",
        |log| {
            let mut lie = first(log, "verdict.published").clone();
            lie["public"]["winners"] = json!([2]);
            log.insert(places(log, "verdict.published")[0], lie);
        },
        "a second verdict",
    ),
    ("the rule set", |log| first(log, "verdict.published")["public"]["rule_set"] = json!("x"), "its rule set is not"),
    ("the rule", |log| first(log, "verdict.published")["public"]["rule"] = json!("greedy:cost"), "its rule is not"),
    ("the increment", |log| first(log, "verdict.published")["public"]["increment"] = json!(7), "its increment is not"),
    ("the budget", |log| first(log, "verdict.published")["public"]["budget"] = json!(1), "its budget is not"),
    ("the ballots", |log| first(log, "verdict.published")["public"]["ballots"] = json!(4), "the number of ballots"),
    ("the inputs", |log| first(log, "verdict.published")["public"]["inputs"] = json!("00"), "the digest of the inputs"),
    ("the cost", |log| first(log, "verdict.published")["public"]["total_cost"] = json!(1), "the total cost differs"),
    ("what is no entry", |log| log.push(json!({"v": 1})), "is not an entry this program knows how to read"),
];

#[test]
fn a_verdict_is_confirmed_from_the_log_and_every_change_is_found() {
    each_engine(|db| {
        let vote = published(db);
        let log = leaves(&vote);
        let (confirmed, faults) = run(&log);
        assert_eq!(faults, []);
        let told = &log[places(&log, "verdict.published")[0]]["public"];
        assert!(told["winners"].as_array().unwrap().len() >= 2, "there is something to swap: {told}");
        assert_eq!(confirmed.len(), 1);
        assert_eq!((confirmed[0].season.as_str(), confirmed[0].n_ballots), (vote.season.as_str(), 5));
        assert_eq!(json!(confirmed[0].total_cost), told["total_cost"]);
        for (name, change, expected) in CHANGES {
            let mut changed = log.clone();
            change(&mut changed);
            let (_, faults) = run(&changed);
            let first = faults.first().unwrap_or_else(|| panic!("{name}: nothing was found"));
            assert!(first.what.contains(expected), "{name}: {first}");
        }
    });
}

#[test]
fn an_open_vote_and_other_areas_are_passed_over() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        vote.cast(0, &[1]).unwrap();
        assert_eq!(run(&leaves(&vote)), (vec![], vec![]));
        vote.close().unwrap();
        assert_eq!(run(&leaves(&vote)), (vec![], vec![]), "closed, not yet published");
    });
}
