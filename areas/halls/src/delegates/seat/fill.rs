//! Record who was elected or is recommended.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{Delegate, store};
use crate::delegates::hall::{Hall, HallId, Way, change::hold};

/// Who takes a seat, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct FillSeat {
    /// Their name: 1 to 40 characters, private.
    pub name: String,
    /// They agreed that everybody reads their name.
    pub shows: bool,
    /// The meeting that elected, or the organisation that recommends: 1 to 80 characters, for everybody to read.
    pub source: String,
    /// What it is known by, such as the minutes: 1 to 300 characters, for everybody to read.
    pub evidence: String,
    /// The day of the meeting or of the recommendation, `YYYY-MM-DD`; not after today.
    pub from: String,
}

/// Records who was elected to a seat or is recommended for it. Seats of the lot are filled by the lot alone.
///
/// # Errors
/// Refusals `invalid-input`, `hall-not-found`, `seat-not-there`, `seat-by-lot`, `seat-taken`, `not-allowed`; database
/// faults.
pub fn fill(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (hall, seat): (&HallId, u32),
    input: &FillSeat,
) -> Result<Delegate, Fault> {
    let (hall, permit) = hold(tx, cx, hall)?;
    let way = may_fill(&hall, seat)?;
    let mut shape = Shape::new();
    let (name, source) = (shape.line("name", &input.name, 40), shape.line("source", &input.source, 80));
    let evidence = shape.line("evidence", &input.evidence, 300);
    let from = Day::parse(input.from.trim());
    match &from {
        None => shape.error("from", if input.from.trim().is_empty() { "required" } else { "not-a-date" }),
        Some(day) if *day > cx.day => shape.error("from", "day-to-come"),
        Some(_) => {}
    }
    shape.finish(())?;
    let new = Delegate {
        id: cx.id(permit.home()),
        hall: hall.id.clone(),
        seat,
        way,
        person: None,
        name,
        shows: input.shows,
        source,
        evidence,
        lot: None,
        number: None,
        from: from.unwrap_or_else(|| cx.day.clone()),
        ended: None,
    };
    seated(tx, cx, &permit, &new)?;
    Ok(new)
}

fn may_fill(hall: &Hall, seat: u32) -> Result<Way, Refusal> {
    match hall.way_of(seat) {
        None => Err(Refusal::new(Kind::NotFound, "seat-not-there")),
        Some(Way::Lot) => Err(Refusal::new(Kind::Conflict, "seat-by-lot")),
        Some(way) => Ok(way),
    }
}

/// Puts somebody on a seat, with the entry: which seat by which way is public, who it is private.
pub(crate) fn seated(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, new: &Delegate) -> Result<(), Fault> {
    match store::insert(tx, permit, new, cx.actor.person()) {
        Err(DbError::Unique(_)) => {
            return Err(Refusal::new(Kind::Conflict, "seat-taken").with_int("seat", new.seat.into()).into());
        }
        other => other?,
    }
    let told = json!({
        "hall": new.hall, "delegate": new.id, "seat": new.seat, "way": new.way.as_str(), "lot": new.lot,
        "number": new.number, "from": new.from.as_str(),
    });
    let words = json!({
        "by": cx.actor.person(), "name": new.name, "person": new.person, "source": new.source, "evidence": new.evidence,
    });
    let draft = Draft { kind: "delegate.seated", subject: new.hall.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}
