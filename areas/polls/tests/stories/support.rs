//! A poll to tell stories about.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
};

use ballots::BallotKey;
use db::{Db, Fault, Tx};
use kernel::{Actor, Chance, Clock, Context, Instant, PersonId, PlaceId, Principal};
use ledger::{note::Signer, read, sequencer::Sequencer};
use people::{VoterKey, resident};
use places::{Level, commands::add};
use polls::{
    Choice, DraftPoll, Poll, PollId, Vote,
    commands::{
        cast::{self, Cast, Coded},
        close, draft, open, publish, revise,
    },
    queries,
    recompute::Recompute,
    roll::{file, freeze, letters, residents},
};
pub use testkit::{each_engine, story::refused};

/// 2026-11-22, 10:00 in Beijing.
const START: i64 = 1_795_312_800_000_000;
const DAY: i64 = 86_400_000_000;

/// A poll with its place. Each act happens a second later than the one before, with chance of its own.
#[derive(Clone)]
pub struct Asked {
    pub db: Db,
    pub place: PlaceId,
    pub poll: PollId,
    acts: Arc<AtomicU64>,
    days: Arc<AtomicI64>,
}

/// A motion by rules of the house: more than half of the valid votes, a quorum of half of the roll.
pub fn motion() -> DraftPoll {
    DraftPoll {
        title: "西门晚上锁不锁".into(),
        body: "每晚十点到早上六点锁门。".into(),
        kind: "motion".into(),
        openness: "secret".into(),
        template: "house".into(),
        quorum: "1/2".into(),
        quorum_bound: "at-least".into(),
        quorum_of: "took-part".into(),
        threshold: "1/2".into(),
        bound: "more-than".into(),
        base: "valid".into(),
        abstain: "in-base".into(),
        opens: "2026-11-22".into(),
        closes: "2026-11-25".into(),
        ..DraftPoll::default()
    }
}

/// Options in an order.
pub fn ranked(rule: &str) -> DraftPoll {
    let options = "孟菲斯\n纳什维尔\n查塔努加\n诺克斯维尔".into();
    DraftPoll { kind: "ranked".into(), ranked: rule.into(), seats: 1, options, ..motion() }
}

pub fn secret(n: u32) -> String {
    format!("{n:032x}")
}

pub fn person(id: &PersonId) -> Actor {
    Actor::Person(Arc::new(Principal { person: id.clone(), verified: true, posts: vec![], seats: vec![] }))
}

impl Asked {
    /// A place with a draft of this poll.
    pub fn draft(db: &Db, input: &DraftPoll) -> Asked {
        let nothing: PollId = "1-00000000000000000000".parse().unwrap();
        let place: PlaceId = "1-00000000000000000000".parse().unwrap();
        let mut asked =
            Asked { db: db.clone(), place, poll: nothing, acts: Arc::new(AtomicU64::new(1)), days: Arc::default() };
        let new = add::AddPlace { parent: None, level: Level::Subdistrict, name: "邻里街道".into() };
        let root = asked.act(Actor::Operator, move |tx, cx| add::add(tx, cx, &new)).unwrap().id;
        let new = add::AddPlace { parent: Some(root), level: Level::Community, name: "槐树社区".into() };
        asked.place = asked.act(Actor::Operator, move |tx, cx| add::add(tx, cx, &new)).unwrap().id;
        asked.poll = asked.drafted(input).unwrap().id;
        asked
    }

    pub fn drafted(&self, input: &DraftPoll) -> Result<Poll, Fault> {
        let input = DraftPoll { place: self.place.to_string(), ..input.clone() };
        self.act(Actor::Operator, move |tx, cx| draft::draft(tx, cx, &input))
    }

    /// A poll that is open, with a roll of this file (`姓名,门牌,票权,手机` and what follows).
    pub fn open(db: &Db, input: &DraftPoll, rows: &str) -> Asked {
        let asked = Asked::draft(db, input);
        assert!(asked.take(rows).unwrap() > 0);
        asked.freeze().unwrap();
        asked.open_poll().unwrap();
        asked
    }

