//! Reading verdicts.

use db::{DbError, Snapshot};
use programmes::SeasonId;

use crate::{Verdict, VerdictRow, store};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// The verdict of a season, if it is published.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn verdict(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Verdict>, DbError> {
    store::verdict(s, season)
}

/// What the verdict says about the projects after rank `after`, in order of ranks, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<VerdictRow>, DbError> {
    store::lines(s, season, after, limit)
}

/// What the verdict says about one project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn row(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<VerdictRow>, DbError> {
    store::line(s, season, number)
}
