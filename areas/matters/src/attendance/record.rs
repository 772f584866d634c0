//! Record that somebody came.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, PersonId, PlaceId, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Attendance, AttendanceId, Way, rules, store};
use crate::site::{path_of, site_of};

/// An attendance as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct RecordAttendance {
    /// Where: the id of a place.
    pub place: String,
    /// What kind of event, at most 40 characters.
    pub event_kind: String,
    /// The event's id, at most 60 characters.
    pub event: String,
    /// The id of the person; empty when nobody knows.
    #[serde(default)]
    pub person: String,
    /// Without a person: a mark that is no name, at most 40 characters, such as the number on a paper list.
    #[serde(default)]
    pub mark: String,
    /// `qr`, `paper`, …; empty means `web`.
    #[serde(default)]
    pub way: String,
    /// The day on which they came, `YYYY-MM-DD`; empty means today.
    #[serde(default)]
    pub day: String,
}

/// An attendance as another area hands it over, such as a check-in with a code that it has tested.
#[derive(Debug, Clone)]
pub struct NewAttendance<'a> {
    /// Where.
    pub site: &'a Site,
    /// What kind of event, at most 40 characters.
    pub event_kind: &'a str,
    /// The event's id, at most 60 characters.
    pub event: &'a str,
    /// Who came.
    pub person: Option<&'a PersonId>,
    /// Without a person: a mark that is no name, unique within the event; empty for yet another unknown one.
    pub mark: &'a str,
    /// How it came in.
    pub way: Way,
    /// The day on which they came.
    pub day: &'a Day,
}

/// Records one attendance. The same person (else the same mark) at the same event again answers with the row that is
/// already there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context, input: &RecordAttendance) -> Result<Attendance, Fault> {
    let site = place(tx, &input.place)?;
    let permit = authorize(&cx.actor, Action::RecordAttendance, &site)?;
    rules::expect_free(&input.event_kind)?;
    let mut shape = Shape::new();
    let event = rules::event(&mut shape, (&input.event_kind, &input.event), &input.day, &cx.day);
    let person = rules::person(&mut shape, &input.person);
    let mark = shape.optional_line("mark", &input.mark, 40);
    let way = way(&mut shape, &input.way);
    let (event, person, mark) = shape.finish((event, person, mark))?;
    let new = NewAttendance {
        site: &site,
        event_kind: &event.kind,
        event: &event.id,
        person: person.as_ref(),
        mark: &mark,
        way,
        day: &event.day,
    };
    record_under(tx, cx, &permit, &new)
}

/// [`record`] under the permit of another act.
///
/// # Errors
/// Refusal `changed-meanwhile`; database faults.
pub fn record_under(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    new: &NewAttendance<'_>,
) -> Result<Attendance, Fault> {
    let made = row(cx, permit, new);
    let (row, is_new) = keep_one(tx, permit, made)?;
    if is_new {
        let told = json!({
            "attendance": row.id, "event_kind": row.event_kind, "place": row.place, "way": row.way.as_str(),
            "on": row.day.as_str(),
        });
        let private = json!({ "person": row.person, "mark": row.mark, "by": row.recorded_by });
        let subject = &*row.event;
        append(
            tx,
            cx,
            permit,
            &Draft { kind: "attendance.recorded", subject, public: &told, private: Some(&private) },
        )?;
    }
    Ok(row)
}

/// Writes rows of one event, or finds those that are there; tells which. Where, what kind of event, which event, by which
/// way and on which day are those of the first.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    list: &[NewAttendance<'_>],
) -> Result<Vec<(Attendance, bool)>, Fault> {
    let rows: Vec<(Attendance, String)> = list.iter().map(|new| row(cx, permit, new)).collect();
    keep_rows(tx, permit, rows)
}

/// [`keep`] of one row that was made elsewhere.
pub(super) fn keep_one(
    tx: &mut Tx<'_>,
    permit: &Permit,
    row: (Attendance, String),
) -> Result<(Attendance, bool), Fault> {
    let kept = keep_rows(tx, permit, vec![row])?.pop();
    Ok(kept.ok_or_else(|| DbError::Data("an attendance was not kept".to_owned()))?)
}

fn keep_rows(
    tx: &mut Tx<'_>,
    permit: &Permit,
    rows: Vec<(Attendance, String)>,
) -> Result<Vec<(Attendance, bool)>, Fault> {
    let new = store::insert_all(tx, permit, &rows)?;
    let mut kept = Vec::with_capacity(rows.len());
    for (row, who) in rows {
        if new.contains(&row.id) {
            kept.push((row, true));
            continue;
        }
        let there = store::same(tx, permit.home(), (&row.event_kind, &row.event), &who)?;
        // struck out at the same instant
        kept.push((there.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?, false));
    }
    Ok(kept)
}

fn row(cx: &mut Context, permit: &Permit, new: &NewAttendance<'_>) -> (Attendance, String) {
    let id: AttendanceId = cx.id(permit.home());
    let who = rules::who(new.person, new.mark, id.as_str());
    let row = Attendance {
        id,
        event_kind: new.event_kind.to_owned(),
        event: new.event.to_owned(),
        person: new.person.cloned(),
        mark: if new.person.is_some() { String::new() } else { new.mark.to_owned() },
        way: new.way,
        estimated: false,
        basis: String::new(),
        headcount: 1,
        direct: true,
        place: new.site.place.clone(),
        path: path_of(new.site),
        at: cx.now,
        day: new.day.clone(),
        recorded_by: cx.actor.person().cloned(),
        struck_at: None,
        struck_reason: String::new(),
    };
    (row, who)
}

pub(super) fn place(tx: &mut Tx<'_>, text: &str) -> Result<Site, Fault> {
    let place: PlaceId = text.trim().parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    site_of(tx, &place)
}

pub(super) fn way(shape: &mut Shape, text: &str) -> Way {
    if text.is_empty() {
        return Way::Web;
    }
    text.parse().unwrap_or_else(|()| {
        shape.error("way", "unknown-choice");
        Way::Web
    })
}
