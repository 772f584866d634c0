//! Lists by place follow a place that moved.

use db::{DbError, Tx};
use rights::Permit;

use crate::{org, post};

/// Brings posts and organisations at a place and below it along when the place's path changes: call it in the
/// transaction that moves the place. Rights need no such call; only the lists by place go by the stored path.
/// Answers how many rows moved.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, old: &str, new: &str) -> Result<u64, DbError> {
    Ok(post::store::follow(tx, permit, old, new)? + org::store::follow(tx, permit, old, new)?)
}
