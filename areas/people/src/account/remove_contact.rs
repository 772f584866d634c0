//! Take a contact off one's own account.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};

use super::{VerifiedHow, mine, rules, store, verify};

/// Takes the contact off. Who was verified by their only telephone is so no longer. The last verified contact stays,
/// for nobody could come in without it.
///
/// # Errors
/// Refusals `sign-in-first`, `invalid-input`, `last-contact`, `contact-not-found`; database faults.
pub fn remove_contact(tx: &mut Tx<'_>, cx: &mut Context, typed: &str) -> Result<(), Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    let contact = rules::contact("contact", typed)?;
    let mine = store::contacts(tx, &account.person)?;
    rules::may_remove(&account, &mine, &contact)?;
    if !store::remove_contact(tx, &permit, &contact, &account.person)? {
        return Err(Refusal::new(Kind::NotFound, "contact-not-found").into());
    }
    mine::tell(tx, cx, &permit, "account.contact-removed", &account.person)?;
    let left: Vec<_> = mine.into_iter().filter(|reached| reached.contact != contact).collect();
    let how = rules::verified_with(&left);
    if account.verified != VerifiedHow::Desk && how != account.verified {
        let day = account.verified_day.filter(|_| how != VerifiedHow::No);
        store::verify(tx, &permit, &account.person, how, day.as_ref())?;
        verify::tell(tx, cx, &permit, &account.person, how)?;
    }
    Ok(())
}
