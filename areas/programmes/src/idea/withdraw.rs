//! Take an idea of one's own back.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{Idea, IdeaId, State, owed, queries, rules, store};
use crate::SeasonId;

/// Takes the idea back: nobody but the author and the office sees it any more. It still counts among the author's, so
/// that posting and taking back has an end too.
///
/// # Errors
/// Refusals `season-not-found`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn withdraw(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &IdeaId)) -> Result<Idea, Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    let refused = || Refusal::new(Kind::Forbidden, "not-allowed");
    let me = cx.author().cloned().ok_or_else(refused)?;
    if !store::withdraw(tx, &permit, season, (id, &me))? {
        let idea = queries::idea(tx, season, id)?;
        if idea.person.as_ref() != Some(&me) {
            return Err(refused().into());
        }
        rules::expect_state(&idea, &[State::Withdrawn])?;
        return Ok(idea);
    }
    let (told, private) = (json!({ "idea": id }), json!({ "person": me }));
    let draft = Draft { kind: "idea.withdrawn", subject: season.as_str(), public: &told, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    owed::settle(tx, cx, &permit, season)?;
    queries::idea(tx, season, id)
}
