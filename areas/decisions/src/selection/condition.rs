//! Conditions of an approval (评审优化): a revised version is checked before the list hangs out.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season::queries as seasons};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{queries, store};

/// A condition as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct SetCondition {
    /// What must be mended: 1 to 500 characters, seen by everybody.
    #[serde(default)]
    pub words: String,
}

/// Sets a condition for an approved project, once.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `not-decided-yet`, `no-condition-now`, `not-allowed`; database faults.
pub fn set(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &SetCondition,
) -> Result<(), Fault> {
    let held = seasons::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &held)?)?;
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 500);
    let words = shape.finish(words)?;
    queries::decided(tx, season)?;
    if !store::set_condition(tx, &permit, (season, number), &words)? {
        return Err(Refusal::new(Kind::Conflict, "no-condition-now").into());
    }
    let (told, said) = (json!({ "project": number }), json!({ "words": words }));
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "condition.set", subject, public: &told, private: Some(&said) })?;
    Ok(())
}

/// Says that the revised version was checked and is good.
///
/// # Errors
/// Refusals `season-not-found`, `not-decided-yet`, `no-condition-open`, `not-allowed`; database faults.
pub fn meet(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, number: u32) -> Result<(), Fault> {
    let held = seasons::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &seasons::site(tx, &held)?)?;
    queries::decided(tx, season)?;
    if !store::meet_condition(tx, &permit, season, number)? {
        return Err(Refusal::new(Kind::Conflict, "no-condition-open").into());
    }
    let (told, subject) = (json!({ "project": number }), season.as_str());
    append(tx, cx, &permit, &Draft { kind: "condition.met", subject, public: &told, private: None })?;
    Ok(())
}
