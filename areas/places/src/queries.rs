//! Reading places.

use db::{DbError, Snapshot};
use kernel::Site;

use crate::{Place, PlaceId, store};

/// Places a list shows at most.
pub const LIMIT: i64 = 500;

/// One place.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn show(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    store::by_id(s, id)
}

/// A place with all places above it, for the question who may do something there: one statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn site(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Site>, DbError> {
    store::site(s, id)
}

/// The places directly below `parent`, or the roots; by name, at most [`LIMIT`].
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, parent: Option<&PlaceId>) -> Result<Vec<Place>, DbError> {
    match parent {
        Some(parent) => store::children(s, parent, LIMIT),
        None => store::roots(s, LIMIT),
    }
}