    /// The same with so many voters who are nobody in particular.
    pub fn with(db: &Db, input: &DraftPoll, voters: usize) -> Asked {
        Asked::open(db, input, &(0..voters).map(|n| format!("居民{n},1-{n},,\n")).collect::<String>())
    }

    pub fn take(&self, rows: &str) -> Result<u64, Fault> {
        self.take_file(&format!("姓名,门牌,票权,手机\n{rows}"), &web::Verifiers::default())
    }

    /// A whole file, with the providers that are set.
    pub fn take_file(&self, text: &str, verifiers: &web::Verifiers) -> Result<u64, Fault> {
        let (rows, errors) = resident::sheet::parse(text.as_bytes()).unwrap();
        let (rows, errors) = file::checked(&self.read(), verifiers, rows, errors);
        assert!(errors.is_empty(), "{errors:?}");
        let id = self.poll.clone();
        self.act(Actor::Operator, move |tx, cx| file::take(tx, cx, &id, &rows))
    }

    pub fn take_residents(&self) -> Result<u64, Fault> {
        let id = self.poll.clone();
        Ok(self.act(Actor::Operator, move |tx, cx| residents::residents(tx, cx, &id, ("", "")))?.new)
    }

    pub fn freeze(&self) -> Result<Poll, Fault> {
        let (id, words) =
            (self.poll.clone(), freeze::FreezeRoll { title: "名册公示".into(), body: "共若干人。".into() });
        self.act(Actor::Operator, move |tx, cx| freeze::freeze(tx, cx, &id, &words))
    }

    pub fn open_poll(&self) -> Result<Poll, Fault> {
        let id = self.poll.clone();
        self.act(Actor::Operator, move |tx, cx| open::open(tx, cx, &id))
    }

    /// The code of a letter to a row of the file.
    pub fn code(&self, flat: &str, name: &str) -> String {
        let (id, voter) = (self.poll.clone(), self.row(flat, name));
        let drawn = self.act(Actor::Operator, move |tx, cx| letters::letters(tx, cx, &id, letters::To::One(voter)));
        drawn.unwrap().pop().unwrap().code
    }

    pub fn row(&self, flat: &str, name: &str) -> VoterKey {
        VoterKey::of_row(self.poll.as_str(), flat, name)
    }

    pub fn cast_code(&self, code: &str, choice: &Choice, key: Option<u32>) -> Result<Cast, Fault> {
        let (id, code, choice) = (self.poll.clone(), code.to_owned(), choice.clone());
        let key = key.and_then(|n| BallotKey::of(id.as_str(), &secret(n)));
        self.act(Actor::Voter, move |tx, cx| cast::cast_code(tx, cx, &id, &Coded { code: &code, choice: &choice, key }))
    }

    /// Voter `n` of [`Asked::with`] casts by a letter, with a link.
    pub fn cast(&self, n: usize, choice: &Choice) -> Result<Cast, Fault> {
        let code = self.code(&format!("1-{n}"), &format!("居民{n}"));
        self.cast_code(&code, choice, Some(u32::try_from(n).unwrap()))
    }

    pub fn vote(&self, n: usize, vote: Vote) -> Result<Cast, Fault> {
        self.cast(n, &Choice::Motion(vote))
    }

    pub fn cast_mine(&self, who: &PersonId, choice: &Choice) -> Result<Cast, Fault> {
        let (id, choice) = (self.poll.clone(), choice.clone());
        self.act(person(who), move |tx, cx| cast::cast_mine(tx, cx, &id, &choice, None))
    }

    pub fn revise(&self, key: u32, choice: &Choice) -> Result<Cast, Fault> {
        let (id, choice) = (self.poll.clone(), choice.clone());
        let key = BallotKey::of(id.as_str(), &secret(key)).unwrap();
        self.act(Actor::Voter, move |tx, cx| revise::revise(tx, cx, &id, key, &choice))
    }

