//! Matters and duties keep the way down from the root; when a place moves, they go along.

use db::{DbError, Tx};
use rights::Permit;

/// Lets matters, duties and plans follow a place that moved from the path `old` to the path `new`, with everything
/// below it, in the permit's home and in the transaction that moves it. Answers how many rows moved.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn follow_place(tx: &mut Tx<'_>, permit: &Permit, old: &str, new: &str) -> Result<u64, DbError> {
    let matters = crate::matter::store::follow_place(tx, permit, old, new)?;
    Ok(matters + crate::duty::store::follow(tx, permit, old, new)?)
}
