//! What happens without anybody's doing: a poll closes by itself, and who has an account is reminded once.

use std::sync::{Arc, Mutex};

use ballots::paper::{State as PaperState, store as papers};
use kernel::{Actor, Instant, PersonId};
use people::account::{ask, enter as come_in, prove, register};
use polls::{
    Choice, DAYS_FOR_PAPERS, DraftPoll, State, Vote,
    count::Outcome,
    jobs::{self, close::Close, remind::Remind},
    paper::{self, Reading},
};
use tally::motion::Reason;
use testkit::story::{Still, entropy};
use work::{
    jobs::{Failure, Handler, Runner, Setup, Step},
    messages::{Deliver, Message, Post},
};

use super::{
    support::{Asked, each_engine, motion, ranked, refused},
    ways::{give, print, read},
};

const HOUR: i64 = 3_600_000_000;
/// 2026-11-22, 00:00 in Beijing.
const MIDNIGHT: i64 = 1_795_276_800_000_000;

/// Keeps what it is given.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Vec<(String, String)>>>);

impl Post for Kept {
    fn deliver(&self, _: &str, message: &Message) -> Result<(), Failure> {
        if message.kind == "poll-reminder" {
            self.0.lock().unwrap().push((message.to.reveal().to_owned(), message.text.clone()));
        }
        Ok(())
    }
}

/// Everything that is due so many hours after the first midnight is done; answers with the reminders that went out, in
/// order of telephones.
fn at(asked: &Asked, hours: i64) -> Vec<(String, String)> {
    let kept = Kept::default();
    let handlers: Vec<Box<dyn Handler>> = vec![Box::new(Remind), Box::new(Close), Box::new(Deliver(kept.clone()))];
    let setup = Setup {
        db: asked.db.clone(),
        clock: Arc::new(Still(Instant(MIDNIGHT + hours * HOUR))),
        entropy,
        offset_minutes: 480,
        holder: "test".into(),
    };
    let runner = Runner::new(setup, handlers);
    while runner.step().unwrap() != Step::Idle {}
    let mut sent = kept.0.lock().unwrap().clone();
    sent.sort_unstable();
    sent
}

/// Somebody whose telephone is known to be theirs.
fn neighbour(asked: &Asked, name: &'static str, phone: &'static str) -> PersonId {
    let place = asked.place.clone();
    let person = asked.act(Actor::Operator, move |tx, cx| {
        let site = places::site(tx, &place)?.unwrap();
        register::register(tx, cx, &site, &register::Register { name: name.into(), contact: phone.into() })
    });
    let code = asked.act(Actor::Visitor, move |tx, cx| {
        let purpose = ask::Purpose::SignIn;
        let wanted = ask::AskCode { contact: phone.into(), purpose, locale: ui::Locale::ZhHans, network: None };
        let sent = ask::ask(tx, cx, &wanted)?;
        let (code, challenge) = (sent.shown(true).unwrap().to_owned(), sent.challenge.to_text());
        let ticket =
            prove::prove(tx, cx, &prove::Prove { contact: phone.into(), challenge, code, purpose })?.ticket()?;
        let who = come_in::Who::Named { name: name.into(), place: None };
        come_in::enter(tx, cx, &come_in::Enter { ticket, who, device: String::new() })
    });
    code.unwrap();
    person.unwrap()
}

#[test]
fn a_poll_closes_by_itself_on_the_day_after_its_last() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 3);
        (0..2).for_each(|n| drop(asked.vote(n, Vote::Agree).unwrap()));
        let late = asked.code("1-2", "居民2");
        at(&asked, 4 * 24 - 1);
        assert_eq!(asked.read().state, State::Open, "its last day is not over");
        at(&asked, 4 * 24);
        let poll = asked.read();
        assert_eq!((poll.state, poll.closed_alone, poll.present), (State::Closed, true, None));
        asked.later(4);
        assert_eq!(refused(asked.cast_code(&late, &Choice::Motion(Vote::Agree), None)), "wrong-poll-state");
        // pressed afterwards, the button finds it done
        assert_eq!(asked.close(None).unwrap().revision, poll.revision);
        let counted = asked.count().unwrap();
        asked.publish(&counted).unwrap();
        assert_eq!(asked.recomputed(), (1, vec![]));
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert!(log.contains("\"by_itself\":true"));
    });
}

#[test]
fn a_poll_that_was_open_before_is_closed_too_and_asked_for_once() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 2);
        asked.later(3);
        for _ in 0..2 {
            asked.act(Actor::Operator, |tx, cx| Ok(jobs::start(tx, cx)?)).unwrap();
        }
        at(&asked, 4 * 24);
        assert_eq!(asked.read().state, State::Closed);
    });
}

