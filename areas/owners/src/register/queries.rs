//! Reading registers. Rows hold names: who asks has the right, and pages veil them.

use db::{DbError, Fault, Snapshot};
use kernel::PlaceId;

use super::{Register, RegisterId, Row, not_found, store};

/// Rows of a page.
pub const PAGE: i64 = 100;
/// Versions that a page lists.
const VERSIONS: i64 = 20;

/// One version.
///
/// # Errors
/// Refusal `register-not-found`; database faults.
pub fn register(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<Register, Fault> {
    Ok(store::register(s, id)?.ok_or_else(not_found)?)
}

/// The version that holds at a place.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn latest(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Option<Register>, DbError> {
    Ok(store::latest(s, place.home(), place)?.map(|(register, _)| register))
}

/// The versions of a place, the latest first, 20 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn versions(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Vec<Register>, DbError> {
    store::versions(s, place, VERSIONS)
}

/// Rows behind a number, of one building or (with an empty one) of all, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(s: &mut Snapshot<'_>, id: &RegisterId, (building, after): (&str, u32)) -> Result<Vec<Row>, DbError> {
    store::rows(s, id, (building, after, PAGE))
}

/// One row.
///
/// # Errors
/// Refusal `door-not-found`; database faults.
pub fn row(s: &mut Snapshot<'_>, id: &RegisterId, number: u32) -> Result<Row, Fault> {
    let none = || kernel::Refusal::new(kernel::Kind::NotFound, "door-not-found");
    Ok(store::row(s, id, number)?.ok_or_else(none)?)
}

/// The buildings with their number of units.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn buildings(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<Vec<(String, u64)>, DbError> {
    store::buildings(s, id)
}

/// The units of owners who have several, owner by owner: each of these owners is one head. 200 units at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn several(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<Vec<Row>, DbError> {
    store::several(s, id, 200)
}
