//! Reading sign-ups. Names are for those who hold the activity.

use db::{DbError, Snapshot};
use kernel::PersonId;

use super::{SignUp, store};
use crate::ActivityId;

/// Rows of a page.
pub const PAGE: i64 = 50;

/// Sign-ups with numbers above `after`, in their order, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, id: &ActivityId, after: u32) -> Result<Vec<SignUp>, DbError> {
    store::list(s, id, after, PAGE)
}

/// Somebody's own sign-up.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_person(s: &mut Snapshot<'_>, id: &ActivityId, person: &PersonId) -> Result<Option<SignUp>, DbError> {
    store::of_person(s, id, person)
}
