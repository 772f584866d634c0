//! Let the clock of a duty stand, and go on again.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::{Action, authorize};
use serde_json::json;
use work::clock::{Pause, Reckoner};

use super::{Duty, DutyId, State, cancel::Reason, extend, queries, rules};

/// Lets the clock stand from now on, with a reason: while it waits for residents, for a department, for spare parts.
///
/// # Errors
/// Refusals `invalid-input`, `duty-not-found`, `duty-ended`, `duty-is-paused`, `paused-too-often`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn pause(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    id: &DutyId,
    input: &Reason,
) -> Result<Duty, Fault> {
    let words = input.checked()?;
    let mut duty = queries::duty(tx, id)?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &duty.site()?)?;
    rules::expect_open(&duty)?;
    let refused = |code| Err(Refusal::new(Kind::Conflict, code).into());
    if duty.state == State::Paused {
        return refused("duty-is-paused");
    }
    if duty.pauses.len() >= rules::MAX_PAUSES {
        return refused("paused-too-often");
    }
    duty.pauses.push(Pause { from: cx.now, to: None });
    duty.deadline = duty.reckon(reckoner);
    // a clock that has run out, or that names a day, does not stop
    if duty.deadline.is_some() {
        return refused("clock-does-not-stop");
    }
    duty.state = State::Paused;
    let told = extend::Told { kind: "paused", entry: "duty.paused", words: &words, facts: json!({}) };
    extend::store(tx, cx, &permit, &duty, &told)?;
    queries::duty(tx, id)
}

/// Lets it go on.
///
/// # Errors
/// Refusals `duty-not-found`, `duty-ended`, `duty-not-paused`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn resume(tx: &mut Tx<'_>, cx: &mut Context, reckoner: &Reckoner<'_>, id: &DutyId) -> Result<Duty, Fault> {
    let mut duty = queries::duty(tx, id)?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &duty.site()?)?;
    rules::expect_open(&duty)?;
    if duty.state != State::Paused {
        return Err(Refusal::new(Kind::Conflict, "duty-not-paused").into());
    }
    if let Some(last) = duty.pauses.last_mut() {
        last.to = Some(cx.now);
    }
    duty.deadline = duty.reckon(reckoner);
    duty.state = State::Open;
    let facts = json!({ "to": duty.deadline.as_ref().map(|d| d.day.as_str()) });
    let told = extend::Told { kind: "resumed", entry: "duty.resumed", words: "", facts };
    extend::store(tx, cx, &permit, &duty, &told)?;
    queries::duty(tx, id)
}
