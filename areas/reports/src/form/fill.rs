//! Fill a form with today's figures.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde_json::{Value, json};

use super::{Filling, MAX_FILLINGS, Put, changed, limit, office, queries, store};
use crate::figure;

/// Counts the figures of the bound cells and keeps them with the digests of their records. Sent twice with the same
/// `once` (at most 64 characters), it is one filling.
///
/// # Errors
/// Refusals `season-not-found`, `form-not-found`, `form-without-cells`, `figure-not-found` where the season counts
/// something no more, `too-many-fillings`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn fill(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    once: &str,
) -> Result<Filling, Fault> {
    let (found, permit) = office(tx, cx, season)?;
    queries::form(tx, season, number)?;
    let mut shape = Shape::new();
    let once = shape.optional_line("once", once, 64);
    let once = shape.finish(once)?;
    let earlier = store::fillings(tx, season, number)?;
    if let Some((_, same)) = earlier.iter().find(|(text, _)| !once.is_empty() && *text == once) {
        return Ok(same.clone());
    }
    let cells = queries::cells(tx, season, number)?;
    if cells.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "form-without-cells").into());
    }
    let last = earlier.first().map_or(0, |(_, filling)| filling.number);
    if last >= MAX_FILLINGS {
        return Err(limit("too-many-fillings", i64::from(MAX_FILLINGS)).into());
    }
    let report = figure::report(tx, found)?;
    let mut figures: Vec<Put> = Vec::with_capacity(cells.len());
    for cell in cells {
        let counted = figure::one(&report, &cell.figure)?;
        let (sheet, row, column) = (cell.at.sheet, cell.at.row, cell.at.column);
        let digest = counted.digest.clone();
        figures.push(Put { sheet, row, column, key: cell.figure, value: counted.value, digest });
    }
    let filling = Filling { number: last + 1, figures, day: cx.day.clone() };
    let once = if once.is_empty() { filling.number.to_string() } else { once };
    if !store::insert_filling(tx, &permit, (season, number), (&filling, &once, cx))? {
        return Err(changed().into());
    }
    let told: Vec<Value> = (filling.figures.iter())
        .map(|put| json!({ "key": put.key, "value": put.value, "digest": put.digest }))
        .collect();
    let public = json!({ "form": number, "filling": filling.number, "figures": told });
    let private = json!({ "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "form.filled", subject, public: &public, private: Some(&private) })?;
    Ok(filling)
}
