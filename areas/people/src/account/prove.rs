//! Exchange a code for a ticket.

use db::{Fault, Tx};
use kernel::{Context, Instant, Kind, PersonId, Refusal};

use super::{
    Challenge, Contact, Ticket,
    ask::{self, Purpose, digest, hash, permitted},
    store,
};

/// What became of a try. A wrong one is no fault of the transaction: it must be kept, or it would not be counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proved {
    /// The code was right.
    Right(Ticket),
    /// It was not; so many tries are left.
    Wrong {
        /// Tries that are left.
        left: u32,
    },
    /// There is no code for this challenge, or it has ended: used, ten minutes old, tried five times.
    Gone,
}

impl Proved {
    /// The ticket.
    ///
    /// # Errors
    /// Refusals `wrong-code` with the tries that are left, `code-gone`.
    pub fn ticket(self) -> Result<Ticket, Refusal> {
        match self {
            Proved::Right(ticket) => Ok(ticket),
            Proved::Wrong { left } => Err(Refusal::new(Kind::Conflict, "wrong-code").with_int("left", i64::from(left))),
            Proved::Gone => Err(Refusal::new(Kind::Conflict, "code-gone")),
        }
    }
}

/// A code as somebody typed it.
#[derive(Debug, Clone)]
pub struct Prove {
    /// The contact to which it was sent.
    pub contact: String,
    /// What the browser got when it asked: [`Challenge::to_text`].
    pub challenge: String,
    /// Six digits; spaces and full-width digits are taken.
    pub code: String,
    /// What it was asked for.
    pub purpose: Purpose,
}

/// Tries a code. Each try is counted before it is compared, in one guarded update, so that a thousand at once are five.
/// The same right code again within a minute gives the same ticket: a double tap.
///
/// # Errors
/// Refusals `invalid-input`, `sign-in-first`, `not-allowed`; database faults.
pub fn prove(tx: &mut Tx<'_>, cx: &Context, input: &Prove) -> Result<Proved, Fault> {
    let contact = super::rules::contact("contact", &input.contact)?;
    let code = super::rules::code("code", &input.code)?;
    let (_, asker) = permitted(cx, input.purpose)?;
    let asked = (input.purpose.as_str(), asker.as_ref().map_or("", PersonId::as_str));
    let Some(challenge) = Challenge::parse(&input.challenge).map(|challenge| ask::kept(&challenge)) else {
        return Ok(Proved::Gone);
    };
    let found = store::try_code(tx, &challenge, &contact, asked, cx.now)?;
    let Some((salt, wanted, left)) = found else { return Ok(Proved::Gone) };
    if digest(&salt, &contact, &code) != wanted {
        return Ok(Proved::Wrong { left });
    }
    // made of the salt, which nobody outside knows, so that a double tap gets the same one
    let ticket = hash("linli.ticket/v1", &[&salt, contact.as_str().as_bytes(), code.as_bytes()]);
    let kept = store::accept_code(tx, &challenge, &kept(&ticket), cx.now)?;
    Ok(if kept { Proved::Right(Ticket(ticket)) } else { Proved::Gone })
}

fn kept(ticket: &[u8; 32]) -> [u8; 32] {
    hash("linli.ticket-kept/v1", &[ticket])
}

/// The contact that a ticket stands for, and whom it has served.
///
/// # Errors
/// Refusal `code-gone`; database faults.
pub(crate) fn granted(
    s: &mut db::Snapshot<'_>,
    ticket: &Ticket,
    purpose: Purpose,
    asker: Option<&PersonId>,
    now: Instant,
) -> Result<(Contact, Option<PersonId>), Fault> {
    let found = store::by_ticket(s, &kept(&ticket.0), now)?;
    let found = found.filter(|g| g.purpose == purpose.as_str() && g.asker == asker.map_or("", PersonId::as_str));
    match found {
        Some(granted) => Ok((granted.contact, granted.used_by)),
        None => Err(Refusal::new(Kind::Conflict, "code-gone").into()),
    }
}

/// Spends a ticket for a person.
///
/// # Errors
/// Refusal `code-gone` when it has served somebody else, or the same person more than a minute ago; database faults.
pub(crate) fn spend(tx: &mut Tx<'_>, ticket: &Ticket, person: &PersonId, now: Instant) -> Result<(), Fault> {
    if store::use_ticket(tx, &kept(&ticket.0), person, now)? {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "code-gone").into())
}
