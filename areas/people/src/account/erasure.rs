//! Ask to be forgotten.

use db::{Fault, Tx};
use kernel::Context;

use super::{mine, store};

/// Notes the wish (Personal Information Protection Law, art. 47). What must be kept (votes, vouchers, service records)
/// is then restricted instead of deleted; who handles the wish decides that, not this verb.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn ask_erasure(tx: &mut Tx<'_>, cx: &mut Context) -> Result<(), Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    let day = cx.day.clone();
    if store::ask_erasure(tx, &permit, &account.person, &day)? {
        mine::tell(tx, cx, &permit, "account.erasure-asked", &account.person)?;
    }
    Ok(())
}
