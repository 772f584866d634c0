//! Cancel an activity.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Activity, ActivityId, change, store};

/// Why it is cancelled.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct CancelActivity {
    /// 1 to 400 characters, shown on the activity's page.
    pub reason: String,
}

/// Cancels it: it stays readable, takes nobody any more and counts as nothing. One to which somebody came was held and
/// cannot be cancelled.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `activity-has-begun`, `not-allowed`; database
/// faults.
pub fn cancel(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &CancelActivity) -> Result<Activity, Fault> {
    let (old, _, permit) = change::permit(tx, cx, id)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", &input.reason, 400);
    let reason = shape.finish(reason)?;
    if old.checked > 0 {
        return Err(Refusal::new(Kind::Conflict, "activity-has-begun").into());
    }
    if !store::cancel(tx, &permit, id, (cx.now, &reason))? {
        return Err(Refusal::new(Kind::Conflict, "activity-cancelled").into());
    }
    let public = json!({ "activity": id, "season": old.season, "project": old.project });
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    let subject = old.season.as_ref().map_or(id.as_str(), |season| season.as_str());
    append(tx, cx, &permit, &Draft { kind: "activity.cancelled", subject, public: &public, private: Some(&private) })?;
    Ok(Activity { cancelled_at: Some(cx.now), cancelled_reason: reason, revision: old.revision + 1, ..old })
}
