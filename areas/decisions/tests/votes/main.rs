//! The residents' vote: by letter and by account, changed, on paper. Told on both engines.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a story stops where it fails")]

mod papers;
mod roll;
#[path = "../stories/support.rs"]
mod support;

use std::collections::BTreeSet;

use db::{Fault, Statement};
use decisions::{
    Ballot, BallotKey,
    commands::{
        cast::{self, New},
        change,
    },
    recompute::Recompute,
};
use kernel::Actor;
use roll::{cast_mine, printed, with_residents};
use serde_json::Value;
use support::{Paper, Vote, code, each_engine, refused, rows};

macro_rules! sql {
    ($($name:ident = $sql:expr;)*) => {
        $(static $name: Statement = Statement { name: stringify!($name), module: "votes", sql: $sql };)*
    };
}

sql! {
    KEYS = "SELECT opener FROM ballot_keys /* across homes */";
    TWIN = "INSERT INTO roll (home, season, voter, person, salt) SELECT home, season, salt, person, salt FROM roll \
            WHERE home = ?1 AND season = ?2 AND person = ?3";
    CODES = "SELECT voter FROM voter_codes /* across homes */";
    SEALED = "SELECT id FROM sealed_entries WHERE kind = 'ballot.cast' ORDER BY id /* across homes */";
    KEPT_OF_PAPERS = "SELECT first_by, first_read FROM papers WHERE state <> 'once' /* across homes */";
    PAPER_AND_BALLOT = "SELECT count(*) FROM ballots b JOIN papers p ON p.xmin::text = b.xmin::text /* across homes */";
    SAME_TRANSACTION = "SELECT count(*) FROM ballots b JOIN roll r ON r.xmin::text = b.xmin::text /* across homes */";
}

fn secret(n: u32) -> String {
    format!("{n:032x}")
}

fn key(vote: &Vote, n: u32) -> BallotKey {
    BallotKey::of(vote.season.as_str(), &secret(n)).unwrap()
}

/// Voter `n` casts with a link to change it.
fn cast_keyed(vote: &Vote, n: u32, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, voter, key, chosen) = (vote.season.clone(), vote.key(&code(n)), key(vote, n), chosen.to_vec());
    vote.act(Actor::Voter, move |tx, cx| {
        cast::cast_with(tx, cx, &season, &New { voter, chosen: &chosen, key: Some(key) })
    })
}

fn change(vote: &Vote, n: u32, chosen: &[u32]) -> Result<Ballot, Fault> {
    let (season, key, chosen) = (vote.season.clone(), key(vote, n), chosen.to_vec());
    vote.act(Actor::Voter, move |tx, cx| change::change(tx, cx, &season, key, &chosen))
}

fn stored(vote: &Vote) -> Vec<Ballot> {
    let season = vote.season.clone();
    vote.db.read_wait(move |s| decisions::store::ballots(s, &season, "", 1_000)).unwrap()
}

/// The ballots in the log: id and choices.
fn logged(vote: &Vote) -> Vec<(String, Value)> {
    let log = vote.log();
    let cast = log.iter().filter(|entry| entry.kind == "ballot.cast");
    let leaf = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    cast.map(|entry| (entry.id.clone(), leaf(&entry.leaf)["public"]["choices"].clone())).collect()
}

/// The verdict computed again from the log alone.
fn recomputed(vote: &Vote) -> (usize, Vec<String>) {
    let mut again = Recompute::new();
    for entry in vote.log() {
        again.entry(entry.seq, &entry.leaf);
    }
    let (confirmed, faults) = again.finish();
    (confirmed.len(), faults.into_iter().map(|fault| fault.to_string()).collect())
}

#[test]
fn a_ballot_is_changed_until_the_close_and_counts_once() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let first = cast_keyed(&vote, 0, &[1, 2]).unwrap();
        cast_keyed(&vote, 1, &[3]).unwrap();
        assert_eq!(change(&vote, 0, &[2, 1]).unwrap(), first, "the same choices change nothing");
        let second = change(&vote, 0, &[4]).unwrap();
        assert_ne!(second.id, first.id, "a ballot that was changed has nothing of the old one");
        let third = change(&vote, 0, &[]).unwrap();
        assert_eq!(third.choices, [0_u32; 0]);
        assert_eq!(vote.traces(), (2, 2, 4), "two ballots, two marks, four sealed entries");
        let ids: BTreeSet<String> = stored(&vote).iter().map(|b| b.id.to_string()).collect();
        let sealed: BTreeSet<String> = rows::<(String,)>(db, &SEALED).into_iter().map(|(id,)| id).collect();
        assert_eq!(ids, sealed);
        assert!(ids.contains(third.id.as_str()) && !ids.contains(first.id.as_str()));

        vote.close().unwrap();
        assert_eq!(refused(change(&vote, 0, &[1])), "wrong-phase");
        vote.publish(&vote.count().unwrap()).unwrap();
        let log = logged(&vote);
        assert_eq!(log.len(), 2);
        let ids: BTreeSet<String> = log.into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, sealed, "only what stands last is in the log");
        assert_eq!(recomputed(&vote), (1, vec![]));
        assert_eq!(refused(change(&vote, 0, &[1])), "wrong-phase");
    });
}

