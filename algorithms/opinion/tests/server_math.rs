//! What the servers of Polis computed for real conversations: everything that follows from the votes and the groups.
#![expect(clippy::unwrap_used, reason = "a test may fall")]

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use opinion::{
    Components, Conversation, ConversationBuilder, Count, Counts, Grouping, Moderation, Side, Statement, Vote,
    group_aware, majority, priorities, representative,
};
use serde_json::Value;

struct Server {
    name: String,
    conversation: Conversation,
    grouping: Grouping,
    counted: Vec<bool>,
    math: Value,
}

fn servers() -> Option<Vec<Server>> {
    let folder = common::real_data("server_math")?.join("_server_math");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".math-pca2.json").map(str::to_owned))
        .collect();
    names.sort();
    assert!(!names.is_empty(), "no server's results");
    Some(names.into_iter().map(|name| server(&folder, name)).collect())
}

fn numbers(of: &Value) -> Vec<u64> {
    of.as_array().map(|list| list.iter().filter_map(Value::as_u64).collect()).unwrap_or_default()
}

fn server(folder: &Path, name: String) -> Server {
    let file = |kind: &str| common::json(&folder.join(format!("{name}.{kind}.json")));
    let (math, comments, votes) = (file("math-pca2"), file("comments"), file("votes"));
    let strict = file("conversation")["strict_moderation"].as_bool().unwrap();
    let known: BTreeSet<u64> = numbers(&math["tids"]).into_iter().collect();
    let statements: Vec<Statement> = comments
        .as_array()
        .unwrap()
        .iter()
        .map(|c| {
            let moderation = match c["moderated"].as_i64().unwrap() {
                -1 => Moderation::Rejected,
                0 => Moderation::Unmoderated,
                _ => Moderation::Accepted,
            };
            Statement { id: c["statement_id"].as_u64().unwrap(), moderation, meta: c["is_meta"] == true }
        })
        .filter(|s| known.contains(&s.id))
        .collect();
    let mut builder = ConversationBuilder::new(&statements).unwrap();
    for vote in votes.as_array().unwrap() {
        let number = |key: &str| vote[key].as_u64().unwrap();
        let said = Vote::try_from(vote["vote"].as_i64().unwrap()).unwrap();
        let time = vote["modified"].as_f64().unwrap() as i64;
        builder.vote(number("participant_id"), number("statement_id"), said, time).unwrap();
    }
    let conversation = builder.finish();
    let base = &math["base-clusters"];
    let bases: BTreeMap<u64, Vec<u64>> =
        numbers(&base["id"]).into_iter().zip(base["members"].as_array().unwrap().iter().map(numbers)).collect();
    let mut groups = BTreeMap::new();
    for group in math["group-clusters"].as_array().unwrap() {
        let id = u32::try_from(group["id"].as_u64().unwrap()).unwrap();
        for base in numbers(&group["members"]) {
            groups.extend(bases[&base].iter().map(|participant| (*participant, id)));
        }
    }
    let grouping = Grouping::by_participant(&conversation, &groups);
    let counted = conversation.counted(strict);
    Server { name, conversation, grouping, counted, math }
}

fn near(a: f64, b: &Value, tolerance: f64) -> bool {
    let b = b.as_f64().unwrap();
    (a - b).abs() <= tolerance * (1.0 + b.abs())
}

#[test]
fn group_votes_and_consensus_are_the_servers() {
    for server in servers().into_iter().flatten() {
        let counts = Counts::of(&server.conversation, &server.grouping);
        let mut n_compared = 0;
        for (column, statement) in server.conversation.statements().iter().enumerate() {
            let tid = statement.id.to_string();
            for (group, id) in server.grouping.ids().iter().enumerate() {
                let theirs = &server.math["group-votes"][id.to_string()]["votes"][&tid];
                let number = |key: &str| u32::try_from(theirs[key].as_u64().unwrap()).unwrap();
                let theirs = Count { agree: number("A"), disagree: number("D"), votes: number("S") };
                assert_eq!(counts.group(group, column), theirs, "{} {tid} {id}", server.name);
                n_compared += 1;
            }
            let theirs = &server.math["group-aware-consensus"][&tid];
            assert!(near(group_aware(&counts, column, Side::Agree), theirs, 1e-15), "{} {tid}", server.name);
        }
        assert!(n_compared > 100, "{}", server.name);
    }
}

