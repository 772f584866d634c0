//! Record a list that was signed on paper.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{record, record::NewAttendance, rules};

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
    let (mut ids, mut known) = (Vec::with_capacity(rows.len()), 0);
    for (person, mark) in &rows {
        let new = NewAttendance {
            site: &site,
            event_kind: &event.kind,
            event: &event.id,
            person: person.as_ref(),
            mark,
            way,
            day: &event.day,
        };
        let (row, is_new) = record::keep(tx, cx, &permit, &new)?;
        if is_new { ids.push(json!([row.id, row.person, row.mark])) } else { known += 1 }
    }
    let recorded = u32::try_from(ids.len()).unwrap_or(u32::MAX);
    if recorded > 0 {
        let told = json!({
            "rows": recorded, "event_kind": event.kind, "place": site.place, "way": way.as_str(),
            "on": event.day.as_str(),
        });
        let private = json!({ "rows": ids, "by": cx.actor.person() });
        let draft = Draft { kind: "attendance.listed", subject: &event.id, public: &told, private: Some(&private) };
        append(tx, cx, &permit, &draft)?;
    }
    Ok(Listed { recorded, known })
}
