//! Say how many came to a workshop.

use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Kind, Refusal};
use matters::attendance::{
    estimate::{Estimate, estimate_under},
    record_list::{ListRow, RecordList, record_list_under},
};
use rights::{Action, authorize};
use serde::Deserialize;

use super::{EVENT, Workshop, WorkshopId, card};
use crate::SeasonId;

/// How many came, as somebody typed it: the rows of the signed list, an estimate, or both.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Attend {
    /// Rows of the signed list, by their numbers on the paper, at most 500.
    pub rows: Option<u32>,
    /// An estimate of how many there were.
    pub headcount: Option<u32>,
    /// What the estimate rests on: 1 to 400 characters, without names.
    pub basis: String,
    /// A text the sender makes up for this one estimate, at most 40 characters, so that sending twice estimates once.
    pub once: String,
}

/// Records the rows, of which those that are there already are not added again, and keeps the estimate beside them.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `workshop-not-found`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn attend(tx: &mut Tx<'_>, cx: &mut Context, ids: (&SeasonId, &WorkshopId), input: &Attend) -> Result<(), Fault> {
    let (_, workshop, _) = card::at(tx, cx, ids)?;
    let site = places::site(tx, &workshop.place)?;
    let site = site.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::RecordAttendance, &site)?;
    if input.rows.is_none() && input.headcount.is_none() {
        return Err(Refusal::invalid(vec![FieldError::new("rows", "required")]).into());
    }
    if let Some(rows) = input.rows {
        record_list_under(tx, cx, (&permit, &site), &signed(&workshop, rows, &workshop.day))?;
    }
    if let Some(headcount) = input.headcount {
        estimate_under(tx, cx, (&permit, &site), &estimated(&workshop, headcount, input))?;
    }
    Ok(())
}

fn signed(workshop: &Workshop, rows: u32, day: &Day) -> RecordList {
    let rows = (1..=rows.min(501)).map(|n| ListRow { person: String::new(), mark: n.to_string() });
    RecordList {
        place: workshop.place.to_string(),
        event_kind: EVENT.to_owned(),
        event: workshop.id.to_string(),
        way: "paper".to_owned(),
        day: day.to_string(),
        rows: rows.collect(),
    }
}

fn estimated(workshop: &Workshop, headcount: u32, input: &Attend) -> Estimate {
    Estimate {
        place: workshop.place.to_string(),
        event_kind: EVENT.to_owned(),
        event: workshop.id.to_string(),
        headcount,
        direct: true,
        once: input.once.clone(),
        basis: input.basis.clone(),
        day: workshop.day.to_string(),
    }
}