#[test]
fn typical_statements_are_the_servers() {
    for server in servers().into_iter().flatten() {
        let counts = Counts::of(&server.conversation, &server.grouping);
        let typical = representative(&server.conversation, &counts, &server.counted);
        for (id, ours) in server.grouping.ids().iter().zip(typical) {
            let theirs = server.math["repness"][id.to_string()].as_array().unwrap();
            assert_eq!(ours.len(), theirs.len(), "{} {id}", server.name);
            for (ours, theirs) in ours.iter().zip(theirs) {
                let what = format!("{} {id} {ours:?} {theirs}", server.name);
                assert_eq!(theirs["tid"], ours.statement, "{what}");
                assert_eq!(theirs["repful-for"], serde_json::to_value(ours.side).unwrap(), "{what}");
                assert_eq!(theirs["best-agree"] == true, ours.best_agree, "{what}");
                assert!(near(ours.ratio, &theirs["repness"], 1e-12), "{what}");
                // the server keeps this one with seven digits
                assert!(near(ours.ratio_test, &theirs["repness-test"], 1e-6), "{what}");
                assert!(near(ours.share, &theirs["p-success"], 1e-12), "{what}");
                assert!(near(ours.share_test, &theirs["p-test"], 1e-12), "{what}");
                assert_eq!(theirs["n-success"], ours.successes, "{what}");
                assert_eq!(theirs["n-trials"], ours.trials, "{what}");
            }
        }
    }
}

#[test]
fn majorities_are_the_servers() {
    for server in servers().into_iter().flatten() {
        let counts = Counts::of(&server.conversation, &server.grouping);
        let ours = majority(&server.conversation, &counts, &server.counted);
        for (ours, side) in [(ours.agree, "agree"), (ours.disagree, "disagree")] {
            let theirs = server.math["consensus"][side].as_array().unwrap();
            assert_eq!(ours.len(), theirs.len(), "{} {side}", server.name);
            for (ours, theirs) in ours.iter().zip(theirs) {
                assert_eq!(theirs["tid"], ours.statement, "{} {side}", server.name);
                assert_eq!(theirs["n-success"], ours.successes);
                assert_eq!(theirs["n-trials"], ours.trials);
                assert!(near(ours.share, &theirs["p-success"], 1e-12) && near(ours.test, &theirs["p-test"], 1e-12));
            }
        }
    }
}

#[test]
fn components_and_priorities_are_the_servers() {
    for server in servers().into_iter().flatten() {
        let counts = Counts::of(&server.conversation, &server.grouping);
        let ours = Components::new(&server.conversation, &counts.all, &server.counted);
        let floats = |of: &Value| -> Vec<f64> { of.as_array().unwrap().iter().filter_map(Value::as_f64).collect() };
        let pca = &server.math["pca"];
        let column = |tid: &u64| server.conversation.column_of(*tid).unwrap();
        let columns: Vec<usize> = numbers(&server.math["tids"]).iter().map(column).collect();
        // the server's agreement is −1
        for (column, center) in columns.iter().zip(floats(&pca["center"])) {
            assert!((ours.center[*column] + center).abs() < 1e-12, "{}", server.name);
        }
        for (axis, theirs) in ours.axes.iter().zip(pca["comps"].as_array().unwrap()) {
            let theirs = floats(theirs);
            let cosine: f64 = columns.iter().zip(&theirs).map(|(column, x)| axis[*column] * x).sum();
            assert!((cosine.abs() - 1.0).abs() < 1e-12, "{} {cosine}", server.name);
        }
        let extremity = ours.extremity();
        for (column, theirs) in columns.iter().zip(floats(&pca["comment-extremity"])) {
            assert!((extremity[*column] - theirs).abs() < 1e-6, "{} {} {theirs}", server.name, extremity[*column]);
        }
        let by_ours = priorities(&server.conversation, &counts, &extremity);
        let mut theirs_in_order = vec![0.0; columns.len()];
        for (column, value) in columns.iter().zip(floats(&pca["comment-extremity"])) {
            theirs_in_order[*column] = value;
        }
        let by_theirs = priorities(&server.conversation, &counts, &theirs_in_order);
        for (column, statement) in server.conversation.statements().iter().enumerate() {
            let theirs = &server.math["comment-priorities"][statement.id.to_string()];
            assert!(near(by_theirs[column], theirs, 1e-14), "{} {}", server.name, statement.id);
            assert!(near(by_ours[column], theirs, 1e-6), "{} {}", server.name, statement.id);
        }
    }
}
