//! Come in with a ticket: as somebody the contact serves, or as somebody new.

use db::{DbError, Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{
    Contact, Served, Ticket,
    ask::{Purpose, hash},
    prove, rules, store,
};
use crate::{
    session::{self, How, Token},
    store as persons,
};

/// Who comes in.
#[derive(Debug, Clone)]
pub enum Who {
    /// Somebody who has come in by this contact before.
    Known(PersonId),
    /// Somebody who says their name: one whom a roll names with this contact and exactly this name, else a new person.
    Named {
        /// 1 to 60 characters.
        name: String,
        /// Where they live; the root of the first tree where nothing is said.
        place: Option<PlaceId>,
    },
}

/// Comes in.
#[derive(Debug, Clone)]
pub struct Enter {
    /// What the right code was exchanged for.
    pub ticket: Ticket,
    /// Who.
    pub who: Who,
    /// The device, as [`session::device`] names it.
    pub device: String,
}

/// Whom a ticket's contact serves and has served before; those whom only a file names are not shown, so that a number
/// that has changed hands tells nothing.
///
/// # Errors
/// Refusal `code-gone`; database faults.
pub fn choices(s: &mut Snapshot<'_>, cx: &Context, ticket: &Ticket) -> Result<(Contact, Vec<PersonId>), Fault> {
    let (contact, _) = prove::granted(s, ticket, Purpose::SignIn, None, cx.now)?;
    let served = store::served(s, &contact)?;
    let known = served.into_iter().filter(|served| served.verified).map(|served| served.person);
    Ok((contact, known.collect()))
}

/// Makes a session. Registers the person where there is none, notes that the contact is theirs, and with a mobile
/// telephone that they are verified. The same ticket for the same person within a minute is the same session.
///
/// # Errors
/// Refusals `code-gone`, `not-on-this-contact`, `contact-full`, `place-not-found`, `invalid-input`,
/// `changed-meanwhile`; database faults.
pub fn enter(tx: &mut Tx<'_>, cx: &mut Context, input: &Enter) -> Result<(Token, PersonId), Fault> {
    authorize(&cx.actor, Action::SignIn, store::NOWHERE)?;
    let (contact, used_by) = prove::granted(tx, &input.ticket, Purpose::SignIn, None, cx.now)?;
    let served = store::served(tx, &contact)?;
    let is_repeat = used_by.is_some();
    let person = match (&input.who, used_by) {
        (Who::Known(person), _) => known(&served, person)?,
        // the second half of a double tap
        (Who::Named { .. }, Some(person)) => person,
        (Who::Named { name, place }, None) => named(tx, cx, &contact, &served, (name, place.as_ref()))?,
    };
    prove::spend(tx, &input.ticket, &person, cx.now)?;
    let permit = authorize(&cx.actor, Action::SignIn, person.home())?;
    note_verified(tx, cx, &permit, &contact, &person)?;
    let token = Token(hash("linli.session/v1", &[&input.ticket.0, person.as_str().as_bytes()]));
    if is_repeat {
        // the second half of a double tap finds its session; one that was ended meanwhile stays ended
        let is_there = session::start::is_there(tx, &token)?;
        return if is_there { Ok((token, person)) } else { Err(Refusal::new(Kind::Conflict, "code-gone").into()) };
    }
    session::start::start(
        tx,
        cx,
        &permit,
        &session::start::New { person: &person, token: &token, device: &input.device, how: How::Code },
    )?;
    Ok((token, person))
}

fn known(served: &[Served], person: &PersonId) -> Result<PersonId, Refusal> {
    let found = served.iter().find(|served| served.verified && served.person == *person);
    found.map(|served| served.person.clone()).ok_or_else(|| Refusal::new(Kind::Forbidden, "not-on-this-contact"))
}

/// A person whom a file names with this contact and this name, else a new one.
pub(crate) fn named(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    contact: &Contact,
    served: &[Served],
    typed: (&str, Option<&PlaceId>),
) -> Result<PersonId, Fault> {
    let (name, _) = rules::names(typed.0, "")?;
    // eight at most
    for candidate in served.iter().filter(|served| !served.verified) {
        if store::name(tx, &candidate.person)?.is_some_and(|known| same_name(&known, &name)) {
            return Ok(candidate.person.clone());
        }
    }
    let place = match typed.1 {
        Some(place) => places::queries::show(tx, place)?,
        None => places::queries::list(tx, None)?.into_iter().next(),
    };
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::SignIn, place.home)?;
    let person: PersonId = cx.id(place.home);
    let new = persons::NewPerson { id: &person, place: place.id.as_str(), name: &name };
    persons::insert_person(tx, &permit, &new, cx.now)?;
    let (public, private) = (json!({ "person": person, "place": place.id }), json!({ "name": name }));
    let draft = Draft { kind: "person.registered", subject: person.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    attach(tx, cx, contact, &person, true)?;
    Ok(person)
}

/// Names are the same when only spaces differ.
fn same_name(known: &str, typed: &str) -> bool {
    let bare = |name: &str| name.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    bare(known) == bare(typed)
}

/// Puts the contact to the person, in the first free of its slots.
///
/// # Errors
/// Refusals `contact-full`, `changed-meanwhile`; database faults.
pub(crate) fn attach(
    tx: &mut Tx<'_>,
    cx: &Context,
    contact: &Contact,
    person: &PersonId,
    verified: bool,
) -> Result<(), Fault> {
    let full = || Refusal::new(Kind::LimitReached, "contact-full").with_int("limit", super::MAX_PERSONS as i64);
    let slot = store::free_slot(tx, contact)?.ok_or_else(full)?;
    match store::add_contact(tx, cx, contact, slot, (person, verified)) {
        Err(DbError::Unique(_)) => Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => Ok(other?),
    }
}

/// Notes that the person has read a code from the contact, and tells the log when that makes them verified.
pub(crate) fn note_verified(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    contact: &Contact,
    person: &PersonId,
) -> Result<(), Fault> {
    let day = cx.day.clone();
    store::verify_contact(tx, permit, contact, person, &day)?;
    let account = store::account(tx, person)?.ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?;
    let how = rules::verified_by(contact, account.verified);
    if how == account.verified {
        return Ok(());
    }
    store::verify(tx, permit, person, how, Some(&day))?;
    super::verify::tell(tx, cx, permit, person, how)
}
