//! Show an idea to everybody: at moderation, or again after it was hidden.

use db::{Fault, Tx};
use kernel::Context;
use ledger::entry::{Draft, append};
use serde_json::json;

use super::{Idea, IdeaId, State, owed, queries, rules, store};
use crate::SeasonId;

/// Shows the idea. One that is shown already stays so.
///
/// # Errors
/// Refusals `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn show(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &IdeaId)) -> Result<Idea, Fault> {
    let (season, permit) = queries::office(tx, cx, season)?;
    if !store::show(tx, &permit, &season.id, id)? {
        let idea = queries::idea(tx, &season.id, id)?;
        rules::expect_state(&idea, &[State::Shown])?;
        return Ok(idea);
    }
    let (told, private) = (json!({ "idea": id }), json!({ "by": cx.actor.person() }));
    let draft = Draft { kind: "idea.shown", subject: season.id.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    let idea = queries::idea(tx, &season.id, id)?;
    owed::owe_again(tx, cx, &permit, (&season, &idea))?;
    Ok(idea)
}
