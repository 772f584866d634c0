//! Add a contact to one's own account.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};

use super::{Contact, Ticket, ask::Purpose, enter, mine, prove, rules, store};

/// Adds the contact of the ticket to the account of whoever has signed in. With a mobile telephone they are verified.
///
/// # Errors
/// Refusals `sign-in-first`, `code-gone`, `contact-full`, `too-many-contacts`, `changed-meanwhile`; database faults.
pub fn add_contact(tx: &mut Tx<'_>, cx: &mut Context, ticket: &Ticket) -> Result<Contact, Fault> {
    let (permit, account) = mine::mine(tx, cx)?;
    let me = account.person;
    let (contact, _) = prove::granted(tx, ticket, Purpose::AddContact, Some(&me), cx.now)?;
    prove::spend(tx, ticket, &me, cx.now)?;
    let mine = store::contacts(tx, &me)?;
    if mine.iter().all(|reached| reached.contact != contact) {
        if mine.len() >= rules::MAX_CONTACTS {
            let refusal = Refusal::new(Kind::LimitReached, "too-many-contacts");
            return Err(refusal.with_int("limit", rules::MAX_CONTACTS as i64).into());
        }
        enter::attach(tx, cx, &contact, &me, true)?;
        mine::tell(tx, cx, &permit, "account.contact-added", &me)?;
    }
    enter::note_verified(tx, cx, &permit, &contact, &me)?;
    Ok(contact)
}
