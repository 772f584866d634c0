//! Duties that a post owes: it counts them, and does not end while there are any.

use db::{DbError, Fault, Tx};
use kernel::{Day, Kind, Refusal};
use rights::Permit;

use super::{PostId, store};

/// Counts a duty that the post takes on, in the transaction that gives or hands over the duty. A stand-in meets the
/// duties of the post and holds none.
///
/// # Errors
/// Refusals `post-ended` (also for a stand-in's post, or one that is not there); database faults.
pub fn hold_duty(tx: &mut Tx<'_>, permit: &Permit, post: &PostId, day: &Day) -> Result<(), Fault> {
    if store::hold_duty(tx, permit, post, day)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "post-ended").into())
}

/// Counts a duty that the post no longer owes: met, withdrawn or handed over, in the transaction that does so. A post
/// that ran out may still release what it owed.
///
/// # Errors
/// [`DbError::Data`] when the post owes nothing, which is a mistake of the caller; database faults.
pub fn release_duty(tx: &mut Tx<'_>, permit: &Permit, post: &PostId) -> Result<(), Fault> {
    if store::release_duty(tx, permit, post)? {
        return Ok(());
    }
    Err(DbError::Data(format!("post {post} releases a duty that it does not owe")).into())
}
