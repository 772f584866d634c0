//! Accept or decline a seat on the panel.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season};
use rights::{Action, Resource, authorize};
use serde_json::json;

use super::{Answer, Reviewer, queries, rules, store};

/// Answers an invitation. An answer can be changed while the review is open and the reviewer has saved no sheet.
///
/// # Errors
/// Refusals `season-not-found`, `not-a-reviewer`, `review-closed`, `scored-already`, `not-allowed`; database faults.
pub fn answer(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, accept: bool) -> Result<Reviewer, Fault> {
    let review = store::hold(tx, id)?;
    let season = season::queries::season(tx, id)?;
    let me = queries::me(tx, cx, id)?;
    let site = season::queries::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::ScoreProject, Resource::at(&site).owned_by(Some(&me.person)))?;
    rules::open(review)?;
    let answer = if accept { Answer::Accepted } else { Answer::Declined };
    if me.answer == answer {
        return Ok(me);
    }
    if !accept && me.n_sheets > 0 {
        return Err(Refusal::new(Kind::Conflict, "scored-already").into());
    }
    if !store::touch(tx, &permit, id)? || !store::answer(tx, &permit, id, &me.person, answer)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let (public, private) = (json!({ "accepted": accept }), json!({ "person": me.person }));
    let draft = Draft { kind: "review.answered", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    queries::reviewer(tx, id, &me.person)
}
