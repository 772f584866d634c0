//! What the stories share.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering::SeqCst},
    },
    time::Duration,
};

use db::{Db, Fault, Options, Statement, Tx, params};
use kernel::{Actor, Chance, Clock, Context, Home, Id, Instant, Site};
use work::jobs::{Asked, Failure, Handler, Job, JobId, New, Outcome, Runner, Setup, enqueue};

pub const HOME: Home = Home(3);
/// 2026-11-22, 10:00 in Beijing.
pub const BEGIN: i64 = 1_795_312_800_000_000;
pub const SECOND: i64 = 1_000_000;

static ACTS: AtomicU64 = AtomicU64::new(0);

/// Runs a story on both engines, on machines of any speed.
pub fn each_engine(story: impl Fn(&Db)) {
    testkit::each_engine_with(&options(), story);
}

pub fn options() -> Options {
    Options { budget: Duration::from_secs(20), ..Options::default() }
}

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct Hand(Arc<AtomicI64>);

impl Hand {
    pub fn new() -> Hand {
        Hand(Arc::new(AtomicI64::new(BEGIN)))
    }
    pub fn on(&self, seconds: i64) {
        self.0.fetch_add(seconds * SECOND, SeqCst);
    }
}

impl Clock for Hand {
    fn now(&self) -> Instant {
        Instant(self.0.load(SeqCst))
    }
}

pub fn entropy() -> [u8; 32] {
    let n = ACTS.fetch_add(1, SeqCst);
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&n.to_le_bytes());
    seed
}

pub fn site() -> Site {
    Site { home: HOME, place: Id::ordered(HOME, Instant(BEGIN), &mut Chance::seeded(1)), above: Vec::new() }
}

/// Runs a command with chance of its own.
pub fn act<T: Send + 'static>(
    db: &Db,
    actor: Actor,
    mut command: impl FnMut(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let cx = Context::new(actor, Instant(BEGIN), 480, Chance::from_bytes(entropy()));
    db.write_wait(move |tx| command(tx, &mut cx.clone()))
}

pub fn ask(db: &Db, kind: &'static str, payload: &'static str, dedup: Option<&'static str>) -> Asked {
    act(db, Actor::Operator, move |tx, cx| {
        let new = New { home: HOME, kind, payload: &payload, dedup, run_at: None };
        Ok(enqueue(tx, cx, &new)?)
    })
    .unwrap()
}

pub fn asked(db: &Db, kind: &'static str) -> JobId {
    match ask(db, kind, "it", None) {
        Asked::Queued(id) => id,
        Asked::Before => panic!("asked before"),
    }
}

type Work = dyn Fn(&Job) -> Result<Outcome, Failure> + Send + Sync;

/// A handler of a closure.
pub struct Does(pub &'static str, pub Box<Work>);

impl Handler for Does {
    fn kind(&self) -> &'static str {
        self.0
    }
    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        (self.1)(job)
    }
}

pub fn does(
    kind: &'static str,
    work: impl Fn(&Job) -> Result<Outcome, Failure> + Send + Sync + 'static,
) -> Box<dyn Handler> {
    Box::new(Does(kind, Box::new(work)))
}

pub fn runner(db: &Db, clock: &Hand, handlers: Vec<Box<dyn Handler>>) -> Runner {
    let holder = format!("runner-{}", ACTS.fetch_add(1, SeqCst));
    let setup = Setup { db: db.clone(), clock: Arc::new(clock.clone()), entropy, offset_minutes: 480, holder };
    Runner::new(setup, handlers)
}

/// How often each job was run.
#[derive(Clone, Default)]
pub struct Runs(Arc<Mutex<BTreeMap<JobId, u32>>>);

impl Runs {
    pub fn note(&self, job: &Job) {
        *self.0.lock().unwrap().entry(job.id.clone()).or_default() += 1;
    }
    pub fn of(&self, id: &JobId) -> u32 {
        self.0.lock().unwrap().get(id).copied().unwrap_or(0)
    }
    pub fn all(&self) -> Vec<u32> {
        self.0.lock().unwrap().values().copied().collect()
    }
}

static JOB: Statement = Statement {
    name: "JOB",
    module: "stories",
    sql: "SELECT state, attempts, payload, last_error FROM jobs WHERE home = ?1 AND id = ?2",
};

/// State, attempts, payload and error of a job as they are stored.
pub fn stored(db: &Db, id: &JobId) -> Option<(String, u32, String, String)> {
    let id = id.clone();
    db.read_wait(move |s| s.optional(&JOB, params![HOME, &id])).map_err(|e: db::DbError| e).unwrap()
}

static KINDS: Statement =
    Statement { name: "KINDS", module: "stories", sql: "SELECT kind FROM entry_queue WHERE home = ?1 ORDER BY id" };

/// Kinds of the entries that were written, in their order.
pub fn entries(db: &Db) -> Vec<String> {
    let rows: Result<Vec<(String,)>, db::DbError> = db.read_wait(|s| s.all(&KINDS, params![HOME]));
    rows.unwrap().into_iter().map(|row| row.0).collect()
}

#[track_caller]
pub fn refused<T: std::fmt::Debug>(answer: Result<T, Fault>) -> &'static str {
    match answer {
        Err(Fault::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}
