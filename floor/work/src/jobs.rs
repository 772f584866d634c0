//! What is to be done once a transaction is kept: asked for in that transaction, done later by a [`Runner`].
//!
//! A job is done **at least once**: a process may die between the work and its note of it, and then the work is done
//! again after the lease. Whoever does work outside the database uses the job's id to do it once only. What belongs
//! into the database is handed back as [`Outcome::Keep`], runs in the transaction that ends the job, and is kept
//! exactly once.

mod runner;

use std::time::Duration;

use db::{DbError, Fault, Tx, params};
use kernel::{Chance, Context, Home, Id, Instant};
use serde::{Serialize, de::DeserializeOwned};

use crate::store;

pub use runner::{Runner, Setup, Step};

/// Bytes of a payload at most.
pub const MAX_PAYLOAD: usize = 64 * 1024;
/// Characters of a key against doing twice at most.
pub const MAX_DEDUP: usize = 200;
/// How often a job is tried before it is dead.
pub const MAX_ATTEMPTS: u32 = 8;
/// How long a job that was taken is left alone. A handler that needs longer may be run a second time meanwhile; the
/// first one's end is then void.
pub const LEASE: Duration = Duration::from_secs(300);
/// How long a job that is done is remembered, and with it its key against doing twice.
pub const KEPT: Duration = Duration::from_secs(7 * 86_400);
/// Characters of an error that are kept.
const MAX_ERROR: usize = 300;
const FIRST_WAIT: i64 = 10_000_000;
const LONGEST_WAIT: i64 = 3_600_000_000;

/// The noun of job ids.
pub enum JobNoun {}
/// The id of a job, the same at each attempt.
pub type JobId = Id<JobNoun>;

/// A job that nobody tries any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dead {
    /// Its id.
    pub id: JobId,
    /// Which handler did not do it.
    pub kind: String,
    /// How often it was tried.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub error: String,
    /// When it was asked for.
    pub added_at: Instant,
    /// When it was given up.
    pub died_at: Instant,
}

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct New<'a, P> {
    /// Where it belongs.
    pub home: Home,
    /// Which handler does it, `noun.verb`, such as `message.deliver`.
    pub kind: &'static str,
    /// What the handler needs: JSON of at most [`MAX_PAYLOAD`] bytes.
    pub payload: &'a P,
    /// The same key again, for the same home and kind, asks for nothing while the first is remembered.
    pub dedup: Option<&'a str>,
    /// Not before; none means at once.
    pub run_at: Option<Instant>,
}

/// What came of asking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// It waits under this id.
    Queued(JobId),
    /// It was asked for before.
    Before,
}

/// Asks for a job in the transaction of the change that needs it.
///
/// # Errors
/// [`DbError::Data`] for a payload or key over its limit, which is a fault of the program; else of the statement.
pub fn enqueue<P: Serialize>(tx: &mut Tx<'_>, cx: &mut Context, new: &New<'_, P>) -> Result<Asked, DbError> {
    let payload = serde_json::to_string(new.payload).map_err(|e| DbError::Data(format!("{}: {e}", new.kind)))?;
    let key = new.dedup.unwrap_or_default();
    if payload.len() > MAX_PAYLOAD || key.chars().nth(MAX_DEDUP).is_some() {
        return Err(DbError::Data(format!("a job {} is larger than a job may be", new.kind)));
    }
    let id: JobId = cx.id(new.home);
    let run_at = new.run_at.unwrap_or(cx.now);
    let params = params![new.home, &id, new.kind, &payload, new.dedup, run_at, cx.now];
    let touched = tx.execute(&store::ENQUEUE, params)?;
    Ok(if touched == 1 { Asked::Queued(id) } else { Asked::Before })
}

/// A job that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its id, the same at each attempt.
    pub id: JobId,
    /// Which handler does it.
    pub kind: String,
    /// What the handler needs.
    pub payload: String,
    /// 1 at the first attempt.
    pub attempt: u32,
    /// Until when nobody else takes it.
    pub lease_until: Instant,
}

