//! Strike out an attendance that was recorded by mistake. Nothing is deleted.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Attendance, AttendanceId, queries, store};
use crate::site::site_of;

/// Why, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Strike {
    /// 1 to 200 characters.
    #[serde(default)]
    pub reason: String,
}

/// Strikes it out: it counts no more, and the person can be recorded again.
///
/// # Errors
/// Refusals `invalid-input`, `attendance-not-found`, `attendance-struck`, `not-allowed`; database faults.
pub fn strike(tx: &mut Tx<'_>, cx: &mut Context, id: &AttendanceId, input: &Strike) -> Result<Attendance, Fault> {
    let row = queries::attendance(tx, id)?;
    let permit = authorize(&cx.actor, Action::RecordAttendance, &site_of(tx, &row.place)?)?;
    strike_under(tx, cx, &permit, row, &input.reason)
}

/// [`strike`] under the permit of another act.
///
/// # Errors
/// Refusals `invalid-input`, `attendance-struck`; database faults.
pub fn strike_under(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    row: Attendance,
    reason: &str,
) -> Result<Attendance, Fault> {
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    if !store::strike(tx, permit, cx, &row.id, &reason)? {
        return Err(Refusal::new(Kind::Conflict, "attendance-struck").into());
    }
    let told = json!({ "attendance": row.id, "event_kind": row.event_kind });
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    let draft = Draft { kind: "attendance.struck", subject: &row.event, public: &told, private: Some(&private) };
    append(tx, cx, permit, &draft)?;
    Ok(Attendance { struck_at: Some(cx.now), struck_reason: reason, ..row })
}
