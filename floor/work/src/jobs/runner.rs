//! Takes jobs and does them.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use db::{Db, DbError, Fault, params};
use kernel::{Actor, Chance, Clock, Context, Instant};

use super::{Failure, Handler, Job, JobId, KEPT, Keep, LEASE, MAX_ATTEMPTS, Outcome, backoff};
use crate::store;

/// Between looks at a queue in which nothing is due.
const PAUSE: Duration = Duration::from_millis(250);
/// Between two times of forgetting what is long done.
const PRUNE_EVERY: i64 = 600_000_000;
/// Jobs forgotten in one transaction at most.
const PRUNE_CHUNK: i64 = 500;

/// What a runner needs of its surroundings.
pub struct Setup {
    /// The database; the runner uses its lane for jobs.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// 32 bytes of the system's entropy, or of a test's seed.
    pub entropy: fn() -> [u8; 32],
    /// Minutes east of UTC of the jurisdiction's clock.
    pub offset_minutes: i32,
    /// Names this process among others that have the same database.
    pub holder: String,
}

/// Takes jobs and does them. Several threads may call [`Runner::run`] on one runner, and several processes may have one.
pub struct Runner {
    setup: Setup,
    handlers: BTreeMap<&'static str, Box<dyn Handler>>,
    prune_at: AtomicI64,
    takes: AtomicU64,
}

/// What one step did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// Nothing was due, or another runner was faster.
    Idle,
    /// A job was done.
    Done(JobId),
    /// A job goes back to the queue: it has more to do.
    Later(JobId),
    /// A job failed and will be tried again.
    Failed(JobId),
    /// A job is dead.
    Dead(JobId),
    /// A job ended after its lease and somebody else had it: this end is void.
    LeaseLost(JobId),
}

/// A job with the name under which it was taken, which is another one each time: only who holds it may end it.
struct Taken {
    job: Job,
    holder: String,
}

/// How the attempt ended.
enum End {
    Done(Option<Keep>),
    Later(Instant),
    Failed(Failure),
}

impl Runner {
    /// A runner. Of two handlers of one kind the later holds.
    pub fn new(setup: Setup, handlers: Vec<Box<dyn Handler>>) -> Runner {
        let handlers = handlers.into_iter().map(|handler| (handler.kind(), handler)).collect();
        let setup = Setup { db: setup.db.jobs(), ..setup };
        Runner { setup, handlers, prune_at: AtomicI64::new(0), takes: AtomicU64::new(0) }
    }

