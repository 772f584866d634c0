//! Record a workshop.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{self, append};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_WORKSHOPS, Workshop, WorkshopId, queries, store};
use crate::{
    Season, SeasonId, Stage, season,
    visit::{record::permit_at, rules::day},
};

/// A workshop as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RecordWorkshop {
    /// The season's place, or one of its communities; empty means the season's place.
    pub place: String,
    /// `YYYY-MM-DD`, not in the future.
    pub day: String,
    /// 1 to 80 characters.
    pub title: String,
    /// At most 4,000 characters, without names of residents.
    pub summary: String,
    /// A text the sender makes up for this one workshop, at most 64 characters, so that sending twice records once.
    pub once: String,
}

/// Records the workshop. The same `once` again answers with the one that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `wrong-stage`, `too-many-workshops`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &RecordWorkshop) -> Result<Workshop, Fault> {
    let season = season::queries::season(tx, season)?;
    let place = place_of(tx, &season, &input.place)?;
    let permit = permit_at(tx, cx, &season, &place)?;
    may_record(&season)?;
    let mut shape = Shape::new();
    let day = day(&mut shape, &input.day, &cx.day);
    let title = shape.line("title", &input.title, 80);
    let summary = shape.optional_prose("summary", &input.summary, 4_000);
    let typed = shape.optional_line("once", &input.once, 64);
    let (day, title, summary, typed) = shape.finish((day, title, summary, typed))?;
    let id: WorkshopId = cx.id(season.id.home());
    let once = match (typed.as_str(), cx.actor.person()) {
        ("", _) => id.to_string(),
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, &season.id, &once)? {
        return Ok(there);
    }
    let number = store::next_number(tx, &season.id)?;
    if number > MAX_WORKSHOPS {
        let limit = i64::from(MAX_WORKSHOPS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-workshops").with_int("limit", limit).into());
    }
    let recorded_by = cx.actor.person().cloned();
    let workshop =
        Workshop { id, season: season.id, number, place, day, title, summary, recorded_at: cx.now, recorded_by };
    match store::insert(tx, &permit, &workshop, &once) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let public = json!({
        "workshop": workshop.id, "number": number, "place": workshop.place, "on": workshop.day.as_str(),
    });
    let private = json!({ "title": workshop.title, "summary": workshop.summary, "by": workshop.recorded_by });
    let subject = workshop.season.as_str();
    let draft = entry::Draft { kind: "workshop.recorded", subject, public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(workshop)
}

/// Workshops are held until the list is approved.
///
/// # Errors
/// `wrong-stage`.
pub fn may_record(season: &Season) -> Result<(), Refusal> {
    let before: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| *stage < Stage::Approved).collect();
    crate::expect_stage(season, &before)
}

fn place_of(tx: &mut Tx<'_>, season: &Season, typed: &str) -> Result<PlaceId, Fault> {
    let typed = typed.trim();
    if typed.is_empty() || typed == season.place.as_str() {
        return Ok(season.place.clone());
    }
    let communities = queries::communities(tx, season)?;
    let found = communities.into_iter().find(|place| place.id.as_str() == typed);
    let found = found.ok_or_else(|| Refusal::invalid(vec![FieldError::new("place", "not-a-community-here")]))?;
    Ok(found.id)
}
