//! Note that a session was used today.

use db::{DbError, Tx};
use kernel::Day;

use super::store;

/// Keeps the day of the last use: at most one write a day and session, whoever else asks at the same time. The day is
/// all that is kept, so that nobody can follow when somebody was here.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seen(tx: &mut Tx<'_>, digest: &[u8; 32], day: &Day) -> Result<bool, DbError> {
    store::seen(tx, digest, day)
}