#[test]
fn papers_that_are_out_have_some_days_and_what_is_read_once_is_then_taken_back() {
    each_engine(|db| {
        let asked = Asked::with(db, &motion(), 4);
        let numbers = print(&asked);
        (0..3).for_each(|n| give(&asked, n).unwrap());
        let agree = Reading::Choice(Choice::Motion(Vote::Agree));
        for who in [1, 2] {
            read(&asked, who, &numbers[0], &agree).unwrap();
        }
        assert_eq!(read(&asked, 1, &numbers[1], &agree).unwrap(), PaperState::Once);
        at(&asked, 4 * 24);
        assert_eq!(asked.read().state, State::Open, "papers may still be typed in");
        asked.later(6);
        assert_eq!(refused(asked.close(None)), "papers-open");
        at(&asked, (4 + i64::from(DAYS_FOR_PAPERS)) * 24 - 1);
        assert_eq!(asked.read().state, State::Open);
        at(&asked, (4 + i64::from(DAYS_FOR_PAPERS)) * 24);
        assert_eq!(asked.read().state, State::Closed);
        let id = asked.poll.clone();
        let (counts, left) = db
            .read_wait(move |s| {
                let counts = papers::counts(s, id.home(), id.as_str())?;
                Ok::<_, db::DbError>((counts, papers::pending(s, id.home(), id.as_str())?))
            })
            .unwrap();
        assert_eq!((counts.given, counts.counted, counts.pending, left.len()), (3, 1, 0, 0));
        assert_eq!(refused(paper_again(&asked, &numbers[1])), "wrong-poll-state");
        let counted = asked.count().unwrap();
        asked.publish(&counted).unwrap();
        let Outcome::Motion { votes, .. } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!(votes.agree, 1, "the paper that two read");
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

fn paper_again(asked: &Asked, number: &str) -> Result<PaperState, db::Fault> {
    let (id, number) = (asked.poll.clone(), number.to_owned());
    let actor = super::ways::worker(asked, 2);
    asked.act(actor, move |tx, cx| paper::read(tx, cx, &id, &number, &Reading::Spoiled))
}

#[test]
fn where_nobody_said_how_many_were_present_those_who_voted_were() {
    each_engine(|db| {
        let input = DraftPoll { quorum_of: "present".into(), base: "present".into(), ..motion() };
        let asked = Asked::with(db, &input, 5);
        (0..3).for_each(|n| drop(asked.vote(n, Vote::Agree).unwrap()));
        at(&asked, 5 * 24);
        assert_eq!(asked.read().state, State::Open, "the office has some days to say it");
        at(&asked, (4 + i64::from(DAYS_FOR_PAPERS)) * 24);
        assert_eq!((asked.read().state, asked.read().present), (State::Closed, Some(3)));
        let counted = asked.count().unwrap();
        asked.publish(&counted).unwrap();
        let Outcome::Motion { votes, decision } = &counted.counted.outcome else { panic!("a motion") };
        assert_eq!((votes.present, decision.reason), (Some(3), Reason::Passed));
        assert_eq!(asked.recomputed(), (1, vec![]));
    });
}

#[test]
fn who_has_an_account_and_has_not_voted_is_reminded_once() {
    each_engine(|db| {
        let asked = Asked::draft(db, &motion());
        let (one, _, _) = (
            neighbour(&asked, "王芳", "13900000001"),
            neighbour(&asked, "李远山", "13900000002"),
            neighbour(&asked, "赵听雪", "13900000003"),
        );
        // the last one's name is another in the file; the fourth has no account
        asked
            .take("王芳,1-101,,13900000001\n李远山,1-102,,13900000002\n赵听雨,1-103,,13900000003\n钱多,1-104,,13900000004\n")
            .unwrap();
        asked.freeze().unwrap();
        asked.open_poll().unwrap();
        asked.cast_mine(&one, &Choice::Motion(Vote::Agree)).unwrap();
        assert_eq!(at(&asked, 2 * 24 + 9), [], "two days before its last day ends nobody is told");
        let told = at(&asked, 2 * 24 + 10);
        assert_eq!(told.iter().map(|(to, _)| to.as_str()).collect::<Vec<_>>(), ["13900000002"]);
        assert!(told[0].1.contains("西门晚上锁不锁"), "{}", told[0].1);
        asked.later(2);
        asked.act(Actor::Operator, |tx, cx| Ok(jobs::start(tx, cx)?)).unwrap();
        assert_eq!(at(&asked, 3 * 24), [], "nobody is told twice");
        // the log says that it was done, and of nobody
        let log: String = asked.log().iter().map(|e| String::from_utf8_lossy(&e.leaf).into_owned()).collect();
        assert_eq!(log.matches("poll.reminded").count(), 1);
        assert!(!log.contains("李远山") && !log.contains("13900000002"));
    });
}

#[test]
fn a_poll_of_one_day_and_one_that_is_over_remind_nobody() {
    each_engine(|db| {
        let asked = Asked::draft(db, &DraftPoll { closes: "2026-11-22".into(), ..ranked("irv") });
        neighbour(&asked, "王芳", "13900000001");
        asked.take("王芳,1-101,,13900000001\n").unwrap();
        asked.freeze().unwrap();
        asked.open_poll().unwrap();
        assert_eq!(at(&asked, 23), []);
        assert_eq!(at(&asked, 48), []);
        assert_eq!(asked.read().state, State::Closed);
    });
}
