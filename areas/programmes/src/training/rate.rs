//! Say what a training was worth.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{self, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{TrainingId, queries, store};
use crate::{SeasonId, season};

/// An answer as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = RateTraining)]
#[serde(default)]
pub struct Rate {
    /// 1 (not at all) to 5 (very).
    pub grade: u32,
    /// What one wants to add, at most 500 characters, without a name.
    pub words: String,
}

/// Keeps the answer in place of an earlier one. Those are asked who signed up and came.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `training-not-found`, `not-there`, `not-allowed`, `verify-first`,
/// `sign-in-first`; database faults.
pub fn rate(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &TrainingId),
    input: &Rate,
) -> Result<(), Fault> {
    let training = queries::training(tx, season, id)?;
    let of = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &of)?;
    let permit = authorize(&cx.actor, Action::GradeMatter, &site)?;
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let mut shape = Shape::new();
    shape.number("grade", i64::from(input.grade), 1..=5);
    let words = shape.optional_prose("words", &input.words, 500);
    let words = shape.finish(words)?;
    if !store::signups(tx, id)?.iter().any(|one| one.person == person && one.came) {
        return Err(Refusal::new(Kind::Conflict, "not-there").into());
    }
    if store::rated(tx, id, &person)? == Some((input.grade, words.clone())) {
        return Ok(());
    }
    store::put_rating(tx, &permit, id, (&person, input.grade, &words, &cx.day))?;
    let public = json!({ "training": id, "number": training.number });
    let private = json!({ "person": person, "grade": input.grade, "words": words, "by": cx.entered_by() });
    let draft =
        entry::Draft { kind: "training.rated", subject: season.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}
