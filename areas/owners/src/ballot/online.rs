//! The ballot of a unit is cast on a page, where the rules admit it: by its owner who has signed in, or by the code of a letter.

use consent::Channel;
use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape, Site};
use ledger::entry::EntryId;
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;

use super::{Cast, Door, admitted, choice_of, letters, no_door, paper::put, store};
use crate::{
    register::site,
    round::{Round, RoundId, State, meanwhile, not_found, rules, store as rounds},
};

/// A ballot as an owner casts it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CastOnline {
    /// The unit; a code needs none.
    pub unit: String,
    /// `agree`, `disagree` or `abstain`.
    pub choice: String,
    /// The code of a letter; empty for an owner who has signed in.
    pub code: String,
}

/// A ballot that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The door as it was before.
    pub door: Door,
    /// The entry that tells of it: its receipt.
    pub receipt: Option<EntryId>,
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
fn own_door(s: &mut Snapshot<'_>, (round, unit): (&Round, &str), person: &PersonId) -> Result<Door, Fault> {
    let own = doors_of(s, round, person)?;
    if let Some(door) = own.into_iter().find(|door| door.unit == unit) {
        return Ok(door);
    }
    store::door_of(s, &round.id, unit)?.ok_or_else(no_door)?;
    Err(Refusal::new(Kind::Forbidden, "not-your-unit").into())
}

/// Who speaks for a unit: an owner who has signed in, or nobody by name where a letter's code does.
#[derive(Debug)]
pub(crate) struct Speaks {
    pub permit: Permit,
    /// The owner; none with a code.
    pub by: Option<PersonId>,
}

/// The right to speak for a unit of a round: a code gives it to whoever has it.
///
/// # Errors
/// Refusals `sign-in-first`, `not-allowed`; database faults.
pub(crate) fn speaks(tx: &mut Tx<'_>, cx: &Context, (round, code): (&Round, &str)) -> Result<Speaks, Fault> {
    let site: Site = site(tx, &round.place)?;
    if !code.is_empty() {
        return Ok(Speaks { permit: authorize(&cx.actor, Action::CastBallot, site.home)?, by: None });
    }
    let me = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let permit = authorize(&cx.actor, Action::CastBallot, Resource::of(site.home).owned_by(Some(&me)))?;
    Ok(Speaks { permit, by: Some(me) })
}

/// The door that somebody speaks for.
///
/// # Errors
/// Refusals `invalid-input` for a code, `door-not-found`, `not-your-unit`; database faults.
pub(crate) fn door_for(
    s: &mut Snapshot<'_>,
    round: &Round,
    (unit, code): (&str, &str),
    speaks: &Speaks,
) -> Result<Door, Fault> {
    match &speaks.by {
        Some(me) => own_door(s, (round, unit), me),
        None => letters::door_of(s, round, code),
    }
}

/// Casts the ballot of a unit that the actor owns, or of the unit of a code. The same by the same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `vote-days-over`, `round-vote-over`, `channel-not-admitted`,
/// `door-not-found`, `not-your-unit`, `unit-has-voted`, `changed-meanwhile`, `sign-in-first`, `not-allowed`; database faults.
pub fn cast(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &CastOnline) -> Result<Taken, Fault> {
    let round = rounds::held(tx, id)?.ok_or_else(not_found)?;
    let code = input.code.trim();
    let speaks = speaks(tx, cx, (&round, code))?;
    rules::expect(&round, &[State::Open])?;
    admitted(&round, cx, Channel::Online)?;
    rules::may_cast(rules::Time::of(&round, &round.terms(&cx.day)?), &cx.day)?;
    let mut shape = Shape::new();
    let unit = match code {
        "" => shape.line("unit", &input.unit, crate::register::MAX_NUMBER),
        _ => String::new(),
    };
    let choice = choice_of(&input.choice).filter(|choice| *choice != consent::Choice::Invalid);
    if choice.is_none() {
        shape.error("choice", if input.choice.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let unit = shape.finish(unit)?;
    let door = door_for(tx, &round, (&unit, code), &speaks)?;
    let choice = choice.unwrap_or(consent::Choice::Invalid);
    let Speaks { permit, by } = speaks;
    if store::stands(tx, id, &door, (by.as_ref(), choice))? {
        let receipt = store::receipt_of(tx, id, &door)?;
        return Ok(Taken { door, receipt });
    }
    let cast = Cast {
        choice,
        channel: Channel::Online,
        instruction: String::new(),
        by,
        second: cx.entered_by().cloned(),
        decided: None,
    };
    let receipt = put(tx, cx, &permit, (&round, &door), &cast)?;
    store::touch(tx, &permit, id)?.then_some(()).ok_or_else(meanwhile)?;
    Ok(Taken { door, receipt: Some(receipt) })
}
