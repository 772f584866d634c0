//! What several verbs look up first.

use db::{Fault, Snapshot};
use kernel::{Id, Kind, PersonId, PlaceId, Refusal, Shape};
use places::{Place, State};

use crate::store;

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

/// An id that a form or a JSON body holds as text.
pub(crate) fn id_field<K>(shape: &mut Shape, field: &'static str, text: &str) -> Option<Id<K>> {
    let id = text.trim().parse().ok();
    if id.is_none() {
        shape.error(field, if text.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    id
}
