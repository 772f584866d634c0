//! An owner casts the ballot of a unit on a page, where the rules admit it.

use consent::Channel;
use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape, Site};
use rights::{Action, Resource, authorize};
use serde::Deserialize;

use super::{Cast, Door, admitted, choice_of, no_door, paper::put, store};
use crate::{
    register::site,
    round::{Round, RoundId, State, meanwhile, not_found, rules, store as rounds},
};

/// A ballot as an owner casts it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CastOnline {
    /// The unit.
    pub unit: String,
    /// `agree`, `disagree` or `abstain`.
    pub choice: String,
}

/// The doors of a round that somebody owns by the roll of residents at its place, above it or below it.
///
/// # Errors
/// Database faults.
pub fn doors_of(s: &mut Snapshot<'_>, round: &Round, person: &PersonId) -> Result<Vec<Door>, Fault> {
    let here = site(s, &round.place)?;
    let owned = people::resident::queries::owned_by(s, person)?.into_iter();
    let near = owned.filter(|(place, _)| *place == here.place || here.above.contains(place));
    let units: Vec<String> = near.map(|(_, flat)| flat.trim().to_owned()).collect();
    Ok(store::doors_of(s, &round.id, &units)?)
}

/// The owner's door of that unit.
///
/// # Errors
/// Refusals `door-not-found`, `not-your-unit`; database faults.
pub(crate) fn own_door(s: &mut Snapshot<'_>, (round, unit): (&Round, &str), person: &PersonId) -> Result<Door, Fault> {
    let own = doors_of(s, round, person)?;
    if let Some(door) = own.into_iter().find(|door| door.unit == unit) {
        return Ok(door);
    }
    store::door_of(s, &round.id, unit)?.ok_or_else(no_door)?;
    Err(Refusal::new(Kind::Forbidden, "not-your-unit").into())
}

/// Casts the ballot of a unit that the actor owns. The same of the same person again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `channel-not-admitted`, `door-not-found`,
/// `not-your-unit`, `unit-has-voted`, `changed-meanwhile`, `sign-in-first`, `not-allowed`; database faults.
pub fn cast(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &CastOnline) -> Result<Door, Fault> {
    let round = rounds::held(tx, id)?.ok_or_else(not_found)?;
    let me = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let site: Site = site(tx, &round.place)?;
    let permit = authorize(&cx.actor, Action::CastBallot, Resource::of(site.home).owned_by(Some(&me)))?;
    rules::expect(&round, &[State::Open])?;
    admitted(&round, cx, Channel::Online)?;
    let mut shape = Shape::new();
    let unit = shape.line("unit", &input.unit, crate::register::MAX_NUMBER);
    let choice = choice_of(&input.choice).filter(|choice| *choice != consent::Choice::Invalid);
    if choice.is_none() {
        shape.error("choice", if input.choice.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let unit = shape.finish(unit)?;
    let door = own_door(tx, (&round, &unit), &me)?;
    let choice = choice.unwrap_or(consent::Choice::Invalid);
    if store::stands(tx, id, &door, (&me, choice))? {
        return Ok(door);
    }
    let cast = Cast {
        choice,
        channel: Channel::Online,
        instruction: String::new(),
        by: Some(me),
        second: cx.entered_by().cloned(),
        decided: None,
    };
    put(tx, cx, &permit, (&round, &door), &cast)?;
    store::touch(tx, &permit, id)?.then_some(()).ok_or_else(meanwhile)?;
    Ok(door)
}
