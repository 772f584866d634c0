//! Found a hall.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Hall, HallId, HallKind, meanwhile, rules, site, store};

/// A hall as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct FoundHall {
    /// The id of the place.
    pub place: String,
    /// 1 to 60 characters.
    pub name: String,
    /// `fixed`, `mobile` or `online`.
    pub kind: String,
    /// What it is for: at most 1,000 characters.
    pub about: String,
    /// Seats that residents elect, 0 to 100.
    pub elected: String,
    /// Seats for which organisations recommend somebody.
    pub recommended: String,
    /// Seats that are filled by lot.
    pub drawn: String,
    /// First day of the term, `YYYY-MM-DD`.
    pub from: String,
    /// Last day of the term.
    pub until: String,
    /// A text the sender makes up for this one hall, at most 64 characters, so that sending twice founds one.
    pub once: String,
}

/// Founds a hall: community work at its place. The same `once` of the same person again answers with the hall that is
/// there.
///
/// # Errors
/// Refusals `invalid-input`, `hall-seats`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn found(tx: &mut Tx<'_>, cx: &mut Context, input: &FoundHall) -> Result<Hall, Fault> {
    let place: PlaceId = input.place.trim().parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &place)?)?;
    let mut shape = Shape::new();
    let once = shape.optional_line("once", &input.once, 64);
    let hall = shaped(shape, cx, (place, None), input)?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => hall.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    match store::insert(tx, &permit, &hall, &once) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    enter(tx, cx, &permit, ("hall.founded", &hall))?;
    Ok(hall)
}

/// Checks what was typed; `there` is the hall that it changes.
pub(super) fn shaped(
    mut shape: Shape,
    cx: &mut Context,
    (place, there): (PlaceId, Option<&Hall>),
    input: &FoundHall,
) -> Result<Hall, Refusal> {
    let name = shape.line("name", &input.name, 60);
    let about = shape.optional_prose("about", &input.about, 1_000);
    let kind = input.kind.trim().parse::<HallKind>().ok();
    if kind.is_none() {
        shape.error("kind", if input.kind.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let mut number = |field: &'static str, typed: &str| -> u32 {
        let typed = typed.trim();
        let found = if typed.is_empty() { Some(0) } else { typed.parse::<i64>().ok() };
        let found = shape.number(field, found.unwrap_or(-1), 0..=i64::from(super::MAX_SEATS));
        u32::try_from(found).unwrap_or_default()
    };
    let elected = number("elected", &input.elected);
    let (recommended, drawn) = (number("recommended", &input.recommended), number("drawn", &input.drawn));
    let mut day = |field: &'static str, typed: &str| {
        let found = Day::parse(typed.trim());
        if found.is_none() {
            shape.error(field, if typed.trim().is_empty() { "required" } else { "not-a-date" });
        }
        found.unwrap_or_else(|| cx.day.clone())
    };
    let (from, until) = (day("from", &input.from), day("until", &input.until));
    if until < from {
        shape.error("until", "term-ends-first");
    }
    shape.finish(())?;
    rules::seats(elected, recommended, drawn)?;
    let id: HallId = there.map_or_else(|| cx.id(place.home()), |hall| hall.id.clone());
    Ok(Hall {
        id,
        place,
        name,
        kind: kind.unwrap_or(HallKind::Fixed),
        about,
        elected,
        recommended,
        drawn,
        from,
        until,
        revision: there.map_or(0, |hall| hall.revision),
        made_by: there.map_or_else(|| cx.actor.person().cloned(), |hall| hall.made_by.clone()),
        made_day: there.map_or_else(|| cx.day.clone(), |hall| hall.made_day.clone()),
    })
}

/// The entry of a hall: what it is called is public.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, hall): (&'static str, &Hall),
) -> Result<(), Fault> {
    let told = told(hall);
    let words = json!({ "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: hall.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(())
}

fn told(hall: &Hall) -> Value {
    json!({
        "hall": hall.id, "place": hall.place, "name": hall.name, "kind": hall.kind.as_str(), "elected": hall.elected,
        "recommended": hall.recommended, "drawn": hall.drawn, "from": hall.from.as_str(), "until": hall.until.as_str(),
    })
}
