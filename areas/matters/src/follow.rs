//! What this area keeps at places has the way down from the root; when a place moves, it goes along.

use db::{DbError, Tx};
use places::{Moved, follow};
use rights::Permit;

use crate::{attendance, duty, matter, notice, verdict};

/// Brings matters, duties and their plans, notices, attendances and verdicts of a place and of all below it along when
/// the place moves: one of [`places::Followers`]. Answers true when matters, duties or attendances are left over for the
/// job; until it is done lists of these go by the places' own paths ([`places::queries::around`]).
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, moved: &Moved<'_>) -> Result<bool, DbError> {
    for statement in [&duty::store::FOLLOW_PLANS, &notice::store::FOLLOW, &verdict::store::FOLLOW] {
        follow(tx, permit, statement, &moved.whole())?;
    }
    let mut more = false;
    for statement in [&matter::store::FOLLOW, &duty::store::FOLLOW, &attendance::store::FOLLOW] {
        more |= follow(tx, permit, statement, moved)?;
    }
    Ok(more)
}
