//! A ballot that was typed in for somebody is taken out when they ask for it, by another than who typed it.

use ballots::BallotKey;
use db::Fault;
use kernel::Actor;
use people::VoterKey;
use polls::{Choice, DraftPoll, Vote, commands::cast::Cast, count::Outcome, phone};

use super::{
    support::{Asked, each_engine, motion, refused, secret},
    ways::{give, worker},
};

const AGREE: Choice = Choice::Motion(Vote::Agree);
const DISAGREE: Choice = Choice::Motion(Vote::Disagree);

fn row(asked: &Asked, n: usize) -> VoterKey {
    asked.row(&format!("1-{n}"), &format!("居民{n}"))
}

fn enter(asked: &Asked, who: u64, n: usize, key: u32) -> Result<Cast, Fault> {
    let (id, voter) = (asked.poll.clone(), row(asked, n));
    let key = BallotKey::of(id.as_str(), &secret(key)).unwrap();
    asked.act(worker(asked, who), move |tx, cx| phone::enter(tx, cx, &id, voter, (&AGREE, key)))
}

fn revoke(asked: &Asked, who: Actor, n: usize, reason: &'static str) -> Result<(), Fault> {
    let (id, voter) = (asked.poll.clone(), row(asked, n));
    asked.act(who, move |tx, cx| phone::revoke(tx, cx, &id, voter, reason))
}

#[test]
fn whoever_lost_the_slip_asks_another_worker_and_votes_anew() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 5);
        for n in 0..3 {
            enter(&asked, 1, n, u32::try_from(n).unwrap() + 1).unwrap();
        }
        assert_eq!(refused(revoke(&asked, worker(&asked, 1), 0, "回条丢了")), "phone-other-hands");
        assert_eq!(refused(revoke(&asked, worker(&asked, 2), 0, " ")), "invalid-input");
        assert_eq!(refused(revoke(&asked, worker(&asked, 2), 3, "回条丢了")), "no-phone-ballot");
        assert_eq!(refused(revoke(&asked, Actor::Voter, 0, "回条丢了")), "not-allowed");
        assert_eq!(asked.traces(), (3, 3));
        revoke(&asked, worker(&asked, 2), 0, "回条丢了").unwrap();
        assert_eq!(asked.traces(), (2, 2));
        assert_eq!(refused(revoke(&asked, worker(&asked, 2), 0, "回条丢了")), "no-phone-ballot", "sent again");
        assert_eq!(refused(asked.revise(1, &DISAGREE)), "no-such-ballot", "the slip opens nothing any more");
        // anew by a letter; by a paper; by telephone, also when the slip was used in between
        asked.cast_code(&asked.code("1-0", "居民0"), &DISAGREE, None).unwrap();
        assert_eq!(
            refused(revoke(&asked, worker(&asked, 2), 0, "改主意")),
            "no-phone-ballot",
            "a letter is not theirs"
        );
        revoke(&asked, worker(&asked, 2), 1, "回条丢了").unwrap();
        give(&asked, 1).unwrap();
        asked.revise(3, &DISAGREE).unwrap();
        revoke(&asked, worker(&asked, 2), 2, "回条丢了").unwrap();
        enter(&asked, 2, 2, 9).unwrap();
        assert_eq!(refused(revoke(&asked, worker(&asked, 2), 2, "回条丢了")), "phone-other-hands");
        let counted = asked.end();
        let Outcome::Motion { votes, .. } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.agree, votes.disagree), (1, 1));
        assert_eq!(asked.recomputed(), (1, vec![]), "no mark is left without a ballot");
        assert_eq!(refused(revoke(&asked, worker(&asked, 1), 2, "回条丢了")), "wrong-poll-state");
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert_eq!(log.matches("poll.phone-ballot-revoked").count(), 3);
        assert!(!log.contains("居民0") && !log.contains("回条丢了"));
    });
}

#[test]
fn by_name_nobody_is_left_with_a_ballot_that_was_taken_out() {
    each_engine(|db| {
        let asked = Asked::with(db, &DraftPoll { openness: "named".into(), ..motion() }, 3);
        enter(&asked, 1, 0, 1).unwrap();
        enter(&asked, 1, 1, 2).unwrap();
        revoke(&asked, worker(&asked, 2), 0, "回条丢了").unwrap();
        asked.vote(0, Vote::Disagree).unwrap();
        asked.end();
        let told = [("居民0".to_owned(), "disagree".to_owned()), ("居民1".to_owned(), "agree".to_owned())];
        assert_eq!(asked.named(), told);
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn two_who_take_one_out_at_the_same_moment_take_out_one() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 2);
        enter(&asked, 1, 0, 1).unwrap();
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (2..8)
                .map(|who| {
                    let asked = &asked;
                    scope.spawn(move || revoke(asked, worker(asked, who), 0, "回条丢了"))
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (done, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        assert!(not.into_iter().all(|answer| refused(answer) == "no-phone-ballot"));
        assert_eq!(asked.traces(), (0, 0));
    });
}
