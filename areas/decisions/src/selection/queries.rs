//! Reading selections.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::SeasonId;

use super::{Row, Selection, store};

/// Rows of a page.
pub const PAGE: i64 = 100;

/// The list of a season, once it is decided.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn selection(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Selection>, DbError> {
    store::selection(s, season)
}

/// The same, for verbs that need it.
///
/// # Errors
/// Refusal `not-decided-yet`; database faults.
pub fn decided(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Selection, Fault> {
    let found = store::selection(s, season)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::Conflict, "not-decided-yet"))?)
}

/// The lines after rank `after`, in order, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Row>, DbError> {
    store::rows(s, season, after, limit)
}

/// The line of one project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn row(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Row>, DbError> {
    store::row(s, season, number)
}
