//! What several verbs look up first.

use db::{DbError, Fault, Snapshot};
use kernel::{Home, Id, Kind, PersonId, PlaceId, Refusal, Shape};
use places::{Place, State};

use crate::{account::Contact, store};

/// A place in its present version.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub(crate) fn place(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Place, Fault> {
    let found = places::queries::show(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// A place that is in force.
///
/// # Errors
/// Refusals `place-not-found`, `place-closed`; database faults.
pub(crate) fn open_place(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Place, Fault> {
    let place = place(s, id)?;
    if place.state == State::Open {
        return Ok(place);
    }
    Err(Refusal::new(Kind::Conflict, "place-closed").with_text("place", &*place.shown).into())
}

/// The name of a registered person.
///
/// # Errors
/// Refusal `person-not-found`; database faults.
pub(crate) fn person(s: &mut Snapshot<'_>, id: &PersonId) -> Result<String, Fault> {
    let found = store::name_of(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?)
}

/// Somebody who may be meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// Where they are registered.
    pub place: String,
}

/// Who is meant: the one who was chosen, else those with exactly this name in the home, 20 at most. Nobody is found by a
/// part of a name, so that the box is no way to leaf through the residents.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn candidates(
    s: &mut Snapshot<'_>,
    home: Home,
    (typed, chosen): (&str, Option<&PersonId>),
) -> Result<Vec<Candidate>, DbError> {
    if let Some(chosen) = chosen {
        return Ok(store::candidate(s, chosen)?.into_iter().collect());
    }
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    store::candidates(s, home, typed)
}

/// [`candidates`], at a desk also by a whole mobile telephone or mail address: whoever comes with a telephone is found by
/// it, and not registered a second time.
///
/// # Errors
/// [`DbError`] of the statements.
pub(crate) fn at_desk(
    s: &mut Snapshot<'_>,
    home: Home,
    (typed, chosen): (&str, Option<&PersonId>),
) -> Result<Vec<Candidate>, DbError> {
    match Contact::parse(typed) {
        Some(contact) if chosen.is_none() => store::served_by(s, home, &contact),
        _ => candidates(s, home, (typed, chosen)),
    }
}

/// An id that a form or a JSON body holds as text.
pub(crate) fn id_field<K>(shape: &mut Shape, field: &'static str, text: &str) -> Option<Id<K>> {
    let id = text.trim().parse().ok();
    if id.is_none() {
        shape.error(field, if text.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    id
}
