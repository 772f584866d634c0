//! Answer a matter, which ends it: every matter gets an answer with a reason.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{
    Matter, MatterId, Outcome, queries, rules,
    step::{self, NewStep, Place},
    store,
};
use crate::duty;

/// An answer as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[schema(as = AnswerMatter)]
pub struct Answer {
    /// What came of it.
    pub outcome: Outcome,
    /// What was done, or why not: 1 to 4,000 characters.
    #[serde(default)]
    pub words: String,
    /// Ids of photos and documents that the same person added before and that belong to nothing yet, at most 9.
    #[serde(default)]
    pub files: Vec<String>,
}

/// Answers an open matter. Duties that wait for the answer are met by it; others must have ended before.
///
/// # Errors
/// Refusals `invalid-input`, `file-not-found`, `file-in-use`, `matter-not-found`, `matter-closed`, `matter-joined`, `duties-still-open`, `not-allowed`;
/// database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId, answer: &Answer) -> Result<(), Fault> {
    let matter = queries::matter(tx, id)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &matter.site()?)?;
    end(tx, cx, &permit, &matter, answer)
}

/// The same with a permit that is there already: for other areas whose verbs end a matter.
///
/// # Errors
/// As [`close`], without those of rights.
pub fn end(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, matter: &Matter, answer: &Answer) -> Result<(), Fault> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &answer.words, 4_000);
    let files = step::files(&mut shape, &answer.files);
    let (words, files) = shape.finish((words, files))?;
    rules::may_close(matter)?;
    let Some(next) = store::close(tx, cx, permit, &matter.id, answer.outcome)? else {
        rules::may_close(&queries::matter(tx, &matter.id)?)?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    };
    let new = NewStep { kind: "answered", words, files, ..NewStep::default() };
    let site = matter.site()?;
    let n = step::put(tx, cx, permit, &Place { id: &matter.id, site: &site, next: &next }, &new)?;
    step::attach(tx, cx, permit, &matter.id, &new.files)?;
    duty::meet::by_answer(tx, cx, permit, &matter.id, n)?;
    let told = json!({ "outcome": answer.outcome.as_str(), "place": matter.place, "step": n });
    let said = json!({ "words": new.words, "files": new.files });
    let subject = matter.id.as_str();
    append(tx, cx, permit, &Draft { kind: "matter.closed", subject, public: &told, private: Some(&said) })?;
    Ok(())
}