    /// Does jobs until `stop` is set; one that has begun is finished.
    pub fn run(&self, stop: &AtomicBool) {
        while !stop.load(Relaxed) {
            match self.step() {
                Ok(Step::Idle) => {}
                Ok(_) => continue,
                Err(error) => tracing::error!(%error, "jobs could not be read or written"),
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Does one job, if one is due.
    ///
    /// # Errors
    /// [`DbError`]; a job that was taken is then free again after its lease.
    pub fn step(&self) -> Result<Step, DbError> {
        let now = self.setup.clock.now();
        self.prune(now)?;
        // a look costs no write
        let due = self.setup.db.read_wait(move |s| s.optional::<(i64,)>(&store::NEXT_JOB, params![now]))?;
        let taken = if due.is_some() { self.take(now)? } else { None };
        let Some(taken) = taken else { return Ok(Step::Idle) };
        let end = if taken.job.attempt > MAX_ATTEMPTS {
            // its holders died with it each time: it may be what killed them
            End::Failed(Failure::for_good("ended with its process at every attempt"))
        } else {
            self.attempt(&taken.job)
        };
        let now = self.setup.clock.now();
        let step = match end {
            End::Later(at) => self.put_back(&taken, at)?,
            End::Failed(failure) => self.fail(&taken, &failure, now)?,
            End::Done(keep) => match self.end(&taken, keep, now) {
                Ok(step) => step,
                // what was to be kept cannot be, or the database failed: the attempt has failed
                Err(fault) => self.fail(&taken, &fault.into(), now)?,
            },
        };
        count(&taken.job.kind, &step);
        Ok(step)
    }

    fn take(&self, now: Instant) -> Result<Option<Taken>, DbError> {
        let holder = format!("{} {}", self.setup.holder, self.takes.fetch_add(1, Relaxed));
        let (name, lease) = (holder.clone(), Instant(now.0.saturating_add(micros(LEASE))));
        let row = self.setup.db.write_wait(move |tx| {
            tx.optional::<(JobId, String, String, u32, Instant)>(&store::TAKE_JOB, params![&name, lease, now])
        })?;
        Ok(row.map(|(id, kind, payload, attempt, lease_until)| {
            let job = Job { id, kind, payload, attempt, lease_until };
            Taken { job, holder }
        }))
    }

    fn attempt(&self, job: &Job) -> End {
        let Some(handler) = self.handlers.get(job.kind.as_str()) else {
            // a node of a newer version may know it
            return End::Failed(Failure::again("no handler of this kind"));
        };
        match catch_unwind(AssertUnwindSafe(|| handler.run(job))) {
            Ok(Ok(Outcome::Done)) => End::Done(None),
            Ok(Ok(Outcome::Keep(keep))) => End::Done(Some(keep)),
            Ok(Ok(Outcome::Later(at))) => End::Later(at),
            Ok(Err(failure)) => End::Failed(failure),
            Err(_) => End::Failed(Failure::again("panicked")),
        }
    }

    fn end(&self, taken: &Taken, mut keep: Option<Keep>, now: Instant) -> Result<Step, Fault> {
        let (id, holder) = (taken.job.id.clone(), taken.holder.clone());
        let cx = Context::new(Actor::Operator, now, self.setup.offset_minutes, self.chance());
        self.setup.db.write_wait(move |tx| {
            // first: whoever lost the lease keeps nothing
            if tx.execute(&store::END_JOB, params![id.home(), &id, &holder, now])? != 1 {
                return Ok(Step::LeaseLost(id.clone()));
            }
            if let Some(keep) = &mut keep {
                keep(tx, &mut cx.clone())?;
            }
            Ok(Step::Done(id.clone()))
        })
    }

    fn put_back(&self, taken: &Taken, at: Instant) -> Result<Step, DbError> {
        let (id, holder) = (taken.job.id.clone(), taken.holder.clone());
        self.setup.db.write_wait(move |tx| {
            let touched = tx.execute(&store::PUT_BACK_JOB, params![id.home(), &id, &holder, at, "", 0_i64])?;
            Ok(if touched == 1 { Step::Later(id.clone()) } else { Step::LeaseLost(id.clone()) })
        })
    }

    fn fail(&self, taken: &Taken, failure: &Failure, now: Instant) -> Result<Step, DbError> {
        let (id, attempt, holder) = (taken.job.id.clone(), taken.job.attempt, taken.holder.clone());
        let dead = failure.for_good || attempt >= MAX_ATTEMPTS;
        let at = Instant(now.0.saturating_add(backoff(attempt, &mut self.chance())));
        let error = failure.error.clone();
        let step = self.setup.db.write_wait(move |tx| {
            let (touched, step) = if dead {
                let params = params![id.home(), &id, &holder, now, &error];
                (tx.execute(&store::BURY_JOB, params)?, Step::Dead(id.clone()))
            } else {
                let params = params![id.home(), &id, &holder, at, &error, attempt];
                (tx.execute(&store::PUT_BACK_JOB, params)?, Step::Failed(id.clone()))
            };
            Ok::<_, DbError>(if touched == 1 { step } else { Step::LeaseLost(id.clone()) })
        })?;
        let (job, error) = (&taken.job, &failure.error);
        tracing::warn!(job = %job.id, kind = job.kind, attempt, error, dead, "a job failed");
        Ok(step)
    }

    /// Forgets what has been done for long.
    fn prune(&self, now: Instant) -> Result<(), DbError> {
        let due = self.prune_at.load(Relaxed);
        let next = now.0.saturating_add(PRUNE_EVERY);
        if now.0 < due || self.prune_at.compare_exchange(due, next, Relaxed, Relaxed).is_err() {
            return Ok(());
        }
        let before = Instant(now.0.saturating_sub(micros(KEPT)));
        loop {
            let gone =
                self.setup.db.write_wait(move |tx| tx.execute(&store::PRUNE_JOBS, params![before, PRUNE_CHUNK]))?;
            if gone < PRUNE_CHUNK.unsigned_abs() {
                return Ok::<_, DbError>(());
            }
        }
    }

    fn chance(&self) -> Chance {
        Chance::from_bytes((self.setup.entropy)())
    }
}

fn count(kind: &str, step: &Step) {
    let outcome = match step {
        Step::Idle => return,
        Step::Done(_) => "done",
        Step::Later(_) => "later",
        Step::Failed(_) => "failed",
        Step::Dead(_) => "dead",
        Step::LeaseLost(_) => "lease-lost",
    };
    metrics::counter!("linli_jobs_total", "kind" => kind.to_owned(), "outcome" => outcome).increment(1);
}

fn micros(length: Duration) -> i64 {
    i64::try_from(length.as_micros()).unwrap_or(i64::MAX)
}

impl std::fmt::Debug for Runner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Runner({}, {:?})", self.setup.holder, self.handlers.keys())
    }
}
