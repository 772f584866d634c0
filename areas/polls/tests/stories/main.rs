//! Polls: what is asked, who votes by which way, what comes of it. Told on both engines.

#![expect(clippy::unwrap_used, reason = "a story stops where it fails")]

mod clock;
mod kinds;
#[cfg(feature = "oidc")]
mod oidc;
mod phoned;
mod received;
mod roll;
mod support;
mod ways;

use db::Fault;
use kernel::Actor;
use matters::verdict;
use polls::{
    Choice, Vote,
    commands::{change, draft},
    count::Outcome,
    queries,
};
use support::{Asked, each_engine, motion, refused};
use tally::motion::Reason;

#[test]
fn a_motion_goes_from_draft_to_verdict_and_is_computed_again() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 4);
        asked.vote(0, Vote::Agree).unwrap();
        asked.vote(1, Vote::Agree).unwrap();
        asked.vote(2, Vote::Disagree).unwrap();
        assert_eq!(asked.traces(), (3, 3));
        assert_eq!(refused(asked.close(None)), "poll-still-runs");
        let counted = asked.end();
        let Outcome::Motion { votes, decision } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.roll, votes.agree, votes.disagree), (4, 2, 1));
        assert_eq!((decision.passed, decision.reason), (true, Reason::Passed));
        assert_eq!(asked.recomputed(), (1, vec![]));
        let id = asked.poll.clone();
        let about = db.read_wait(move |s| verdict::queries::about(s, id.home(), id.as_str())).unwrap();
        assert_eq!((about[0].kind.as_str(), about[0].passed), ("poll-motion", Some(true)));
        assert_eq!(about[0].inputs, counted.counted.inputs);
        // sent again, it changes nothing
        asked.publish(&counted).unwrap();
        let id = asked.poll.clone();
        let again = db.read_wait(move |s| verdict::queries::about(s, id.home(), id.as_str())).unwrap();
        assert_eq!(again.len(), 1);
    });
}

