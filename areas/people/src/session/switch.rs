//! Act for somebody else, or for oneself again.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};

use super::{Token, store};
use crate::{account, consent};

/// From now on this session acts for `giver` (with their consent in force), or for nobody but its person.
///
/// # Errors
/// Refusals `sign-in-first`, `no-consent`, `session-not-found`; database faults.
pub fn switch(tx: &mut Tx<'_>, cx: &Context, token: &Token, giver: Option<&PersonId>) -> Result<(), Fault> {
    let (permit, me) = account::own(cx)?;
    if let Some(giver) = giver
        && !consent::store::hold(tx, giver, &me, consent::Purpose::ActFor)?
    {
        return Err(Refusal::new(Kind::Forbidden, "no-consent").into());
    }
    if !store::switch(tx, &permit, &me, &token.digest(), giver)? {
        return Err(Refusal::new(Kind::NotFound, "session-not-found").into());
    }
    Ok(())
}
