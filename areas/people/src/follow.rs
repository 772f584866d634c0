//! Lists by place follow a place that moved.

use db::{DbError, Tx};
use places::{Moved, follow};
use rights::Permit;

use crate::{org, post};

/// Brings posts and organisations at a place and below it along when the place moves: one of [`places::Followers`].
/// Rights of people need it not, they go by the tree; lists by place go by the stored path. Answers how many rows it
/// looked at.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, moved: &Moved<'_>) -> Result<u64, DbError> {
    let posts = follow(tx, permit, &post::store::FOLLOW, moved)?;
    Ok(posts + follow(tx, permit, &org::store::FOLLOW, moved)?)
}
