//! What this area keeps at places has the way down from the root; when a place moves, it goes along.

use db::{DbError, Tx};
use places::{Moved, follow};
use rights::Permit;

use crate::{attendance, duty, matter, notice, verdict};

/// Brings matters, duties and their plans, notices, attendances and verdicts of a place and of all below it along when
/// the place moves: one of [`places::Followers`]. Who may see and do what with them goes by this path. Answers how many
/// rows it looked at.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, moved: &Moved<'_>) -> Result<u64, DbError> {
    let statements = [
        &matter::store::FOLLOW,
        &duty::store::FOLLOW,
        &duty::store::FOLLOW_PLANS,
        &notice::store::FOLLOW,
        &attendance::store::FOLLOW,
        &verdict::store::FOLLOW,
    ];
    let mut n = 0;
    for statement in statements {
        n += follow(tx, permit, statement, moved)?;
    }
    Ok(n)
}