impl Job {
    /// The payload as the handler's own type.
    ///
    /// # Errors
    /// A [`Failure`] for good.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        // the text of the payload may be personal: only the place of the fault is told
        serde_json::from_str(&self.payload)
            .map_err(|e| Failure::for_good(format!("payload not readable at column {}", e.column())))
    }
}

/// What runs in the transaction that ends a job. May run more than once, as every closure of a transaction.
pub type Keep = Box<dyn FnMut(&mut Tx<'_>, &mut Context) -> Result<(), Fault> + Send>;

/// How a handler ended well.
pub enum Outcome {
    /// The work is done.
    Done,
    /// The work is done when this is kept, which happens in one transaction with the job's end.
    Keep(Keep),
    /// There is more to do: the job goes back to the queue, its attempts forgotten.
    Later(Instant),
}

/// Why a handler did not do its work. The text is for operators and logs: no names, numbers or addresses of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub(crate) error: String,
    pub(crate) for_good: bool,
}

impl Failure {
    /// It may work later.
    pub fn again(error: impl Into<String>) -> Failure {
        Failure { error: bounded(&error.into()), for_good: false }
    }

    /// It will never work.
    pub fn for_good(error: impl Into<String>) -> Failure {
        Failure { error: bounded(&error.into()), for_good: true }
    }
}

impl From<Fault> for Failure {
    /// A refusal is for good; a fault of the database may pass.
    fn from(fault: Fault) -> Failure {
        match fault {
            Fault::Refused(refusal) => Failure::for_good(refusal.to_string()),
            Fault::Db(error) => Failure::again(error.to_string()),
        }
    }
}

impl From<DbError> for Failure {
    fn from(error: DbError) -> Failure {
        Failure::again(error.to_string())
    }
}

fn bounded(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MAX_ERROR).collect()
}

/// Does the jobs of one kind.
pub trait Handler: Send + Sync {
    /// Which kind.
    fn kind(&self) -> &'static str;

    /// Does the work, outside of any transaction, within [`LEASE`]. A panic counts as a failure.
    ///
    /// # Errors
    /// A [`Failure`], after which the job is tried again later or is dead.
    fn run(&self, job: &Job) -> Result<Outcome, Failure>;
}

/// How long to wait after the `attempt`th failure: 10 s, doubled each time, 1 h at most, and up to a quarter more by
/// chance, so that jobs that failed together do not come back together.
pub fn backoff(attempt: u32, chance: &mut Chance) -> i64 {
    let doubled = FIRST_WAIT.saturating_mul(1 << attempt.saturating_sub(1).min(20));
    let wait = doubled.min(LONGEST_WAIT);
    let quarter = u64::try_from(wait / 4).unwrap_or(0);
    wait + i64::try_from(chance.below(quarter + 1)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour_with_a_quarter_of_chance() {
        let mut chance = Chance::seeded(7);
        for (attempt, seconds) in
            [(0, 10), (1, 10), (2, 20), (3, 40), (4, 80), (8, 1_280), (9, 2_560), (10, 3_600), (90, 3_600)]
        {
            let drawn: Vec<i64> = (0..200).map(|_| backoff(attempt, &mut chance)).collect();
            let base = seconds * 1_000_000;
            assert!(drawn.iter().all(|wait| (base..=base + base / 4).contains(wait)), "{attempt}");
            let spread = drawn.iter().max().unwrap() - drawn.iter().min().unwrap();
            assert!(spread > base / 8, "{attempt}: {spread}");
        }
    }

    #[test]
    fn errors_are_bounded_and_printable() {
        let failure = Failure::again("一\n".repeat(1_000));
        assert_eq!(failure.error.chars().count(), MAX_ERROR);
        assert!(!failure.error.contains('\n'));
    }
}
