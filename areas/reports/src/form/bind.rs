//! Bind a cell of a form to a figure, and let it go again.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde_json::json;

use super::{Bound, MAX_CELLS, Placed, limit, office, queries, store};
use crate::figure;

/// Binds a cell to a figure; what it was bound to before gives way. As it is already: nothing happens.
///
/// # Errors
/// Refusals `invalid-input` (`figure`), `season-not-found`, `form-not-found`, `too-many-cells`, `not-allowed`; database
/// faults.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    (at, key): (&Placed, &str),
) -> Result<(), Fault> {
    let (found, permit) = office(tx, cx, season)?;
    queries::form(tx, season, number)?;
    if !figure::report(tx, found)?.figures.iter().any(|figure| figure.key == key) {
        return Err(Refusal::invalid(vec![FieldError::new("figure", "unknown-choice")]).into());
    }
    let bound = Bound { at: at.0.clone(), figure: key.to_owned() };
    let there = queries::cells(tx, season, number)?;
    if there.contains(&bound) {
        return Ok(());
    }
    let is_new = !there.iter().any(|cell| cell.at == bound.at);
    if is_new && there.len() >= usize::try_from(MAX_CELLS).unwrap_or(0) {
        return Err(limit("too-many-cells", MAX_CELLS).into());
    }
    store::bind(tx, &permit, (season, number), &bound)?;
    told(tx, cx, (&permit, season, number), (&bound, true))
}

/// Lets a cell go. Not bound: nothing happens.
///
/// # Errors
/// Refusals `season-not-found`, `form-not-found`, `not-allowed`; database faults.
pub fn unbind(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    at: &office::xlsx::Address,
) -> Result<(), Fault> {
    let (_, permit) = office(tx, cx, season)?;
    queries::form(tx, season, number)?;
    let there = queries::cells(tx, season, number)?;
    let Some(bound) = there.into_iter().find(|cell| cell.at == *at) else { return Ok(()) };
    if !store::unbind(tx, &permit, (season, number), at)? {
        return Ok(());
    }
    told(tx, cx, (&permit, season, number), (&bound, false))
}

fn told(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, season, number): (&rights::Permit, &SeasonId, u32),
    (bound, on): (&Bound, bool),
) -> Result<(), Fault> {
    let public = json!({ "form": number, "figure": bound.figure, "bound": on });
    let private = json!({ "cell": bound.at.to_string(), "by": cx.actor.person() });
    let subject = season.as_str();
    append(tx, cx, permit, &Draft { kind: "form.bound", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
