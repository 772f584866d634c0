//! Decide a check-in: an officer counts what was in doubt; whoever takes the check-ins leaves out what was a mistake.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::attendance::{queries as attendances, strike::strike_under};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Check, CheckId, State, queries, store, take};
use crate::{
    Activity, ActivityId,
    activity::{queries as activities, rules, store as held},
};

/// What becomes of a check-in, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DecideCheckin)]
#[serde(default)]
pub struct Decide {
    /// `count` or `leave-out`.
    pub verdict: String,
    /// 1 to 200 characters.
    pub reason: String,
}

/// Decides it. Counting is an officer's, and not of whoever recorded it or came by it themselves; leaving out is for whoever
/// takes the check-ins. What is so already stays so; one that was struck out among the attendances is left out, and can be
/// counted again.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `check-in-not-found`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn decide(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, of): (&ActivityId, &CheckId),
    input: &Decide,
) -> Result<Check, Fault> {
    match input.verdict.trim() {
        "count" => count(tx, cx, (id, of), &input.reason),
        "leave-out" => leave_out(tx, cx, (id, of), &input.reason),
        other => {
            let code = if other.is_empty() { "required" } else { "unknown-choice" };
            // who may do neither is told so first
            take::permit(tx, cx, id)?;
            Err(Refusal::invalid(vec![FieldError::new("verdict", code)]).into())
        }
    }
}

fn said(reason: &str) -> Result<String, Refusal> {
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    shape.finish(reason)
}

fn count(tx: &mut Tx<'_>, cx: &mut Context, (id, of): (&ActivityId, &CheckId), reason: &str) -> Result<Check, Fault> {
    let activity = held::held(tx, id)?.ok_or_else(activities::not_found)?;
    let site = activities::site(tx, &activity)?;
    let check = queries::check(tx, id, of)?;
    let came: Vec<PersonId> = check.person.iter().cloned().collect();
    let case = activity.resource(&site).made_by(check.recorded_by.as_ref()).in_conflict(&came);
    let permit = authorize(&cx.actor, Action::Approve, case)?;
    let reason = said(reason)?;
    rules::expect_held(&activity)?;
    if check.state == State::Counted {
        return Ok(check);
    }
    let from = check.state;
    let mut rows = [(check, false)];
    take::attend(tx, cx, &permit, (&activity, &site), (&mut rows, &[0]))?;
    let [(check, _)] = rows;
    let by = cx.actor.person().cloned();
    let attendance = check.attendance.as_ref();
    let new = store::Decided { to: State::Counted, attendance, by: by.as_ref(), reason: &reason };
    finish(tx, cx, &permit, (&activity, Check { state: from, ..check.clone() }), &new)
}

fn leave_out(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, of): (&ActivityId, &CheckId),
    reason: &str,
) -> Result<Check, Fault> {
    let (activity, _, permit) = take::permit(tx, cx, id)?;
    let check = queries::check(tx, id, of)?;
    let reason = said(reason)?;
    if check.state == State::LeftOut {
        return Ok(check);
    }
    if check.state == State::Counted {
        if let Some(attendance) = &check.attendance {
            let row = attendances::attendance(tx, attendance)?;
            // it may have been struck out among the attendances before
            if row.struck_at.is_none() {
                strike_under(tx, cx, &permit, row, &reason)?;
            }
        }
        if !store::count(tx, &permit, id, -1)? {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
    }
    let by = cx.actor.person().cloned();
    let attendance = check.attendance.as_ref();
    let new = store::Decided { to: State::LeftOut, attendance, by: by.as_ref(), reason: &reason };
    finish(tx, cx, &permit, (&activity, check.clone()), &new)
}

fn finish(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (activity, old): (&Activity, Check),
    new: &store::Decided<'_>,
) -> Result<Check, Fault> {
    if !store::decide(tx, permit, (&activity.id, &old), new)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "activity": activity.id, "doubts": old.doubts, "state": new.to });
    let private = json!({ "check": old.id, "person": old.person, "reason": new.reason, "by": new.by });
    let subject = activity.id.as_str();
    append(tx, cx, permit, &Draft { kind: "check-in.decided", subject, public: &public, private: Some(&private) })?;
    Ok(Check { state: new.to, attendance: new.attendance.cloned(), reason: new.reason.to_owned(), ..old })
}
