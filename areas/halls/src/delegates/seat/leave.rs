//! A delegate leaves.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{Delegate, DelegateId, not_found, store};
use crate::delegates::hall::{HallId, Way, change::hold};

/// Why somebody leaves, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Leave {
    /// 1 to 300 characters, private.
    pub reason: String,
}

/// A delegate who was elected or recommended leaves; the seat can be filled again. Who sits by lot leaves through the lot,
/// which says who comes next.
///
/// # Errors
/// Refusals `invalid-input`, `hall-not-found`, `delegate-not-found`, `seat-by-lot`, `delegate-left`, `not-allowed`;
/// database faults.
pub fn leave(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (hall, id): (&HallId, &DelegateId),
    input: &Leave,
) -> Result<Delegate, Fault> {
    let (hall, permit) = hold(tx, cx, hall)?;
    let there = store::delegate(tx, &hall.id, id)?.ok_or_else(not_found)?;
    if there.way == Way::Lot {
        return Err(Refusal::new(Kind::Conflict, "seat-by-lot").into());
    }
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 300);
    let reason = shape.finish(reason)?;
    left(tx, cx, &permit, (&there, &reason))?;
    Ok(Delegate { ended: Some(cx.day.clone()), ..there })
}

/// Ends somebody's time, with the entry.
pub(crate) fn left(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (there, reason): (&Delegate, &str),
) -> Result<(), Fault> {
    if !store::end(tx, permit, (&there.hall, &there.id), (&cx.day, reason))? {
        return Err(Refusal::new(Kind::Conflict, "delegate-left").into());
    }
    let told = json!({ "hall": there.hall, "delegate": there.id, "seat": there.seat, "way": there.way.as_str() });
    let words = json!({ "by": cx.actor.person(), "reason": reason });
    let draft = Draft { kind: "delegate.left", subject: there.hall.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}
