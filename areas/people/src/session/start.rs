//! Begin a session.

use db::{DbError, Fault, Snapshot, Tx};
use kernel::{Context, PersonId};
use rights::Permit;

use super::{How, Token, device, store};

/// A session to begin.
#[derive(Debug)]
pub(crate) struct New<'a> {
    /// Whose.
    pub person: &'a PersonId,
    /// A token that nobody has used before: signing in never takes over what a browser brought.
    pub token: &'a Token,
    /// The device's label.
    pub device: &'a str,
    /// How they signed in.
    pub how: How,
}

/// Begins the session and notes the sign-in. Called inside the verbs of `account` that know who it is.
///
/// # Errors
/// Database faults.
pub(crate) fn start(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, new: &New<'_>) -> Result<(), Fault> {
    let device: String = new.device.chars().filter(|c| !c.is_control()).take(device::MAX_LABEL).collect();
    if store::start(tx, cx, permit, new.person, (&new.token.digest(), &device))? {
        store::note(tx, cx, permit, new.person, (new.how.as_str(), &device))?;
    }
    Ok(())
}

/// Whether the session of this token is there.
///
/// # Errors
/// [`DbError`] of the statement.
pub(crate) fn is_there(s: &mut Snapshot<'_>, token: &Token) -> Result<bool, DbError> {
    Ok(store::by_token(s, &token.digest())?.is_some())
}
