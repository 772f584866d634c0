//! Hide an idea, or a comment, with a reason.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{CommentId, Idea, IdeaId, State, owed, queries, rules, store};
use crate::SeasonId;

/// Why something is hidden, or taken apart.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = IdeaWhy)]
#[serde(default)]
pub struct Why {
    /// 1 to 500 characters. The author reads it.
    pub reason: String,
}

impl Why {
    fn shaped(&self) -> Result<String, Refusal> {
        let mut shape = Shape::new();
        let reason = shape.prose("reason", &self.reason, 500);
        shape.finish(reason)
    }
}

/// Hides the idea: its author and the office still see it, and why.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn hide(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &IdeaId), input: &Why) -> Result<Idea, Fault> {
    let reason = input.shaped()?;
    let (season, permit) = queries::office(tx, cx, season)?;
    if !store::hide(tx, &permit, &season.id, (id, &reason))? {
        let idea = queries::idea(tx, &season.id, id)?;
        rules::expect_state(&idea, &[State::Hidden])?;
        return Ok(idea);
    }
    let (told, private) = (json!({ "idea": id }), json!({ "reason": reason, "by": cx.actor.person() }));
    let draft = Draft { kind: "idea.hidden", subject: season.id.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    owed::settle(tx, cx, &permit, &season.id)?;
    queries::idea(tx, &season.id, id)
}

/// Hides a comment: in its place stands the reason, and its replies stay.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `comment-not-found`, `not-allowed`; database faults.
pub fn hide_comment(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, idea, id): (&SeasonId, &IdeaId, &CommentId),
    input: &Why,
) -> Result<(), Fault> {
    let reason = input.shaped()?;
    let (season, permit) = queries::office(tx, cx, season)?;
    let on = (&season.id, idea);
    if !store::talk::hide_comment(tx, &permit, on, (id, &reason))? {
        let found = store::talk::comment(tx, on, id)?;
        return found.map(|_| ()).ok_or_else(|| Refusal::new(Kind::NotFound, "comment-not-found").into());
    }
    let told = json!({ "comment": id, "idea": idea });
    let private = json!({ "reason": reason, "by": cx.actor.person() });
    let kind = "idea.comment-hidden";
    append(tx, cx, &permit, &Draft { kind, subject: season.id.as_str(), public: &told, private: Some(&private) })?;
    Ok(())
}
