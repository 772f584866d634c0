//! Casting and closing.

use std::sync::atomic::{AtomicBool, Ordering::SeqCst};

use db::{DbError, Fault};
use decisions::{BallotId, commands};
use kernel::Actor;

use crate::support::{Paper, Vote, code, each_engine, refused};

#[test]
fn a_voter_casts_a_ballot_and_gets_its_id() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let ballot = vote.cast(0, &[3, 1]).unwrap();
        assert_eq!(ballot.choices, [1, 3]);
        assert_eq!(ballot.id.home(), vote.season.home());
        assert_eq!(ballot.id.as_str().parse::<BallotId>(), Ok(ballot.id.clone()));
        let season = vote.season.clone();
        let stored = db.read_wait(move |s| decisions::store::ballots(s, &season, "", 10)).unwrap();
        assert_eq!(stored, [ballot]);
        assert_eq!(vote.traces(), (1, 1, 2));
    });
}

#[test]
fn an_empty_ballot_counts() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        assert_eq!(vote.cast(0, &[]).unwrap().choices, [0_u32; 0]);
        vote.cast(1, &[2]).unwrap();
        vote.close().unwrap();
        let counted = vote.count().unwrap();
        assert_eq!((counted.n_ballots, counted.n_voters), (2, 5));
    });
}

#[test]
fn a_refused_ballot_leaves_no_trace() {
    let cases: &[(Actor, &str, &[u32], &str)] = &[
        (Actor::Voter, "NOT-ON-IT", &[1], "not-on-the-roll"),
        (Actor::Voter, "", &[1], "not-on-the-roll"),
        (Actor::Voter, "CODE-000000", &[6], "unknown-project"),
        (Actor::Voter, "CODE-000000", &[0], "unknown-project"),
        (Actor::Voter, "CODE-000000", &[1, u32::MAX], "unknown-project"),
        (Actor::Voter, "CODE-000000", &[2, 1, 2], "named-twice"),
        (Actor::Voter, "CODE-000000", &[1, 2, 3, 4], "too-many-choices"),
        (Actor::Voter, "CODE-000000", &[1; 3_000], "too-many-choices"),
        (Actor::Visitor, "CODE-000000", &[1], "sign-in-first"),
    ];
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        for (actor, code, choices, expected) in cases {
            let answer = vote.cast_as(actor.clone(), code, choices);
            assert_eq!(refused(answer), *expected, "{actor:?} {code} {choices:?}");
            assert_eq!(vote.traces(), (0, 0, 0), "{expected}");
        }
        vote.cast(0, &[1]).unwrap();
        assert_eq!(vote.traces(), (1, 1, 2), "the voter could still vote");
    });
}

#[test]
fn a_ballot_whose_transaction_fails_leaves_no_trace() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let (season, voter) = (vote.season.clone(), vote.key(&code(0)));
        let answer = vote.act(Actor::Voter, move |tx, cx| {
            commands::cast::cast(tx, cx, &season, voter, &[1])?;
            Err::<(), _>(Fault::Db(DbError::Data("the last step fails".into())))
        });
        assert_eq!(answer, Err(Fault::Db(DbError::Data("the last step fails".into()))));
        assert_eq!(vote.traces(), (0, 0, 0));
        vote.cast(0, &[1]).unwrap();
    });
}

#[test]
fn whoever_voted_does_not_vote_again() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let first = vote.cast(0, &[1]).unwrap();
        assert_eq!(refused(vote.cast(0, &[2])), "already-voted");
        assert_eq!(refused(vote.cast_as(Actor::Operator, &code(0), &[2])), "already-voted");
        assert_eq!(vote.traces(), (1, 1, 2));
        let season = vote.season.clone();
        let stored = db.read_wait(move |s| decisions::store::ballots(s, &season, "", 10)).unwrap();
        assert_eq!(stored, [first]);
    });
}

