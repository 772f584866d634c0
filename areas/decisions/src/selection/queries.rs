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

/// The rank after which the page with a project begins; 0 where the project is not listed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn page_of(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<u32, DbError> {
    let page = u32::try_from(PAGE).unwrap_or(u32::MAX);
    Ok(store::row(s, season, number)?.map_or(0, |row| row.line.rank.saturating_sub(1) / page * page))
}

/// What is on the list, in order, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn approved(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Row>, DbError> {
    store::approved(s, season, limit)
}

/// Whether an approved project is no matter yet.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waits(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<bool, DbError> {
    Ok(!store::to_open(s, season, 1)?.is_empty())
}
