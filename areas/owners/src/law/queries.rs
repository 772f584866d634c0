//! Reading the rule sets of places.

use db::{DbError, Fault, Snapshot};
use kernel::{PlaceId, Site};

use super::{Law, store};
use crate::register::site;

/// The rule set that holds at a place: its own, else the nearest one above it; none where none is set.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn at(s: &mut Snapshot<'_>, site: &Site) -> Result<Option<Law>, DbError> {
    store::at(s, site)
}

/// The same by the place alone: one statement more.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn of(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Option<Law>, Fault> {
    let site = site(s, place)?;
    Ok(store::at(s, &site)?)
}
