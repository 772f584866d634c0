//! Sit down with somebody: find or register them, and say by which way it comes.

use db::{Fault, Tx};
use kernel::{Context, Instant, Kind, PersonId, PlaceId, Refusal, Shape, Source};
use ledger::entry::{Draft, append};
use places::Place;
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{DeskEntry, DeskId, rules, store};
use crate::{find, store as persons};

/// For whom and how, as the worker typed it: a person who is registered, or a new one.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Begin {
    /// The id of a registered person; empty for a new one.
    #[serde(default)]
    pub person: String,
    /// A new person's name, 1 to 60 characters. Kept out of the public log.
    #[serde(default)]
    pub name: String,
    /// How they showed who they are, such as 身份证 or 熟识, at most 60 characters, never a number of a document; empty
    /// when they did not. A new person who did is verified.
    #[serde(default)]
    pub shown: String,
    /// `counter`, `phone`, `paper` or `visit`.
    #[serde(default)]
    pub source: String,
}

/// Who it is for.
enum Who {
    Known(PersonId),
    New(String),
}

/// Begins an entry that is good for half an hour.
///
/// # Errors
/// Refusals `invalid-input`, `sign-in-first`, `place-not-found`, `place-closed`, `person-not-found`, `desk-yourself`,
/// `not-allowed`; database faults.
pub fn begin(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, input: &Begin) -> Result<DeskEntry, Fault> {
    let (who, shown, source) = shaped(input)?;
    let worker = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let place = find::open_place(tx, place)?;
    let permit = authorize(&cx.actor, Action::EnterForAnother, &place.site()?)?;
    let person = match who {
        Who::Known(person) => {
            find::person(tx, &person)?;
            person
        }
        Who::New(name) => register(tx, cx, &place, (&name, &shown))?,
    };
    if person == worker {
        return Err(Refusal::new(Kind::Conflict, "desk-yourself").into());
    }
    let id: DeskId = cx.id(permit.home());
    let (begun, expires) = (cx.now, Instant(cx.now.0.saturating_add(rules::LIFE)));
    let place = place.id;
    let entry =
        DeskEntry { id, worker, person, source, place, begun, expires, ended: None, thing_id: None, receipt: None };
    store::insert(tx, &permit, &entry, (&shown, &cx.day))?;
    let public = json!({ "source": source.as_str() });
    let private = json!({ "entry": entry.id, "worker": entry.worker, "person": entry.person, "shown": shown });
    let subject = entry.place.as_str();
    append(tx, cx, &permit, &Draft { kind: "desk.begun", subject, public: &public, private: Some(&private) })?;
    Ok(entry)
}

fn shaped(input: &Begin) -> Result<(Who, String, Source), Refusal> {
    let mut shape = Shape::new();
    let shown = shape.optional_line("shown", &input.shown, 60);
    let source = input.source.parse().ok().filter(|source| rules::SOURCES.contains(source));
    if source.is_none() {
        shape.error("source", "unknown-choice");
    }
    let who = if input.person.trim().is_empty() {
        Some(Who::New(shape.line("name", &input.name, 60)))
    } else {
        find::id_field(&mut shape, "person", &input.person).map(Who::Known)
    };
    let (Some(who), Some(source)) = shape.finish((who, source))? else { return Err(Refusal::invalid(Vec::new())) };
    Ok((who, shown, source))
}

/// A new person at the place of the desk; verified when they showed who they are.
fn register(tx: &mut Tx<'_>, cx: &mut Context, place: &Place, (name, shown): (&str, &str)) -> Result<PersonId, Fault> {
    let site = place.site()?;
    let permit = authorize(&cx.actor, Action::RegisterPerson, &site)?;
    let id: PersonId = cx.id(permit.home());
    persons::insert_person(tx, &permit, &persons::NewPerson { id: &id, place: place.id.as_str(), name }, cx.now)?;
    if !shown.is_empty() {
        authorize(&cx.actor, Action::VerifyPerson, &site)?;
    }
    let (public, private) = (json!({ "person": id, "place": place.id }), json!({ "name": name }));
    let draft = Draft { kind: "person.registered", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(id)
}
