//! Note down a visit to a member, a talk, or the group's report.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Note, NoteKind, store};
use crate::{SeasonId, running::Case, visit::rules::day};

/// A note as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = WriteNoteGroup)]
#[serde(default)]
pub struct WriteNote {
    /// `visit`, `talk` or `report`.
    pub kind: String,
    /// For a visit: the number of the project that was visited, one of the group; else 0.
    pub number: u32,
    /// The day, `YYYY-MM-DD`; not in the future.
    pub day: String,
    /// What was found or said, 1 to 4,000 characters, without names of residents.
    pub words: String,
    /// A text the sender makes up for this one note, at most 64 characters, so that sending twice notes once.
    pub once: String,
}

/// Notes it down: the leader's team, or the office for it. A visit names the project that was visited. Sent twice, it is
/// noted once.
///
/// # Errors
/// Refusals `invalid-input` (`kind`, `number`, `day`, `words`), `group-without-leader`, `season-not-found`,
/// `project-not-found`, `wrong-stage`, `not-allowed`; database faults.
pub fn note(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, team): (&SeasonId, &str),
    input: &WriteNote,
) -> Result<(), Fault> {
    let leader = store::leaders(tx, season)?.into_iter().find(|leader| leader.team == team);
    let leader = leader.ok_or_else(|| Refusal::new(Kind::Conflict, "group-without-leader"))?;
    let case = Case::read(tx, season, leader.number)?;
    let permit = case.team(&cx.actor)?;
    let mut shape = Shape::new();
    let kind = input.kind.parse().unwrap_or_else(|()| {
        shape.error("kind", "unknown-choice");
        NoteKind::Talk
    });
    let visited = (kind == NoteKind::Visit).then_some(input.number);
    if let Some(number) = visited {
        let members = store::members(tx, season)?;
        if !members.iter().any(|member| member.team == team && member.number == number) {
            shape.error("number", "not-of-the-group");
        }
    }
    let day = day(&mut shape, &input.day, &cx.day);
    let words = shape.prose("words", &input.words, 4_000);
    let once = shape.optional_line("once", &input.once, 64);
    let (day, words, once) = shape.finish((day, words, once))?;
    let note = Note { id: cx.id(season.home()), kind, number: visited, day, words };
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => note.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if !store::insert_note(tx, &permit, (season, team), (&note, &once))? {
        return Ok(());
    }
    let public = json!({ "group": team, "kind": note.kind, "project": note.number, "on": note.day.as_str() });
    let private = json!({ "words": note.words, "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "group.noted", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
