//! Reading handovers.

use db::{DbError, Fault, Snapshot};

use super::{Handover, HandoverId, Item, Signature, not_found, store};

/// Handovers of a page.
pub const PAGE: i64 = 30;

/// One handover.
///
/// # Errors
/// Refusal `handover-not-found`; database faults.
pub fn handover(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Handover, Fault> {
    Ok(store::handover(s, id)?.ok_or_else(not_found)?)
}

/// Handovers at the place with this path (`Place::path`) and below, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn handovers(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    before: Option<&HandoverId>,
) -> Result<Vec<Handover>, DbError> {
    store::handovers(s, path, (before, PAGE))
}

/// What is handed over, in the order of the list.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn items(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Vec<Item>, DbError> {
    store::items(s, id)
}

/// Who has signed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn signs(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Vec<Signature>, DbError> {
    store::signs(s, id)
}
