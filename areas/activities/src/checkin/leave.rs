//! Check out, where hours count.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde_json::json;

use super::{Check, CheckId, queries, store, take};
use crate::{Activity, ActivityId};

/// Checks somebody out: whoever takes the check-ins. Once out, a second time changes nothing. Tells whether it is new.
///
/// # Errors
/// Refusals `activity-not-found`, `check-in-not-found`, `hours-do-not-count`, `not-allowed`; database faults.
pub fn leave(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, of: &CheckId) -> Result<(Check, bool), Fault> {
    let (activity, _, permit) = take::permit(tx, cx, id)?;
    let check = queries::check(tx, id, of)?;
    out(tx, cx, &permit, (&activity, check))
}

pub(super) fn out(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (activity, check): (&Activity, Check),
) -> Result<(Check, bool), Fault> {
    if !activity.hours {
        return Err(Refusal::new(Kind::Conflict, "hours-do-not-count").into());
    }
    // nobody leaves before they came
    let at = cx.now.max(check.came_at);
    if check.left_at.is_some() || !store::leave(tx, permit, (&activity.id, &check.id), at)? {
        return Ok((check, false));
    }
    let public = json!({ "activity": activity.id });
    let private = json!({ "check": check.id, "person": check.person, "by": cx.actor.person() });
    let subject = activity.id.as_str();
    append(tx, cx, permit, &Draft { kind: "check-in.left", subject, public: &public, private: Some(&private) })?;
    Ok((Check { left_at: Some(at), ..check }, true))
}
