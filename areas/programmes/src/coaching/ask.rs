//! Go through the template's questions.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Answer, Found, note, store};
use crate::{ProposalId, SeasonId, Template, template};

/// What was found on one question.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Asked {
    /// The key of the template's question.
    pub question: String,
    /// `yes`, `partly` or `no`.
    pub answer: String,
    /// What is missing, at most 300 characters.
    #[serde(default)]
    pub note: String,
}

/// What was found on the questions; those that are left out stay as they are.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct AskQuestions {
    /// 1 to as many as the template has.
    pub answers: Vec<Asked>,
}

/// Says how far the last version answers the questions, in place of what was said of that version before.
///
/// # Errors
/// Refusals `invalid-input`, `proposal-not-found`, `proposal-state`, `too-many-versions`, `changed-meanwhile`,
/// `not-allowed`, `sign-in-first`; database faults.
pub fn ask(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &ProposalId),
    input: &AskQuestions,
) -> Result<Vec<Found>, Fault> {
    let (season, mut proposal, permit, author) = note::open(tx, cx, (season, id))?;
    let template = template::queries::of_season(tx, &season)?;
    let mut found = read(cx, input, &template)?;
    let version = note::read_version(tx, cx, &permit, &mut proposal)?;
    for one in &mut found {
        one.version = version;
        store::put_answer(tx, &permit, (id, one), &author)?;
    }
    let public = json!({ "proposal": id, "number": proposal.number, "version": version });
    let told: Vec<_> =
        found.iter().map(|one| json!({ "question": one.question, "answer": one.answer, "note": one.note })).collect();
    let private = json!({ "answers": told, "person": author });
    let subject = season.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "proposal.asked", subject, public: &public, private: Some(&private) })?;
    Ok(found)
}

fn read(cx: &Context, input: &AskQuestions, template: &Template) -> Result<Vec<Found>, Refusal> {
    let mut shape = Shape::new();
    let mut found: Vec<Found> = Vec::new();
    for asked in input.answers.iter().take(template.questions.len() + 1) {
        let known = template.questions.iter().any(|question| question.key == asked.question);
        let twice = found.iter().any(|one| one.question == asked.question);
        let Some(answer) = asked.answer.parse::<Answer>().ok().filter(|_| known && !twice) else {
            shape.error("answers", "unknown-choice");
            continue;
        };
        let note = shape.optional_prose("answers", &asked.note, 300);
        found.push(Found { version: 0, question: asked.question.clone(), answer, note, made_day: cx.day.clone() });
    }
    let found = shape.finish(found)?;
    if found.is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("answers", "required")]));
    }
    Ok(found)
}