#[test]
fn a_motion_without_its_quorum_is_not_carried() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 5);
        asked.vote(0, Vote::Agree).unwrap();
        asked.vote(1, Vote::Agree).unwrap();
        let counted = asked.end();
        let Outcome::Motion { decision, .. } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((decision.passed, decision.reason), (false, Reason::NoQuorum));
        assert_eq!(decision.quorum.map(|gate| (gate.count, gate.least)), Some((2, 3)));
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn a_law_that_counts_those_present_asks_how_many_they_were() {
    each_engine(|db| {
        let input = polls::DraftPoll { template: "residents-meeting".into(), roll_days: 5, ..motion() };
        // up on a Sunday, five days, to the end of the Friday
        let input = polls::DraftPoll { opens: "2026-11-28".into(), closes: "2026-12-20".into(), ..input };
        let asked = Asked::draft(db, &input);
        asked.take("甲,1-1,,\n乙,1-2,,\n丙,1-3,,\n").unwrap();
        let frozen = asked.freeze().unwrap();
        assert_eq!(refused(asked.open_poll()), "roll-still-hangs");
        asked.later(10);
        let notice = frozen.notice.unwrap();
        asked.act(Actor::Operator, move |tx, cx| matters::notice::end::end(tx, cx, &notice)).unwrap();
        asked.open_poll().unwrap();
        for (flat, name) in [("1-1", "甲"), ("1-2", "乙")] {
            asked.cast_code(&asked.code(flat, name), &Choice::Motion(Vote::Agree), None).unwrap();
        }
        asked.later(30);
        assert_eq!(refused(asked.close(None)), "invalid-input");
        assert_eq!(refused(asked.close(Some(1))), "invalid-input", "fewer than voted");
        assert_eq!(refused(asked.close(Some(4))), "invalid-input", "more than are on the roll");
        asked.close(Some(3)).unwrap();
        let counted = asked.count().unwrap();
        asked.publish(&counted).unwrap();
        assert_eq!(counted.counted.outcome.passed(), Some(true), "two of three who were there");
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn a_draft_changes_and_a_frozen_poll_does_not() {
    each_engine(|db| {
        let asked = Asked::draft(db, &motion());
        let input = polls::DraftPoll { title: "西门几点锁".into(), ..motion() };
        let change = |revision: i64, input: &polls::DraftPoll| {
            let (id, input) = (asked.poll.clone(), change::ChangePoll { revision, poll: input.clone() });
            asked.act(Actor::Operator, move |tx, cx| change::change(tx, cx, &id, &input))
        };
        assert_eq!(change(0, &input).unwrap().title, "西门几点锁");
        assert_eq!(refused(change(0, &motion())), "changed-meanwhile");
        assert_eq!(refused(asked.freeze()), "roll-empty");
        asked.take("甲,1-1,,\n").unwrap();
        asked.freeze().unwrap();
        assert_eq!(asked.freeze().unwrap().state, polls::State::Roll, "sent again");
        assert_eq!(refused(change(asked.read().revision, &input)), "wrong-poll-state");
        assert_eq!(refused(asked.take("乙,1-2,,\n")), "wrong-poll-state");
        // a visitor drafts nothing
        let input = polls::DraftPoll { place: asked.place.to_string(), ..motion() };
        let answer = asked.act(Actor::Visitor, move |tx, cx| draft::draft(tx, cx, &input));
        assert!(matches!(answer, Err(Fault::Refused(_))));
    });
}

#[test]
fn ballots_are_taken_between_the_days_alone() {
    each_engine(|db| {
        let input = polls::DraftPoll { opens: "2026-11-23".into(), ..motion() };
        let asked = Asked::with(db, &input, 2);
        assert_eq!(refused(asked.vote(0, Vote::Agree)), "poll-not-yet");
        asked.later(3);
        asked.vote(0, Vote::Agree).unwrap();
        asked.later(1);
        assert_eq!(refused(asked.vote(1, Vote::Agree)), "poll-over");
        assert_eq!(asked.traces(), (1, 1));
    });
}

#[test]
fn a_changed_byte_of_the_log_is_found() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 3);
        asked.vote(0, Vote::Agree).unwrap();
        asked.vote(1, Vote::Disagree).unwrap();
        asked.end();
        let leaves: Vec<Vec<u8>> = asked.log().into_iter().map(|entry| entry.leaf).collect();
        let text = |leaf: &[u8]| String::from_utf8(leaf.to_vec()).unwrap();
        assert_eq!(support::recomputed(leaves.iter().cloned()).1, Vec::<String>::new());
        let swaps = [
            ("\"disagree\"", "\"abstain\""),
            ("\"voters\":3", "\"voters\":4"),
            ("\"ballots\":2", "\"ballots\":3"),
            ("\"passed\":false", "\"passed\":true"),
            ("\"numerator\":1", "\"numerator\":0"),
        ];
        for (from, to) in swaps {
            let mut n = 0;
            let changed = leaves.iter().map(|leaf| {
                let was = text(leaf);
                let is = was.replace(from, to);
                n += usize::from(is != was);
                is.into_bytes()
            });
            let faults = support::recomputed(changed.collect::<Vec<_>>().into_iter()).1;
            assert!(n > 0, "{from} stands in the log");
            assert!(!faults.is_empty(), "{from} to {to} is found");
        }
        // a ballot that is left out, and one that is there twice
        let is_ballot = |leaf: &Vec<u8>| text(leaf).contains("poll.ballot-cast");
        let first = leaves.iter().position(is_ballot).unwrap();
        let mut fewer = leaves.clone();
        let ballot = fewer.remove(first);
        assert!(!support::recomputed(fewer.into_iter()).1.is_empty());
        let mut more = leaves.clone();
        more.insert(first, ballot);
        assert!(!support::recomputed(more.into_iter()).1.is_empty());
    });
}

#[test]
fn a_result_stands_only_on_what_was_counted() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 2);
        asked.vote(0, Vote::Agree).unwrap();
        assert_eq!(refused(asked.count()), "wrong-poll-state");
        asked.later(10);
        asked.close(None).unwrap();
        let counted = asked.count().unwrap();
        let mut other = (*counted).clone();
        other.poll.revision -= 1;
        assert_eq!(refused(asked.publish(&other.into())), "inputs-changed");
        let id = asked.poll.clone();
        assert!(db.read_wait(move |s| queries::result(s, &id)).unwrap().is_none());
        asked.publish(&counted).unwrap();
        let id = asked.poll.clone();
        let stored = db.read_wait(move |s| queries::result(s, &id)).unwrap().unwrap();
        assert_eq!((stored.outcome, stored.inputs), (counted.counted.outcome.clone(), counted.counted.inputs));
        assert_eq!(stored.received, counted.counted.received);
        assert_eq!(stored.received.all(), 1);
    });
}
