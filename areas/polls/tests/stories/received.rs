//! What became of the ballots: those counted, taken back and invalid add up to those received.

use matters::verdict::{
    self,
    recompute::{Answer, Method, Told, from_text, text_of},
};
use polls::{Choice, DraftPoll, METHODS, Vote, paper::Reading, queries};

use super::{
    support::{Asked, each_engine, motion, ranked},
    ways::{give, print, read},
};

/// The verdict over the poll, with its method and the text of its inputs.
fn recorded(asked: &Asked) -> (&'static Method, Told, String) {
    let id = asked.poll.clone();
    let about = asked.db.read_wait(move |s| verdict::queries::about(s, id.home(), id.as_str())).unwrap().remove(0);
    let method = METHODS.iter().find(|method| method.kind == about.kind).unwrap();
    let text = text_of(&asked.db, method, &about, 1 << 20).unwrap();
    (method, Told::from(&about), text)
}

#[test]
fn what_was_taken_back_and_what_is_invalid_is_told_beside_what_was_counted() {
    each_engine(|db| {
        let asked = Asked::with(db, &ranked("irv"), 6);
        for n in 0..4 {
            asked.cast(n, &Choice::Ranked(vec![1, 2])).unwrap();
        }
        asked.revise(3, &Choice::Withdrawn).unwrap();
        let papers = print(&asked);
        give(&asked, 4).unwrap();
        for who in [1, 2] {
            read(&asked, who, &papers[0], &Reading::Spoiled).unwrap();
        }
        asked.end();
        let id = asked.poll.clone();
        let told = db.read_wait(move |s| queries::result(s, &id)).unwrap().unwrap().received;
        assert_eq!((told.all(), told.counted(), told.withdrawn, told.invalid), (5, 3, 1, 1));
        assert_eq!(told.all(), told.counted() + told.withdrawn + told.invalid);
        assert_eq!(asked.recomputed(), (1, vec![]));
        let (method, told, text) = recorded(&asked);
        for (name, n) in [("ballots", 5), ("withdrawn", 1), ("invalid", 1), ("ballots_counted", 3)] {
            assert_eq!(told.outcome[name], n, "{name}");
        }
        assert!(matches!(from_text(method, &told, &text, true), Answer::Equal { .. }));
        let mut wrong = told.clone();
        wrong.outcome["withdrawn"] = 0.into();
        assert!(matches!(from_text(method, &wrong, &text, true), Answer::Differs { .. }));
        // as a program told it that knew only the ballots that were cast
        let mut earlier = told;
        earlier.outcome = serde_json::json!({ "ballots": 4, "voters": 6, "chosen": [1] });
        assert!(matches!(from_text(method, &earlier, &text, true), Answer::Equal { .. }));
        earlier.outcome["ballots"] = 5.into();
        assert!(matches!(from_text(method, &earlier, &text, true), Answer::Differs { .. }));
    });
}

#[test]
fn a_verdict_by_weight_says_that_it_counts_weight() {
    each_engine(|db| {
        let input = DraftPoll { template: "statutes".into(), ..motion() };
        let asked = Asked::open(db, &input, "甲,1-1,5,\n乙,1-2,2,\n丙,1-3,1,\n");
        asked.cast_code(&asked.code("1-1", "甲"), &Choice::Motion(Vote::Agree), None).unwrap();
        asked.end();
        let id = asked.poll.clone();
        let about = db.read_wait(move |s| verdict::queries::about(s, id.home(), id.as_str())).unwrap().remove(0);
        assert_eq!(about.explained.key, "poll-passed-by-weight");
        assert_eq!((&about.outcome["agree_weight"], &about.outcome["ballots"]), (&5.into(), &1.into()));
        let (method, told, text) = recorded(&asked);
        assert!(matches!(from_text(method, &told, &text, true), Answer::Equal { .. }));
    });
}

#[test]
fn the_day_of_the_close_is_kept() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 1);
        asked.vote(0, Vote::Agree).unwrap();
        asked.later(1);
        assert_eq!(asked.read().closed_day, None);
        asked.close(None).unwrap();
        let poll = asked.read();
        assert_eq!(poll.closed_day.map(|day| day.to_string()).as_deref(), Some("2026-11-23"));
        assert_eq!(poll.closes_day.as_str(), "2026-11-25", "everybody had voted");
    });
}