#[test]
fn ballots_are_taken_only_while_the_vote_is_open() {
    each_engine(|db| {
        let vote = Vote::prepare(db, &Paper::default());
        assert_eq!(refused(vote.cast(0, &[1])), "wrong-phase");
        assert_eq!(refused(vote.close()), "wrong-phase");
        vote.open_vote();
        vote.cast(0, &[1]).unwrap();
        vote.close().unwrap();
        assert_eq!(refused(vote.cast(1, &[1])), "wrong-phase");
        assert_eq!(refused(vote.cast(0, &[1])), "wrong-phase");
        assert_eq!(refused(vote.close()), "wrong-phase");
        vote.publish(&vote.count().unwrap()).unwrap();
        assert_eq!(refused(vote.cast(1, &[1])), "wrong-phase");
        assert_eq!(refused(vote.close()), "wrong-phase");
        let mut elsewhere = vote.clone();
        elsewhere.season = "1-00000000000000000000".parse().unwrap();
        assert_eq!(refused(elsewhere.cast(1, &[1])), "season-not-found");
        assert_eq!(refused(elsewhere.close()), "season-not-found");
        let season = vote.season.clone();
        let answer = vote.act(Actor::Voter, move |tx, cx| commands::close::close(tx, cx, &season));
        assert_eq!(refused(answer), "not-allowed");
    });
}

#[test]
fn twenty_hands_with_one_code_cast_one_ballot() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..20_u32)
                .map(|n| {
                    scope.spawn({
                        let vote = &vote;
                        move || vote.cast(0, &[n % 5 + 1])
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (cast, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(cast.len(), 1);
        assert!(not.into_iter().all(|answer| refused(answer) == "already-voted"));
        assert_eq!(vote.traces(), (1, 1, 2));
    });
}

#[test]
fn what_is_acknowledged_before_the_close_counts_and_nothing_after() {
    const HANDS: u32 = 8;
    const EACH: u32 = 40;
    each_engine(|db| {
        let vote = Vote::open(db, &Paper { voters: HANDS * EACH, ..Paper::default() });
        let closed = AtomicBool::new(false);
        let late = AtomicBool::new(false);
        let mut acknowledged: Vec<BallotId> = std::thread::scope(|scope| {
            let hand = |n: u32| {
                let (vote, closed, late) = (&vote, &closed, &late);
                move || {
                    let mut ids = Vec::new();
                    for voter in n * EACH..(n + 1) * EACH {
                        // The last voter of each hand comes after the close, however the threads were run.
                        while voter + 1 == (n + 1) * EACH && !closed.load(SeqCst) {
                            std::thread::yield_now();
                        }
                        let after = closed.load(SeqCst);
                        match vote.cast(voter, &[voter % 5 + 1]) {
                            Ok(ballot) => {
                                late.fetch_or(after, SeqCst);
                                ids.push(ballot.id);
                            }
                            refusal => assert_eq!(refused(refusal), "wrong-phase"),
                        }
                    }
                    ids
                }
            };
            let hands: Vec<_> = (0..HANDS).map(|n| scope.spawn(hand(n))).collect();
            while vote.traces().0 < u64::from(HANDS) {
                std::thread::yield_now();
            }
            let close = vote.close();
            closed.store(true, SeqCst);
            close.unwrap();
            hands.into_iter().flat_map(|hand| hand.join().unwrap()).collect()
        });
        assert!(!late.load(SeqCst), "a ballot was taken after the close was acknowledged");
        assert!(acknowledged.len() <= (HANDS * (EACH - 1)) as usize, "who comes after the close is refused");
        assert!(acknowledged.len() >= HANDS as usize, "the close came after the first ballots");
        acknowledged.sort();
        let mut stored = Vec::new();
        let collect = |ballot: &decisions::Ballot| {
            stored.push(ballot.id.clone());
            Ok(())
        };
        decisions::count::read_ballots(db, &vote.season, collect).unwrap();
        assert_eq!(stored, acknowledged);
        assert_eq!(vote.count().unwrap().n_ballots, acknowledged.len() as u64);
        let logged = vote.log().into_iter().filter(|entry| entry.kind == "ballot.cast").map(|entry| entry.id);
        assert!(logged.eq(acknowledged.iter().map(ToString::to_string)), "the log has exactly these, in order of ids");
    });
}

#[test]
fn a_ballot_is_five_statements() {
    each_engine(|db| {
        let vote = Vote::open(db, &Paper::default());
        let statements = |act: &dyn Fn()| {
            let before = db.counters().statements();
            act();
            db.counters().statements() - before
        };
        let cast = |voter: u32, choices: &'static [u32]| statements(&|| drop(vote.cast(voter, choices)));
        assert_eq!(cast(0, &[1, 2]), 5, "season, mark, ballot and two sealed entries");
        assert_eq!(cast(0, &[1, 2]), 3, "season, mark, and why not");
        assert_eq!(cast(1, &[9]), 1, "the season");
        assert_eq!(statements(&|| vote.close().unwrap()), 6, "season, its place, phase, papers, box and entry");
        assert_eq!(cast(1, &[1]), 1, "the season");
    });
}
