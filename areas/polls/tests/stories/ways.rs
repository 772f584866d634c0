//! By letter, by account, by telephone, on paper: one person has one ballot.

use ballots::{
    BallotKey,
    paper::{State, Why},
};
use db::Fault;
use kernel::{Actor, Chance, Id, PersonId, Post, Principal, Role};
use people::VoterKey;
use polls::{
    Choice, DraftPoll, Vote,
    commands::cast::Cast,
    count::Outcome,
    paper::{self, Reading},
    phone,
};

use super::support::{Asked, each_engine, motion, ranked, refused, secret};

const AGREE: Choice = Choice::Motion(Vote::Agree);
const DISAGREE: Choice = Choice::Motion(Vote::Disagree);

/// A worker of the poll's place, another one for each number.
pub fn worker(asked: &Asked, n: u64) -> Actor {
    let person: PersonId = Id::random(asked.place.home(), &mut Chance::seeded(1_000 + n));
    let posts = vec![Post { role: Role::Worker, place: asked.place.clone() }];
    Actor::Person(Principal { person, verified: true, posts, seats: vec![] }.into())
}

pub fn give(asked: &Asked, n: usize) -> Result<(), Fault> {
    let (id, voter) = (asked.poll.clone(), asked.row(&format!("1-{n}"), &format!("居民{n}")));
    asked.act(worker(asked, 1), move |tx, cx| paper::give(tx, cx, &id, voter))
}

pub fn read(asked: &Asked, who: u64, number: &str, reading: &Reading) -> Result<State, Fault> {
    let (id, number, reading) = (asked.poll.clone(), number.to_owned(), reading.clone());
    asked.act(worker(asked, who), move |tx, cx| paper::read(tx, cx, &id, &number, &reading))
}

pub fn print(asked: &Asked) -> Vec<String> {
    let id = asked.poll.clone();
    asked.act(worker(asked, 1), move |tx, cx| paper::print(tx, cx, &id)).unwrap()
}

fn call(asked: &Asked, voter: VoterKey, choice: &Choice, key: u32) -> Result<Cast, Fault> {
    let (id, choice) = (asked.poll.clone(), choice.clone());
    let key = BallotKey::of(id.as_str(), &secret(key)).unwrap();
    asked.act(worker(asked, 1), move |tx, cx| phone::enter(tx, cx, &id, voter, (&choice, key)))
}

#[test]
fn one_person_has_one_ballot_by_any_way() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 5);
        let codes: Vec<String> = (0..5).map(|n| asked.code(&format!("1-{n}"), &format!("居民{n}"))).collect();
        let row = |n: usize| asked.row(&format!("1-{n}"), &format!("居民{n}"));
        // a letter first
        asked.cast_code(&codes[0].to_lowercase(), &AGREE, None).unwrap();
        assert_eq!(refused(asked.cast_code(&codes[0], &DISAGREE, None)), "already-voted");
        assert_eq!(refused(give(&asked, 0)), "already-voted");
        assert_eq!(refused(call(&asked, row(0), &AGREE, 1)), "already-voted");
        // a paper first
        give(&asked, 1).unwrap();
        assert_eq!(refused(asked.cast_code(&codes[1], &AGREE, None)), "already-voted");
        assert_eq!(refused(give(&asked, 1)), "already-voted");
        // the telephone first
        call(&asked, row(2), &DISAGREE, 2).unwrap();
        assert_eq!(refused(asked.cast_code(&codes[2], &AGREE, None)), "already-voted");
        assert_eq!(refused(call(&asked, row(2), &AGREE, 3)), "already-voted");
        assert_eq!(refused(asked.cast_code("ABCD-EFGH-JKMN-PQRS", &AGREE, None)), "not-on-the-roll");
        assert_eq!(refused(call(&asked, VoterKey([9; 32]), &AGREE, 4)), "not-on-the-roll");
        assert_eq!(asked.traces(), (2, 3));
    });
}

#[test]
fn whoever_called_changes_it_or_takes_it_back_with_the_slip() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 3);
        let row = |n: usize| asked.row(&format!("1-{n}"), &format!("居民{n}"));
        let first = call(&asked, row(0), &AGREE, 1).unwrap();
        call(&asked, row(1), &AGREE, 2).unwrap();
        assert_eq!(asked.revise(1, &AGREE).unwrap(), first, "the same again changes nothing");
        let second = asked.revise(1, &DISAGREE).unwrap();
        assert_ne!(second.id, first.id);
        asked.revise(2, &Choice::Withdrawn).unwrap();
        assert_eq!(refused(asked.revise(9, &AGREE)), "no-such-ballot");
        let counted = asked.end();
        let Outcome::Motion { votes, .. } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.agree, votes.disagree), (0, 1), "what was taken back counts for nothing");
        let received = counted.counted.received;
        assert_eq!((received.all(), received.withdrawn, received.counted()), (2, 1, 1));
        assert_eq!(asked.recomputed(), (1, vec![]));
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert!(log.contains("poll.phoned") && !log.contains("居民0"));
    });
}

