//! Reading halls.

use db::{DbError, Fault, Snapshot};

use super::{Hall, HallId, not_found, store};

/// Halls of a page.
pub const PAGE: i64 = 30;

/// One hall.
///
/// # Errors
/// Refusal `hall-not-found`; database faults.
pub fn hall(s: &mut Snapshot<'_>, id: &HallId) -> Result<Hall, Fault> {
    Ok(store::hall(s, id)?.ok_or_else(not_found)?)
}

/// Halls at the place with this path (`Place::path`) and below, the newest first, [`PAGE`] at most; everywhere without.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn halls(s: &mut Snapshot<'_>, path: Option<&str>, before: Option<&HallId>) -> Result<Vec<Hall>, DbError> {
    store::list(s, path, before, PAGE)
}