    pub fn close(&self, present: Option<u64>) -> Result<Poll, Fault> {
        let id = self.poll.clone();
        self.act(Actor::Operator, move |tx, cx| close::close(tx, cx, &id, present))
    }

    pub fn count(&self) -> Result<Arc<publish::Tallied>, Fault> {
        publish::count(&self.db, &self.poll).map(Arc::new)
    }

    pub fn publish(&self, counted: &Arc<publish::Tallied>) -> Result<Poll, Fault> {
        let counted = counted.clone();
        self.act(Actor::Operator, move |tx, cx| publish::publish(tx, cx, &counted))
    }

    /// After its last day: closed, counted, published.
    pub fn end(&self) -> Arc<publish::Tallied> {
        self.end_at(10)
    }

    /// The same so many days later.
    pub fn end_at(&self, days: i64) -> Arc<publish::Tallied> {
        self.later(days);
        self.close(None).unwrap();
        let counted = self.count().unwrap();
        self.publish(&counted).unwrap();
        counted
    }

    /// Names with what they chose.
    pub fn named(&self) -> Vec<(String, String)> {
        let id = self.poll.clone();
        let rows = self.db.read_wait(move |s| queries::named(s, &id, ("", &[]))).unwrap();
        rows.into_iter().map(|row| (row.name, row.ballot.choice.print())).collect()
    }

    pub fn read(&self) -> Poll {
        let id = self.poll.clone();
        self.db.read_wait(move |s| queries::poll(s, &id)).unwrap()
    }

    pub fn later(&self, days: i64) {
        self.days.fetch_add(days, Relaxed);
    }

    /// Runs a command at the next instant.
    pub fn act<T: Send + 'static>(
        &self,
        actor: Actor,
        mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let n = self.acts.fetch_add(1, Relaxed);
        let now = START + self.days.load(Relaxed) * DAY + i64::try_from(n).unwrap() * 1_000_000;
        let cx = Context::new(actor, Instant(now), 480, Chance::seeded(n));
        self.db.write_wait(move |tx| command(tx, &mut cx.clone()))
    }

    /// Ballots, and marks in the roll.
    pub fn traces(&self) -> (u64, u64) {
        let id = self.poll.clone();
        let read = self.db.read_wait(move |s| {
            let ballots = ballots::store::count(s, id.home(), id.as_str())?;
            Ok::<_, db::DbError>((ballots, queries::turnout(s, &id)?.1))
        });
        read.unwrap()
    }

    /// Places everything that may be placed and reads the log.
    pub fn log(&self) -> Vec<read::Entry> {
        let signer = Signer::new("linli.example/log/1", &[7; 32]).unwrap();
        Sequencer::new(&self.db, signer, "story".into(), Arc::new(Still)).unwrap().drain().unwrap();
        let mut entries: Vec<read::Entry> = Vec::new();
        loop {
            let from = entries.len() as u64;
            let page = self.db.read_wait(move |s| read::tail(s, from, read::MAX_PAGE)).unwrap();
            if page.is_empty() {
                return entries;
            }
            entries.extend(page);
        }
    }

    /// The results computed again from the log alone: how many hold, and what does not.
    pub fn recomputed(&self) -> (usize, Vec<String>) {
        recomputed(self.log().iter().map(|entry| entry.leaf.clone()))
    }
}

pub fn recomputed(leaves: impl Iterator<Item = Vec<u8>>) -> (usize, Vec<String>) {
    let mut again = Recompute::new();
    (0..).zip(leaves).for_each(|(n, leaf)| again.entry(n, &leaf));
    let (confirmed, faults) = again.finish();
    (confirmed.len(), faults.into_iter().map(|fault| fault.to_string()).collect())
}

struct Still;

impl Clock for Still {
    fn now(&self) -> Instant {
        Instant(START)
    }
}
