//! Estimate how many came, and say on what that rests.

use db::{Fault, Tx};
use kernel::{Context, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Attendance, AttendanceId, MAX_HEADCOUNT, Way, record, rules};
use crate::site::path_of;

/// An estimate as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Estimate {
    /// Where: the id of a place.
    pub place: String,
    /// What kind of event, at most 40 characters.
    pub event_kind: String,
    /// The event's id, at most 60 characters.
    pub event: String,
    /// How many, 1 to 1,000,000.
    pub headcount: u32,
    /// True for those who took part or were served themselves, false for those it reached otherwise.
    pub direct: bool,
    /// What it rests on, such as "chairs counted at 10:00": 1 to 400 characters, without names.
    pub basis: String,
    /// The day, `YYYY-MM-DD`; empty means today.
    #[serde(default)]
    pub day: String,
    /// A text the sender makes up for this one estimate, at most 40 characters, so that sending twice estimates once.
    #[serde(default)]
    pub once: String,
}

/// Keeps the estimate beside the recorded rows: it never adds to persons.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn estimate(tx: &mut Tx<'_>, cx: &mut Context, input: &Estimate) -> Result<Attendance, Fault> {
    let site = record::place(tx, &input.place)?;
    let permit = authorize(&cx.actor, Action::RecordAttendance, &site)?;
    rules::expect_free(&input.event_kind)?;
    estimate_under(tx, cx, (&permit, &site), input)
}

/// [`estimate`] under the permit of another act, at the place of that permit; the place that was typed is not read.
///
/// # Errors
/// Refusals `invalid-input`, `changed-meanwhile`; database faults.
pub fn estimate_under(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, site): (&Permit, &Site),
    input: &Estimate,
) -> Result<Attendance, Fault> {
    let mut shape = Shape::new();
    let event = rules::event(&mut shape, (&input.event_kind, &input.event), &input.day, &cx.day);
    shape.number("headcount", i64::from(input.headcount), 1..=i64::from(MAX_HEADCOUNT));
    let basis = shape.line("basis", &input.basis, 400);
    let once = shape.optional_line("once", &input.once, 40);
    let (event, basis, once) = shape.finish((event, basis, once))?;
    let id: AttendanceId = cx.id(permit.home());
    let who = if once.is_empty() { format!("e:{id}") } else { format!("e:{once}") };
    let row = Attendance {
        id,
        event_kind: event.kind,
        event: event.id,
        person: None,
        mark: String::new(),
        way: Way::Web,
        estimated: true,
        basis,
        headcount: input.headcount,
        direct: input.direct,
        place: site.place.clone(),
        path: path_of(site),
        at: cx.now,
        day: event.day,
        recorded_by: cx.actor.person().cloned(),
        struck_at: None,
        struck_reason: String::new(),
    };
    let (row, is_new) = record::keep_one(tx, permit, (row, who))?;
    if !is_new {
        return Ok(row);
    }
    let told = json!({
        "attendance": row.id, "event_kind": row.event_kind, "place": row.place, "headcount": row.headcount,
        "direct": row.direct, "on": row.day.as_str(),
    });
    let private = json!({ "basis": row.basis, "by": row.recorded_by });
    let subject = &*row.event;
    append(tx, cx, permit, &Draft { kind: "attendance.estimated", subject, public: &told, private: Some(&private) })?;
    Ok(row)
}
