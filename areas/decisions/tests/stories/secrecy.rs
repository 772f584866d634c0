//! Trying to join who voted with what was voted.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use db::{Db, DbError, Dialect, Statement};
use ledger::{erase, read::Entry};
use serde_json::Value;

use crate::support::{Paper, Vote, code, each_engine, rows};

const VOTERS: u32 = 400;

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "stories", sql: $sql };)*
    };
}

sql! {
    QUEUED = "SELECT kind FROM entry_queue ORDER BY id /* across homes */";
    SEALED = "SELECT kind FROM sealed_entries ORDER BY kind /* across homes */";
    SECRETS = "SELECT id FROM entry_secrets ORDER BY id /* across homes */";
    ROLL = "SELECT voter, salt, voted_day FROM roll ORDER BY voter /* across homes */";
    ROLL_AS_IT_LIES = "SELECT voter FROM roll /* across homes */";
    BALLOTS_AS_THEY_LIE = "SELECT id FROM ballots /* across homes */";
    TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    ROW_NUMBER = "SELECT rowid FROM ballots /* across homes */";
    ROW_NUMBER_OF_ROLL = "SELECT rowid FROM roll /* across homes */";
    ROW_NUMBER_OF_SEALED = "SELECT rowid FROM sealed_entries /* across homes */";
    ROW_NUMBER_OF_ENTRIES = "SELECT rowid FROM entries /* across homes */";
}

/// A vote of [`VOTERS`] who came one after the other over three days; the ballot's id of each.
fn held(db: &Db) -> (Vote, Vec<String>) {
    let step = Duration::from_secs(600);
    let vote = Vote::open(db, &Paper { voters: VOTERS, step, ..Paper::default() });
    let ids = (0..VOTERS).map(|n| vote.cast(n, &[n % 5 + 1]).unwrap().id.to_string()).collect();
    (vote, ids)
}

fn of_kind<'a>(log: &'a [Entry], kind: &str) -> Vec<&'a Entry> {
    log.iter().filter(|entry| entry.kind == kind).collect()
}

fn leaf(entry: &Entry) -> Value {
    serde_json::from_slice(&entry.leaf).unwrap()
}

fn fields(leaf: &Value) -> BTreeSet<&str> {
    leaf.as_object().unwrap().keys().map(String::as_str).collect()
}

/// Pairs that stand the other way round, as a share of all pairs: about a half for orders that know nothing of each
/// other (standard deviation 0.017 for 400).
fn turned(order: &[usize]) -> f64 {
    let pairs = order.len() * (order.len() - 1) / 2;
    let turned: usize =
        (0..order.len()).map(|i| order[i + 1..].iter().filter(|later| **later < order[i]).count()).sum();
    turned as f64 / pairs as f64
}

/// Two orders of the same 400 that know nothing of each other: within four standard deviations of half the pairs
/// turned, and hardly any in the same place (one is expected).
#[track_caller]
fn assert_unrelated(name: &str, order: &[usize]) {
    assert_eq!(order.iter().collect::<BTreeSet<_>>().len(), VOTERS as usize, "{name} is an order");
    let share = turned(order);
    assert!((0.43..0.57).contains(&share), "{name}: {share} of the pairs are turned");
    let same = order.iter().enumerate().filter(|(n, place)| n == *place).count();
    assert!(same <= 6, "{name}: {same} of {VOTERS} in the same place");
}

/// Where each of `ids` stands in `list`.
fn ranks<T: std::hash::Hash + Eq>(ids: &[T], list: &[T]) -> Vec<usize> {
    let places: HashMap<&T, usize> = list.iter().enumerate().map(|(n, id)| (id, n)).collect();
    ids.iter().map(|id| places[id]).collect()
}

#[test]
fn while_the_vote_is_open_nothing_of_it_is_in_the_log_or_on_its_way() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        for voter in 0..3 {
            vote.cast(voter, &[voter + 1]).unwrap();
        }
        let secret = ["ballot.cast", "roll.marked"];
        let queued: Vec<(String,)> = rows(db, &QUEUED);
        assert!(!queued.is_empty() && queued.iter().all(|(kind,)| !secret.contains(&kind.as_str())), "{queued:?}");
        let log = vote.log();
        assert!(log.iter().all(|entry| !secret.contains(&entry.kind.as_str())));
        assert_eq!(log.last().unwrap().kind, "vote.opened");
        assert_eq!(rows::<(String,)>(db, &QUEUED), []);
        let sealed: Vec<(String,)> = rows(db, &SEALED);
        assert_eq!(sealed.len(), 6);
        vote.close().unwrap();
        assert_eq!(vote.log().iter().filter(|entry| secret.contains(&entry.kind.as_str())).count(), 6);
        assert_eq!(rows::<(String,)>(db, &SEALED), [], "the box is empty");
    });
}

