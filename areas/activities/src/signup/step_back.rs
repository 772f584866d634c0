//! Step back, and move up.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde_json::json;

use super::{SignUp, SignUpId, State, join, store};
use crate::{
    ActivityId,
    activity::{queries, store as activities},
    checkin,
};

/// Steps back by oneself. Whoever waited longest moves up.
///
/// # Errors
/// Refusals `activity-not-found`, `not-signed-up`, `sign-in-first`; database faults.
pub fn step_back(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId) -> Result<SignUp, Fault> {
    activities::held(tx, id)?.ok_or_else(queries::not_found)?;
    let (permit, person) = join::own(cx, id)?;
    let row = store::of_person(tx, id, &person)?.ok_or_else(nobody)?;
    leave(tx, cx, &permit, id, row)
}

/// Strikes somebody from the list: whoever holds the activity.
///
/// # Errors
/// Refusals `activity-not-found`, `not-signed-up`, `not-allowed`; database faults.
pub fn take_out(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, of: &SignUpId) -> Result<SignUp, Fault> {
    let (.., permit) = checkin::take::permit(tx, cx, id)?;
    let row = store::sign_up(tx, id, of)?.ok_or_else(nobody)?;
    leave(tx, cx, &permit, id, row)
}

fn nobody() -> Refusal {
    Refusal::new(Kind::NotFound, "not-signed-up")
}

fn leave(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, id: &ActivityId, row: SignUp) -> Result<SignUp, Fault> {
    if row.state == State::Out {
        return Ok(row);
    }
    let shifted = store::shift(tx, permit, id, (&row.id, row.state, State::Out))?;
    if !shifted || !store::count_out(tx, permit, id, &row)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    tell(tx, cx, permit, id, ("activity.stepped-back", &row))?;
    move_up(tx, cx, permit, id)?;
    Ok(SignUp { state: State::Out, ..row })
}

/// Sign-ups that move up in one act at most; more follow with the next one.
const MOST_AT_ONCE: i64 = 200;

/// Whoever waits moves up in the order of the line as far as they fit in. Nobody passes a larger household that came
/// before them. The caller holds the activity.
///
/// # Errors
/// Database faults.
pub(crate) fn move_up(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, id: &ActivityId) -> Result<(), Fault> {
    for row in store::line(tx, id, MOST_AT_ONCE)? {
        if !store::count_up(tx, permit, id, row.heads)? {
            break;
        }
        store::shift(tx, permit, id, (&row.id, State::Waiting, State::In))?;
        tell(tx, cx, permit, id, ("activity.moved-up", &row))?;
    }
    Ok(())
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    id: &ActivityId,
    (kind, row): (&'static str, &SignUp),
) -> Result<(), Fault> {
    let public = json!({ "activity": id, "number": row.number, "heads": row.heads });
    let private = json!({ "sign_up": row.id, "person": row.person, "name": row.name, "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: id.as_str(), public: &public, private: Some(&private) })?;
    Ok(())
}
