//! Forget what is kept for a while only: codes, counted tries, notes of sign-ins.

use std::sync::Arc;

use db::{Db, DbError, Tx};
use kernel::{Clock, Context, Home, Instant};
use work::jobs::{Asked, Failure, Handler, Job, New, Outcome, enqueue};

use super::store;
use crate::session;

/// The kind of the job.
pub const PURGE: &str = "people.purge";
/// Rows of each table that one call takes at most.
pub const CHUNK: i64 = 500;
/// Calls of one run of the job at most; what is left is taken a minute later.
const CALLS: usize = 40;
const MINUTE: i64 = 60 * 1_000_000;
const DAY: i64 = 24 * 60 * MINUTE;

/// Deletes codes and tries that are older than a day, and notes of sign-ins older than 200 days (the Cybersecurity Law,
/// art. 23, asks for six months at least); [`CHUNK`] of each at most. Answers how many went. A code that is a day old
/// is good for nothing and counts in no window, so the limits stay what they are. No entry tells of it: nothing that
/// the log holds changes.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn purge(tx: &mut Tx<'_>, now: Instant) -> Result<u64, DbError> {
    let day_ago = now.0.saturating_sub(DAY);
    Ok(store::forget_codes(tx, day_ago, CHUNK)? + session::store::forget_notes(tx, now, CHUNK)?)
}

/// The handler of [`PURGE`]: once a day.
pub struct Purge {
    /// The database.
    pub db: Db,
    /// The clock.
    pub clock: Arc<dyn Clock>,
}

impl Purge {
    /// Asks for the daily job; where it waits already, for nothing.
    ///
    /// # Errors
    /// [`DbError`] of the statement.
    pub fn ask(tx: &mut Tx<'_>, cx: &mut Context) -> Result<Asked, DbError> {
        enqueue(tx, cx, &New { home: Home(0), kind: PURGE, payload: &(), dedup: Some("daily"), run_at: None })
    }
}

impl Handler for Purge {
    fn kind(&self) -> &'static str {
        PURGE
    }

    fn run(&self, _: &Job) -> Result<Outcome, Failure> {
        let now = self.clock.now();
        for _ in 0..CALLS {
            if self.db.jobs().write_wait(move |tx| purge(tx, now))? == 0 {
                return Ok(Outcome::Later(Instant(now.0.saturating_add(DAY))));
            }
        }
        Ok(Outcome::Later(Instant(now.0.saturating_add(MINUTE))))
    }
}