#[test]
fn what_is_stored_of_a_vote_does_not_join_voters_with_ballots() {
    each_engine(|db| {
        let (vote, ids) = held(db);
        vote.close().unwrap();
        let log = vote.log();
        let (ballots, marks) = (of_kind(&log, "ballot.cast"), of_kind(&log, "roll.marked"));
        for batch in [&ballots, &marks] {
            assert_eq!(batch.len(), VOTERS as usize);
            assert!(batch.windows(2).all(|pair| pair[0].seq + 1 == pair[1].seq), "one run without a gap");
            assert!(batch.windows(2).all(|pair| pair[0].id < pair[1].id), "in the order of random ids");
            assert!(batch.iter().all(|entry| entry.subject.is_none()));
        }
        let days: BTreeSet<String> = ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"].map(str::to_owned).into();
        for (ballot, mark) in ballots.iter().zip(&marks) {
            let (ballot, mark) = (leaf(ballot), leaf(mark));
            assert_eq!(fields(&ballot), ["id", "kind", "public", "subject", "v"].into(), "no at, no day");
            assert_eq!(fields(&ballot["public"]), ["choices"].into());
            assert_eq!(fields(&mark), ["commit", "day", "id", "kind", "public", "subject", "v"].into(), "no at");
            assert_eq!(fields(&mark["public"]), [].into());
            assert!(days.contains(mark["day"].as_str().unwrap()), "{mark}");
        }

        // whoever has the roll can tell whose mark is whose; that is what the roll is for
        let roll: Vec<(Vec<u8>, [u8; 32], String)> = rows(db, &ROLL);
        assert_eq!(roll.len(), VOTERS as usize);
        let commits: HashMap<Vec<u8>, String> =
            roll.iter().map(|(key, salt, _)| (key.clone(), erase::commit(salt, key).to_string())).collect();
        let marked: Vec<String> =
            marks.iter().map(|entry| leaf(entry)["commit"].as_str().unwrap().to_owned()).collect();
        let cast: Vec<String> = (0..VOTERS).map(|n| commits[&vote.key(&code(n)).0.to_vec()].clone()).collect();
        let logged: Vec<String> = ballots.iter().map(|entry| entry.id.clone()).collect();
        let (mark_of, ballot_of) = (ranks(&cast, &marked), ranks(&ids, &logged));
        assert_unrelated("ballots in the log, by the time they were cast", &ballot_of);
        assert_unrelated("marks in the log, by the time they were made", &mark_of);
        let mut both = vec![0; mark_of.len()];
        mark_of.iter().zip(&ballot_of).for_each(|(mark, ballot)| both[*mark] = *ballot);
        assert_unrelated("ballots in the log, by the marks of the same voters", &both);

        let keys: Vec<Vec<u8>> = (0..VOTERS).map(|n| vote.key(&code(n)).0.to_vec()).collect();
        let by_key: Vec<Vec<u8>> = roll.into_iter().map(|(key, ..)| key).collect();
        assert_unrelated("the roll, by the time of voting", &ranks(&keys, &by_key));
        assert_eq!(rows::<(String,)>(db, &SECRETS), [], "nothing of it is kept beside the log");
    });
}

#[test]
fn sqlite_keeps_no_hidden_order_of_rows() {
    each_engine(|db| {
        if db.dialect() != Dialect::Sqlite {
            return;
        }
        let (vote, ids) = held(db);
        for statement in [&ROW_NUMBER, &ROW_NUMBER_OF_ROLL, &ROW_NUMBER_OF_SEALED, &ROW_NUMBER_OF_ENTRIES] {
            let answer = db.read_wait(move |s| s.all::<(i64,)>(statement, &[]));
            assert!(matches!(&answer, Err(DbError::Statement(e)) if e.contains("no such column")), "{answer:?}");
        }
        let tables: Vec<(String,)> = rows(db, &TABLES);
        assert!(tables.iter().all(|(name,)| name != "sqlite_sequence"), "{tables:?}");
        let ballots: Vec<(String,)> = rows(db, &BALLOTS_AS_THEY_LIE);
        let lying: Vec<String> = ballots.into_iter().map(|(id,)| id).collect();
        assert_unrelated("ballots as they lie", &ranks(&ids, &lying));
        let roll: Vec<(Vec<u8>,)> = rows(db, &ROLL_AS_IT_LIES);
        let lying: Vec<Vec<u8>> = roll.into_iter().map(|(key,)| key).collect();
        let keys: Vec<Vec<u8>> = (0..VOTERS).map(|n| vote.key(&code(n)).0.to_vec()).collect();
        assert_unrelated("the roll as it lies", &ranks(&keys, &lying));
    });
}

sql! {
    SAME_TRANSACTION = "SELECT count(*) FROM ballots b JOIN roll r ON r.xmin::text = b.xmin::text /* across homes */";
    BALLOTS_BY_PLACE = "SELECT id FROM ballots ORDER BY ctid /* across homes */";
}

/// PostgreSQL keeps in every row which transaction wrote it (`xmin`) and where it lies (`ctid`).
#[test]
fn postgres_keeps_no_hidden_column_that_joins() {
    each_engine(|db| {
        if db.dialect() != Dialect::Postgres {
            return;
        }
        let (vote, ids) = held(db);
        vote.close().unwrap();
        vote.publish(&vote.count().unwrap()).unwrap();
        vote.log();
        assert_eq!(rows::<(i64,)>(db, &SAME_TRANSACTION), [(0,)], "ballots that name their voter's row");
        let lying: Vec<String> = rows::<(String,)>(db, &BALLOTS_BY_PLACE).into_iter().map(|(id,)| id).collect();
        assert_unrelated("ballots as they lie", &ranks(&ids, &lying));
    });
}
