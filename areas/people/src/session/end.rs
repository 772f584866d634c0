//! End sessions.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use rights::Permit;

use super::{SessionId, Token, store};
use crate::account;

/// Ends the session of this token: signing out. Whoever holds a token may end it; an unknown one ends nothing.
///
/// # Errors
/// Database faults.
pub fn this(tx: &mut Tx<'_>, token: &Token) -> Result<(), Fault> {
    store::end(tx, &token.digest())?;
    Ok(())
}

/// Ends one of one's own sessions, such as that of a lost telephone.
///
/// # Errors
/// Refusals `sign-in-first`, `session-not-found`; database faults.
pub fn one(tx: &mut Tx<'_>, cx: &Context, id: &SessionId) -> Result<(), Fault> {
    let (permit, me) = account::own(cx)?;
    if !store::end_one(tx, &permit, &me, id)? {
        return Err(Refusal::new(Kind::NotFound, "session-not-found").into());
    }
    Ok(())
}

/// Signs out everywhere; answers how many sessions ended.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn everywhere(tx: &mut Tx<'_>, cx: &Context) -> Result<u64, Fault> {
    let (permit, me) = account::own(cx)?;
    Ok(store::end_all(tx, &permit, &me)?)
}

/// Ends all sessions of a person but this one.
pub(crate) fn others(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId, this: &Token) -> Result<u64, Fault> {
    Ok(store::end_others(tx, permit, person, &this.digest())?)
}
