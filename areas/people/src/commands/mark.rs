//! Mark a voter as having voted.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::Permit;

use crate::{Mark, VoterKey, store};

/// Marks the voter, by their own key or that of a letter's code, in the ballot's own transaction: one person one ballot, by a guarded update.
///
/// # Errors
/// Refusals `not-on-the-roll`, `already-voted`; database faults.
pub fn mark(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, scope: &str, key: VoterKey) -> Result<Mark, Fault> {
    if let Some(mark) = store::mark(tx, permit, scope, key, &cx.day)? {
        return Ok(mark);
    }
    let refusal = if store::has_voted(tx, permit.home(), scope, key)?.is_some() {
        Refusal::new(Kind::Conflict, "already-voted")
    } else {
        Refusal::new(Kind::Forbidden, "not-on-the-roll")
    };
    Err(refusal.into())
}
