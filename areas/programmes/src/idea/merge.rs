//! Merge ideas into one that is like them.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{
    Idea, IdeaId, State, owed, queries, rules,
    store::{self, Goes},
};
use crate::SeasonId;

/// Ideas that are merged at once, at most.
pub const MAX_AT_ONCE: usize = 20;

/// Which ideas, into which one, and why.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct MergeIdeas {
    /// Ids of 1 to 20 ideas.
    pub ideas: Vec<String>,
    /// The id of the one they go on in; it may stand among them.
    pub into: String,
    /// Why, for everybody to read: 1 to 1,000 characters. It is the answer to those that were not answered.
    pub words: String,
}

/// Merges the ideas into one, which keeps its text and credits all authors; who supported several supports it once.
/// All or none. What was merged already into the same one stays so.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn merge(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &MergeIdeas) -> Result<Idea, Fault> {
    let (into, from, words) = shaped(input)?;
    let (season, permit) = queries::office(tx, cx, season)?;
    rules::expect_state(&queries::idea(tx, &season.id, &into)?, &[State::Shown])?;
    let mut merged = Vec::new();
    let goes = Goes { into: &into, words: &words, day: &cx.day.clone() };
    for id in &from {
        if store::merge(tx, &permit, &season.id, (id, &goes))? {
            store::talk::carry_supports(tx, &permit, (&season.id, id), &into)?;
            merged.push(id);
            continue;
        }
        let idea = queries::idea(tx, &season.id, id)?;
        if idea.merged_into.as_ref() != Some(&into) {
            rules::expect_state(&idea, &[State::Shown])?;
        }
    }
    if !merged.is_empty() {
        if !store::talk::recount(tx, &permit, (&season.id, &into))? {
            rules::expect_state(&queries::idea(tx, &season.id, &into)?, &[State::Shown])?;
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
        let told = json!({ "ideas": merged, "into": into });
        let private = json!({ "words": words, "by": cx.actor.person() });
        let draft = Draft { kind: "idea.merged", subject: season.id.as_str(), public: &told, private: Some(&private) };
        append(tx, cx, &permit, &draft)?;
        owed::settle(tx, cx, &permit, &season.id)?;
    }
    queries::idea(tx, &season.id, &into)
}

fn shaped(input: &MergeIdeas) -> Result<(IdeaId, Vec<IdeaId>, String), Refusal> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 1_000);
    let into = input.into.trim().parse::<IdeaId>().ok();
    if into.is_none() {
        shape.error("into", if input.into.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let mut from: Vec<IdeaId> = input.ideas.iter().filter_map(|id| id.trim().parse().ok()).collect();
    from.retain(|id| Some(id) != into.as_ref());
    from.sort();
    from.dedup();
    if from.len() > MAX_AT_ONCE {
        shape.error("ideas", "too-many");
    } else if from.is_empty() && into.is_some() {
        shape.error("ideas", "required");
    }
    let (into, from, words) = shape.finish((into, from, words))?;
    let into = into.ok_or_else(|| Refusal::invalid(vec![FieldError::new("into", "required")]))?;
    Ok((into, from, words))
}
