//! Sit down with somebody: find or register them, and say by which way it comes.

use db::{Fault, Tx};
use kernel::{Context, Instant, Kind, PersonId, PlaceId, Refusal, Shape, Source};
use ledger::entry::{Draft, append};
use rights::{Action, authorize, reach};
use serde::Deserialize;
use serde_json::json;

use super::{DeskEntry, DeskId, rules, store};
use crate::{
    account::{
        self,
        register::{Register, register},
        verify::{DOCUMENTS, Verify, verify},
    },
    find,
};

/// For whom and how, as the worker typed it: a person who is registered, or a new one.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Begin {
    /// The id of a registered person; empty for a new one.
    #[serde(default)]
    pub person: String,
    /// A new person's name, 1 to 60 characters. Kept out of the public log.
    #[serde(default)]
    pub name: String,
    /// A new person's mobile telephone or mail address, if they have one. Somebody of this name whom it serves already
    /// is meant, and not registered twice.
    #[serde(default)]
    pub contact: String,
    /// How they showed who they are: one of [`DOCUMENTS`], never a number of a document; empty when they did not. Who
    /// did is verified from now on.
    #[serde(default)]
    pub shown: String,
    /// `counter`, `phone`, `paper` or `visit`.
    #[serde(default)]
    pub source: String,
}

/// Who it is for.
enum Who {
    Known(PersonId),
    New(Register),
}

/// Begins an entry that is good for half an hour.
///
/// # Errors
/// Refusals `invalid-input`, `sign-in-first`, `place-not-found`, `place-closed`, `person-not-found`, `desk-yourself`,
/// `desk-out-of-reach` (registered elsewhere, and on no roll here), `contact-full`, `changed-meanwhile`, `not-allowed` (also for who is registered at a place where the worker checks
/// nobody, when they showed who they are); database faults.
pub fn begin(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, input: &Begin) -> Result<DeskEntry, Fault> {
    let (who, shown, source) = shaped(input)?;
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let place = find::open_place(tx, place)?;
    let site = place.site()?;
    let permit = authorize(&cx.actor, Action::EnterForAnother, &site)?;
    let person = match who {
        Who::Known(person) => {
            find::person(tx, &person)?;
            person
        }
        // whom the same contact serves already is meant, and may be at home elsewhere
        Who::New(new) => register(tx, cx, &site, &new)?,
    };
    if person == worker {
        return Err(Refusal::new(Kind::Conflict, "desk-yourself").into());
    }
    let reach = cx.actor.principal().map_or_else(Vec::new, |worker| reach(worker, Action::EnterForAnother));
    rules::is_served(&store::at_home(tx, &person)?, &reach)?;
    if !shown.is_empty() {
        checked(tx, cx, &person, &shown)?;
    }
    let id: DeskId = cx.id(permit.home());
    let (begun, expires) = (cx.now, Instant(cx.now.0.saturating_add(rules::LIFE)));
    let place = place.id;
    let entry = DeskEntry {
        id,
        worker,
        person,
        source,
        place,
        begun,
        expires,
        ended: None,
        thing_id: None,
        receipt: None,
        sent: None,
    };
    store::insert(tx, &permit, &entry, (&shown, &cx.day))?;
    let public = json!({ "source": source.as_str() });
    let private = json!({ "entry": entry.id, "worker": entry.worker, "person": entry.person, "shown": shown });
    let subject = entry.place.as_str();
    append(tx, cx, &permit, &Draft { kind: "desk.begun", subject, public: &public, private: Some(&private) })?;
    Ok(entry)
}

/// Notes that the worker saw who it is, at the place where the person is registered.
///
/// # Errors
/// Refusals `person-not-found`, `not-allowed`, `not-oneself`, `invalid-input`; database faults.
fn checked(tx: &mut Tx<'_>, cx: &mut Context, person: &PersonId, document: &str) -> Result<(), Fault> {
    let site = account::queries::site_of(tx, person)?;
    let site = site.ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?;
    verify(tx, cx, &site, person, &Verify { document: document.to_owned() })
}

/// Notes it for the person of an entry that has begun.
///
/// # Errors
/// Refusals `sign-in-first`, `desk-not-found`, `desk-ended`, `desk-expired`, and those of checking; database faults.
pub fn checked_later(tx: &mut Tx<'_>, cx: &mut Context, id: &DeskId, document: &str) -> Result<(), Fault> {
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let person = super::take(tx, id, &worker, cx.now)?.person;
    checked(tx, cx, &person, document)
}

fn shaped(input: &Begin) -> Result<(Who, String, Source), Refusal> {
    let mut shape = Shape::new();
    let shown = input.shown.trim().to_owned();
    if !shown.is_empty() && !DOCUMENTS.contains(&shown.as_str()) {
        shape.error("shown", "unknown-choice");
    }
    let source = input.source.parse().ok().filter(|source| rules::SOURCES.contains(source));
    if source.is_none() {
        shape.error("source", "unknown-choice");
    }
    let who = if input.person.trim().is_empty() {
        let name = shape.line("name", &input.name, account::rules::MAX_NAME);
        Some(Who::New(Register { name, contact: input.contact.clone() }))
    } else {
        find::id_field(&mut shape, "person", &input.person).map(Who::Known)
    };
    let (Some(who), Some(source)) = shape.finish((who, source))? else { return Err(Refusal::invalid(Vec::new())) };
    Ok((who, shown, source))
}