#[test]
fn two_type_a_paper_and_a_third_decides() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 4);
        let papers = print(&asked);
        let agree = Reading::Choice(AGREE);
        assert_eq!(refused(read(&asked, 1, "0000000000", &agree)), "unknown-paper");
        (0..3).for_each(|n| give(&asked, n).unwrap());
        assert_eq!(read(&asked, 1, &papers[0], &agree).unwrap(), State::Once);
        assert_eq!(read(&asked, 1, &papers[0], &agree).unwrap(), State::Once, "sent again");
        assert_eq!(refused(read(&asked, 1, &papers[0], &Reading::Choice(DISAGREE))), "paper-other-hands");
        assert_eq!(read(&asked, 2, &papers[0], &Reading::Choice(DISAGREE)).unwrap(), State::Differ);
        assert_eq!(asked.traces().0, 0);
        assert_eq!(read(&asked, 3, &papers[0], &agree).unwrap(), State::Counted);
        assert_eq!(asked.traces().0, 1);
        assert_eq!(read(&asked, 1, &papers[1], &Reading::Spoiled).unwrap(), State::Once);
        assert_eq!(read(&asked, 2, &papers[1], &Reading::Spoiled).unwrap(), State::Spoiled);
        // typed in after the last day, which is in time; what was read once holds up the close
        asked.later(10);
        assert_eq!(read(&asked, 1, &papers[2], &agree).unwrap(), State::Once);
        assert_eq!(refused(asked.close(None)), "papers-open");
        let (id, number) = (asked.poll.clone(), papers[2].clone());
        asked.act(worker(&asked, 1), move |tx, cx| paper::discard(tx, cx, &id, &number, Why::Missing)).unwrap();
        asked.close(None).unwrap();
        let counted = asked.count().unwrap();
        asked.publish(&counted).unwrap();
        let Outcome::Motion { votes, decision } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.agree, votes.invalid, decision.took_part), (1, 1, 2), "a spoiled paper took part");
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn more_papers_than_were_given_are_not_counted() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 3);
        let papers = print(&asked);
        give(&asked, 0).unwrap();
        let agree = Reading::Choice(AGREE);
        read(&asked, 1, &papers[0], &agree).unwrap();
        read(&asked, 2, &papers[0], &agree).unwrap();
        read(&asked, 1, &papers[1], &agree).unwrap();
        assert_eq!(refused(read(&asked, 2, &papers[1], &agree)), "more-papers-than-given");
        assert_eq!(asked.traces(), (1, 1));
    });
}

#[test]
fn papers_are_refused_where_they_would_tell_a_name_or_a_weight() {
    each_engine(|db| {
        for input in [
            DraftPoll { openness: "named".into(), ..motion() },
            DraftPoll { template: "statutes".into(), base: "roll".into(), ..motion() },
            DraftPoll { kind: "survey".into(), questions: "[scale] a".into(), ..motion() },
        ] {
            let asked = Asked::with(db, &input, 2);
            assert_eq!(refused(give(&asked, 0)), "no-papers-here");
            assert_eq!(asked.traces(), (0, 0));
        }
        let asked = Asked::with(db, &ranked("schulze"), 2);
        give(&asked, 0).unwrap();
    });
}

#[test]
fn a_poll_that_everybody_voted_in_closes_early_unless_a_paper_is_out() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 2);
        let papers = print(&asked);
        asked.vote(0, Vote::Agree).unwrap();
        give(&asked, 1).unwrap();
        assert_eq!(refused(asked.close(None)), "poll-still-runs");
        read(&asked, 1, &papers[0], &Reading::Choice(AGREE)).unwrap();
        read(&asked, 2, &papers[0], &Reading::Choice(AGREE)).unwrap();
        asked.close(None).unwrap();
        assert_eq!(refused(asked.revise(0, &DISAGREE)), "wrong-poll-state");
    });
}

#[test]
fn ten_at_the_same_moment_have_one_ballot() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 2);
        let code = asked.code("1-0", "居民0");
        let answers: Vec<_> = std::thread::scope(|scope| {
            let hands: Vec<_> = (0..10)
                .map(|n| {
                    let (asked, code) = (&asked, &code);
                    scope.spawn(move || {
                        if n % 2 == 0 { asked.cast_code(code, &AGREE, None).map(|_| ()) } else { give(asked, 0) }
                    })
                })
                .collect();
            hands.into_iter().map(|hand| hand.join().unwrap()).collect()
        });
        let (done, not): (Vec<_>, Vec<_>) = answers.into_iter().partition(Result::is_ok);
        assert_eq!(done.len(), 1);
        assert!(not.into_iter().all(|answer| refused(answer) == "already-voted"));
        assert_eq!(asked.traces().1, 1);
    });
}
