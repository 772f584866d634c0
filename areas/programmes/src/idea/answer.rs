//! Answer an idea, with a reason.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Idea, IdeaId, Outcome, State, owed, queries, rules, store};
use crate::SeasonId;

/// What the office says.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AnswerIdea {
    /// `taken-up`, `not-now` or `elsewhere`. Merging is a verb of its own.
    pub outcome: String,
    /// Why, for everybody to read: 1 to 1,000 characters.
    pub words: String,
}

/// Answers the idea. Another answer takes the place of the first one, whose day stays; the same once more changes
/// nothing.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn answer(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &IdeaId),
    input: &AnswerIdea,
) -> Result<Idea, Fault> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let outcome = input.outcome.parse::<Outcome>().ok().filter(|outcome| *outcome != Outcome::Merged);
    if outcome.is_none() {
        shape.error("outcome", if input.outcome.is_empty() { "required" } else { "unknown-choice" });
    }
    let (words, outcome) = shape.finish((words, outcome))?;
    let outcome = outcome.ok_or_else(|| Refusal::invalid(vec![FieldError::new("outcome", "required")]))?;
    let (season, permit) = queries::office(tx, cx, season)?;
    let idea = queries::idea(tx, &season.id, id)?;
    rules::expect_state(&idea, &[State::Shown])?;
    if idea.answer.as_ref().is_some_and(|a| a.outcome == outcome && a.words == words) {
        return Ok(idea);
    }
    let new = Answer { outcome, words, day: cx.day.clone() };
    if !store::answer(tx, &permit, &season.id, (id, &new))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let idea = queries::idea(tx, &season.id, id)?;
    let told = json!({ "idea": id, "late": idea.is_late(), "outcome": new.outcome });
    let private = json!({ "words": new.words, "by": cx.actor.person() });
    let draft = Draft { kind: "idea.answered", subject: season.id.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    owed::settle(tx, cx, &permit, &season.id)?;
    Ok(idea)
}
