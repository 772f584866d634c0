//! The shape of a visit.

use kernel::{Day, Kind, PlaceId, Refusal, Shape};

use super::{HasLine, Lists, MAX_HAS, MAX_NEEDS, MetLine, Need, record::RecordVisit};
use crate::{Season, Stage, Template};

/// People a line may say at most.
pub const MAX_PEOPLE: u32 = 100_000;

/// A visit that was read.
pub(super) struct Draft {
    pub place: Option<PlaceId>,
    pub day: Day,
    pub staff: String,
    pub findings: String,
    pub lists: Lists,
    pub once: String,
}

/// Visits belong to a season whose template plans them, until its list is approved.
///
/// # Errors
/// `season-without-visits`, `wrong-stage`.
pub fn may_record(season: &Season, template: &Template) -> Result<(), Refusal> {
    if !template.has(Stage::Visits) {
        return Err(Refusal::new(Kind::Conflict, "season-without-visits"));
    }
    let before: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| *stage < Stage::Approved).collect();
    crate::expect_stage(season, &before)
}

/// A day that has come, from 2000 on.
pub(crate) fn day(shape: &mut Shape, text: &str, today: &Day) -> Day {
    match Day::parse(text.trim()) {
        _ if text.trim().is_empty() => shape.error("day", "required"),
        None => shape.error("day", "not-a-date"),
        Some(day) if day > *today => shape.error("day", "in-the-future"),
        Some(day) if day.parts().0 < 2_000 => shape.error("day", "day-too-early"),
        Some(day) => return day,
    }
    today.clone()
}

pub(super) fn draft(input: &RecordVisit, today: &Day) -> Result<Draft, Refusal> {
    let mut shape = Shape::new();
    let place: Option<PlaceId> = input.place.trim().parse().ok();
    if place.is_none() {
        shape.error("place", "required");
    }
    let draft = Draft {
        place,
        day: day(&mut shape, &input.day, today),
        staff: shape.line("staff", &input.staff, 200),
        findings: shape.prose("findings", &input.findings, 4_000),
        lists: Lists {
            met: met(&mut shape, &input.met),
            needs: needs(&mut shape, &input.needs),
            has: has(&mut shape, &input.has),
        },
        once: shape.optional_line("once", &input.once, 64),
    };
    shape.finish(draft)
}

fn met(shape: &mut Shape, typed: &[MetLine]) -> Vec<MetLine> {
    let mut list: Vec<MetLine> = Vec::new();
    for line in typed.iter().take(20) {
        shape.number("met", i64::from(line.people), 1..=i64::from(MAX_PEOPLE));
        if list.iter().any(|there| there.kind == line.kind) {
            shape.error("met", "said-twice");
        }
        list.push(*line);
    }
    if list.is_empty() {
        shape.error("met", "required");
    }
    list
}

fn needs(shape: &mut Shape, typed: &[Need]) -> Vec<Need> {
    if typed.len() > MAX_NEEDS {
        shape.error("needs", "too-long-a-list");
    }
    let mut list: Vec<Need> = Vec::new();
    for line in typed.iter().take(MAX_NEEDS) {
        let need = shape.line("needs", &line.need, 60);
        shape.number("needs", i64::from(line.mentioned), 1..=i64::from(MAX_PEOPLE));
        if list.iter().any(|there| there.need == need) {
            shape.error("needs", "said-twice");
        }
        list.push(Need { need, mentioned: line.mentioned });
    }
    list
}

fn has(shape: &mut Shape, typed: &[HasLine]) -> Vec<HasLine> {
    if typed.len() > MAX_HAS {
        shape.error("has", "too-long-a-list");
    }
    let line = |line: &HasLine| HasLine {
        kind: line.kind,
        name: shape.line("has", &line.name, 60),
        note: shape.optional_line("has", &line.note, 200),
    };
    typed.iter().take(MAX_HAS).map(line).collect()
}

/// A visit that counts.
///
/// # Errors
/// `visit-struck`.
pub fn not_struck(visit: &super::Visit) -> Result<(), Refusal> {
    if visit.struck_at.is_some() { Err(Refusal::new(Kind::Conflict, "visit-struck")) } else { Ok(()) }
}