#[test]
fn a_change_is_refused_with_a_reason_and_leaves_the_ballot() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let ballot = cast_keyed(&vote, 0, &[1]).unwrap();
        assert_eq!(refused(change(&vote, 7, &[1])), "no-such-ballot");
        for (chosen, expected) in
            [(&[9][..], "unknown-project"), (&[1, 1], "named-twice"), (&[1, 2, 3, 4], "too-many-choices")]
        {
            assert_eq!(refused(change(&vote, 0, chosen)), expected);
        }
        let (season, other) = (vote.season.clone(), key(&vote, 0));
        let answer = vote.act(Actor::Visitor, move |tx, cx| change::change(tx, cx, &season, other, &[2]));
        assert_eq!(refused(answer), "sign-in-first");
        assert_eq!(stored(&vote), [ballot]);
        // a secret that another ballot has already opens nothing of it
        let (season, voter, taken) = (vote.season.clone(), vote.key(&code(1)), key(&vote, 0));
        let answer = vote.act(Actor::Voter, move |tx, cx| {
            cast::cast_with(tx, cx, &season, &New { voter, chosen: &[2], key: Some(taken) })
        });
        assert_eq!(refused(answer), "key-taken");
        assert_eq!(vote.traces(), (1, 1, 2), "the voter can vote again");
        assert_eq!(BallotKey::of("1-a", "short"), None);
        assert_eq!(BallotKey::of("1-a", &"'".repeat(40)), None);
    });
}

#[test]
fn many_hands_change_one_ballot_and_one_ballot_is_left() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        cast_keyed(&vote, 0, &[]).unwrap();
        std::thread::scope(|scope| {
            for n in 0..12_u32 {
                let vote = &vote;
                scope.spawn(move || match change(vote, 0, &[n % 5 + 1]) {
                    Ok(ballot) => assert_eq!(ballot.choices, [n % 5 + 1]),
                    refusal => assert_eq!(refused(refusal), "changed-meanwhile"),
                });
            }
        });
        assert_eq!(vote.traces(), (1, 1, 2));
        vote.close().unwrap();
        assert_eq!(logged(&vote).len(), 1);
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(recomputed(&vote), (1, vec![]));
    });
}

#[test]
fn changes_during_the_close_are_in_or_refused() {
    const HANDS: u32 = 6;
    each_engine(|db| {
        let vote = Vote::open(db, &Paper { voters: HANDS, ..Paper::default() });
        (0..HANDS).for_each(|n| drop(cast_keyed(&vote, n, &[1]).unwrap()));
        let last: Vec<Ballot> = std::thread::scope(|scope| {
            let hand = |n: u32| {
                let vote = &vote;
                move || {
                    let mut last = None;
                    for turn in 0..200 {
                        match change(vote, n, &[turn % 5 + 1]) {
                            Ok(ballot) => last = Some(ballot),
                            refusal => {
                                assert_eq!(refused(refusal), "wrong-phase");
                                break;
                            }
                        }
                    }
                    last.unwrap()
                }
            };
            let hands: Vec<_> = (0..HANDS).map(|n| scope.spawn(hand(n))).collect();
            std::thread::sleep(std::time::Duration::from_millis(60));
            vote.close().unwrap();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let said: BTreeSet<String> = last.iter().map(|b| b.id.to_string()).collect();
        let log: BTreeSet<String> = logged(&vote).into_iter().map(|(id, _)| id).collect();
        assert_eq!(log, said, "what each was last told is what is in the log");
    });
}

#[test]
fn links_and_codes_are_destroyed_and_nothing_joins_what_was_changed() {
    each_engine(|db| {
        let (vote, persons) = with_residents(db, 12);
        printed(&vote, "", ("", ""));
        let cast: Vec<Ballot> = (0..12).map(|n| cast_keyed(&vote, n, &[n % 5 + 1]).unwrap()).collect();
        (0..12).step_by(2).for_each(|n| drop(change(&vote, n, &[(n + 1) % 5 + 1]).unwrap()));
        cast_mine(&vote, &persons[0], &[1]).unwrap();
        assert_eq!((rows::<(Vec<u8>,)>(db, &KEYS).len(), rows::<(Vec<u8>,)>(db, &CODES).len()), (12, 12));
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        assert_eq!(counted.n_ballots, 13);
        assert_eq!((rows::<(Vec<u8>,)>(db, &KEYS).len(), rows::<(Vec<u8>,)>(db, &CODES).len()), (0, 0));
        if db.dialect() == db::Dialect::Postgres {
            assert_eq!(rows::<(i64,)>(db, &SAME_TRANSACTION), [(0,)], "ballots that name their voter's row");
        }
        let log = logged(&vote);
        for n in (0..12).step_by(2) {
            let old = cast[n].id.to_string();
            assert!(log.iter().all(|(id, _)| *id != old), "a ballot that was replaced is in the log");
        }
        let text = vote.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect::<String>();
        for n in 0..12 {
            assert!(!text.contains(&secret(n)) && !text.contains(&ledger::tree::Hash(key(&vote, n).0).to_string()));
        }
    });
}

// ---- who may vote
