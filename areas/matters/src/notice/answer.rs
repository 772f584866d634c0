//! Answer an objection.

use db::{Fault, Tx};
use kernel::{Context, Kind as No, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Notice, Objection, ObjectionId, ObjectionState, owe, queries, store};
use crate::site::site_of;

/// An answer as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct NewAnswer {
    /// `upheld`: it is right, and the notice has to be corrected; `rejected`: it is not; `answered`: it was a question.
    #[serde(default)]
    pub outcome: String,
    /// The answer, which everybody can read: 1 to 2,000 characters.
    #[serde(default)]
    pub words: String,
}

/// Answers once and for all, which meets the duty that the objection gave. Never by whoever objected, nor by anybody who wrote or put up the notice.
///
/// # Errors
/// Refusals `invalid-input`, `objection-not-found`, `objection-answered`, `not-allowed`; database faults.
pub fn answer(tx: &mut Tx<'_>, cx: &mut Context, id: &ObjectionId, input: &NewAnswer) -> Result<Objection, Fault> {
    let objection = queries::objection(tx, id)?;
    let notice = queries::notice(tx, &objection.notice)?;
    let conflict = in_conflict(tx, &notice, &objection)?;
    let site = site_of(tx, &notice.place)?;
    let permit = authorize(&cx.actor, Action::AnswerObjection, Resource::at(&site).in_conflict(&conflict))?;
    let (state, words) = shaped(input)?;
    let answered = Objection {
        state,
        answer: words,
        answered_by: cx.actor.person().cloned(),
        answered_day: Some(cx.day.clone()),
        ..objection
    };
    // the notice's row first, as everywhere, so that two never wait for each other
    store::count_answer(tx, &permit, &notice.id, state == ObjectionState::Upheld)?;
    if !store::answer(tx, &permit, &answered)? {
        return Err(Refusal::new(No::Conflict, "objection-answered").into());
    }
    let told = json!({
        "objection": id, "outcome": state.as_str(), "made": answered.made_day.as_str(),
        "due": answered.due_day.as_str(),
    });
    let private = json!({ "answer": answered.answer, "by": answered.answered_by });
    let subject = notice.id.as_str();
    let draft = Draft { kind: "objection.answered", subject, public: &told, private: Some(&private) };
    let entry = append(tx, cx, &permit, &draft)?;
    owe::met(tx, cx, &permit, &answered, &entry)?;
    Ok(answered)
}

/// Who may not answer: the objector, and everybody who wrote or put up the notice.
pub(super) fn in_conflict(
    s: &mut db::Snapshot<'_>,
    notice: &Notice,
    objection: &Objection,
) -> Result<Vec<PersonId>, db::DbError> {
    let mut persons = store::posters(s, &notice.id)?;
    persons.extend(notice.drafted_by.iter().chain(&objection.author).cloned());
    Ok(persons)
}

fn shaped(input: &NewAnswer) -> Result<(ObjectionState, String), Refusal> {
    let mut shape = Shape::new();
    let state = input.outcome.parse::<ObjectionState>().ok().filter(|state| *state != ObjectionState::Open);
    if state.is_none() {
        shape.error("outcome", if input.outcome.is_empty() { "required" } else { "unknown-choice" });
    }
    let words = shape.prose("words", &input.words, 2_000);
    shape.finish((state.unwrap_or(ObjectionState::Answered), words))
}
