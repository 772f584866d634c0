//! Reading the desk.

use db::{DbError, Fault, Snapshot};
use kernel::{Home, Kind, PersonId, Refusal};

use super::{DeskEntry, DeskId, Receipt, ReceiptNumber, store};

/// A worker's entries that a page shows.
pub const PAGE: i64 = 20;

/// One entry.
///
/// # Errors
/// Refusal `desk-not-found`; database faults.
pub fn entry(s: &mut Snapshot<'_>, id: &DeskId) -> Result<DeskEntry, Fault> {
    let found = store::by_id(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "desk-not-found"))?)
}

/// What a receipt says.
///
/// # Errors
/// Refusal `receipt-not-found`; database faults.
pub fn receipt(s: &mut Snapshot<'_>, number: ReceiptNumber) -> Result<Receipt, Fault> {
    let found = store::receipt(s, number)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "receipt-not-found"))?)
}

/// Whose receipt it is, and their name: only for those who may enter things for others where it was made.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn whose(s: &mut Snapshot<'_>, number: ReceiptNumber) -> Result<Option<(PersonId, String)>, DbError> {
    store::whose(s, number)
}

/// A worker's last entries in a home, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn last(s: &mut Snapshot<'_>, home: Home, worker: &PersonId) -> Result<Vec<DeskEntry>, DbError> {
    store::last(s, home, worker, PAGE)
}
