//! Record a list that was signed on paper.

use db::{Fault, Tx};
use kernel::{Context, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Attendance, record, record::NewAttendance, rules};

/// A list as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct RecordList {
    /// Where: the id of a place.
    pub place: String,
    /// What kind of event, at most 40 characters.
    pub event_kind: String,
    /// The event's id, at most 60 characters.
    pub event: String,
    /// `paper`, `list`, …; empty means `paper`.
    #[serde(default)]
    pub way: String,
    /// The day on which they came, `YYYY-MM-DD`; empty means today.
    #[serde(default)]
    pub day: String,
    /// Its rows, 500 at most.
    pub rows: Vec<ListRow>,
}

/// A row of the list.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct ListRow {
    /// The id of the person; empty when nobody knows.
    #[serde(default)]
    pub person: String,
    /// Without a person: a mark that is no name, at most 40 characters.
    #[serde(default)]
    pub mark: String,
}

/// What became of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Listed {
    /// Rows that are new.
    pub recorded: u32,
    /// Rows that were there already.
    pub known: u32,
}

/// Records all rows or none; what is already there is not recorded twice. One entry tells of the whole list.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `too-many-at-once`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn record_list(tx: &mut Tx<'_>, cx: &mut Context, input: &RecordList) -> Result<Listed, Fault> {
    let site = record::place(tx, &input.place)?;
    let permit = authorize(&cx.actor, Action::RecordAttendance, &site)?;
    rules::expect_free(&input.event_kind)?;
    record_list_under(tx, cx, (&permit, &site), input)
}

/// [`record_list`] under the permit of another act, for an event of any kind.
///
/// # Errors
/// Refusals `invalid-input`, `too-many-at-once`, `changed-meanwhile`; database faults.
pub fn record_list_under(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, site): (&Permit, &Site),
    input: &RecordList,
) -> Result<Listed, Fault> {
    rules::list_fits(input.rows.len())?;
    let mut shape = Shape::new();
    let event = rules::event(&mut shape, (&input.event_kind, &input.event), &input.day, &cx.day);
    let way = record::way(&mut shape, if input.way.is_empty() { "paper" } else { &input.way });
    let mut rows = Vec::with_capacity(input.rows.len());
    for row in &input.rows {
        rows.push((rules::person(&mut shape, &row.person), shape.optional_line("mark", &row.mark, 40)));
    }
    if rows.is_empty() {
        shape.error("rows", "required");
    }
    let (event, rows) = shape.finish((event, rows))?;
    let rows = rows.iter().map(|(person, mark)| NewAttendance {
        site,
        event_kind: &event.kind,
        event: &event.id,
        person: person.as_ref(),
        mark,
        way,
        day: &event.day,
    });
    let kept = record_all_under(tx, cx, permit, &rows.collect::<Vec<_>>())?;
    let count = |new: bool| u32::try_from(kept.iter().filter(|(_, is_new)| *is_new == new).count());
    Ok(Listed { recorded: count(true).unwrap_or(u32::MAX), known: count(false).unwrap_or(u32::MAX) })
}

/// Records rows of one event under the permit of another act, as [`record_list`] does: each is answered, with whether it
/// is new. Place, event, way and day of all are those of the first; one entry tells of all new ones.
///
/// # Errors
/// Refusals `too-many-at-once`, `changed-meanwhile`; database faults.
pub fn record_all_under(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    rows: &[NewAttendance<'_>],
) -> Result<Vec<(Attendance, bool)>, Fault> {
    rules::list_fits(rows.len())?;
    let kept = record::keep(tx, cx, permit, rows)?;
    let ids: Vec<_> =
        kept.iter().filter(|(_, new)| *new).map(|(row, _)| json!([row.id, row.person, row.mark])).collect();
    if let Some((first, _)) = kept.iter().find(|(_, is_new)| *is_new) {
        let told = json!({
            "rows": ids.len(), "event_kind": first.event_kind, "place": first.place, "way": first.way.as_str(),
            "on": first.day.as_str(),
        });
        let private = json!({ "rows": ids, "by": cx.actor.person() });
        let draft = Draft { kind: "attendance.listed", subject: &first.event, public: &told, private: Some(&private) };
        append(tx, cx, permit, &draft)?;
    }
    Ok(kept)
}
