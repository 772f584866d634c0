//! Reading the calendar and the queue of jobs.

use db::{DbError, Snapshot};
use kernel::Instant;

use crate::{
    calendar::{Calendar, bundled},
    jobs::{Dead, JobId},
    store,
};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// A year whose announcement was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownYear {
    /// The year.
    pub year: i64,
    /// Where its days come from.
    pub source: String,
    /// When they were imported.
    pub imported_at: Instant,
}

/// How many jobs there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobCounts {
    /// Waiting or running.
    pub open: u64,
    /// Given up: somebody has to look.
    pub dead: u64,
}

/// The calendar: the years that come with the program, and over them those that were imported. Some 30 rows a year; a
/// page that reckons many deadlines reads it once.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn calendar(s: &mut Snapshot<'_>) -> Result<Calendar, DbError> {
    let imported = store::years(s)?;
    Ok(Calendar::new(bundled().iter().chain(&imported)))
}

/// The imported years, newest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn known_years(s: &mut Snapshot<'_>) -> Result<Vec<KnownYear>, DbError> {
    let rows = store::sources(s)?;
    Ok(rows.into_iter().map(|(year, source, imported_at)| KnownYear { year, source, imported_at }).collect())
}

/// Dead jobs, those that died last first, [`PAGE`] at most; the next page begins before the last one's
/// `(died_at, id)`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn dead(s: &mut Snapshot<'_>, before: Option<(Instant, &JobId)>) -> Result<Vec<Dead>, DbError> {
    store::dead_jobs(s, before, PAGE)
}

/// How many jobs wait and how many are dead.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn job_counts(s: &mut Snapshot<'_>) -> Result<JobCounts, DbError> {
    let (open, dead) = store::count_jobs(s)?;
    Ok(JobCounts { open, dead })
}
