//! Lists by place follow a place that moved.

use db::{DbError, Tx};
use places::{Moved, follow};
use rights::Permit;

use crate::{org, post};

/// Brings posts and organisations at a place and below it along when the place moves: one of [`places::Followers`].
/// Rights of people need it not, they go by the tree; lists by place go by the stored path. They are few at any place, so
/// all follow in the move.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, moved: &Moved<'_>) -> Result<bool, DbError> {
    for statement in [&post::store::FOLLOW, &org::store::FOLLOW] {
        follow(tx, permit, statement, &moved.whole())?;
    }
    Ok(false)
}
