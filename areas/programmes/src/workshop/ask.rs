//! Questions to those who know, their advice, and what became of it.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{self, append};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_QUESTIONS, Question, Taken, WorkshopId, card, queries, record, store};
use crate::SeasonId;

/// A question as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AskQuestion {
    /// 1 to 300 characters.
    pub question: String,
    /// Who gave the advice, by trade and not by name: 1 to 60 characters.
    pub expert: String,
    /// 1 to 2,000 characters.
    pub advice: String,
}

/// Keeps the question with its advice. The same question again answers with the one that is there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `workshop-not-found`, `wrong-stage`, `too-many-questions`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn ask(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    ids: (&SeasonId, &WorkshopId),
    input: &AskQuestion,
) -> Result<Question, Fault> {
    let (season, workshop, permit) = card::at(tx, cx, ids)?;
    record::may_record(&season)?;
    let mut shape = Shape::new();
    let mut question = Question {
        number: 1,
        question: shape.line("question", &input.question, 300),
        expert: shape.line("expert", &input.expert, 60),
        advice: shape.prose("advice", &input.advice, 2_000),
        taken: Taken::Open,
        taken_note: String::new(),
    };
    shape.finish(())?;
    let there = store::questions(tx, &workshop)?;
    if let Some(same) = there.iter().find(|q| q.question == question.question) {
        return Ok(same.clone());
    }
    question.number = there.last().map_or(1, |last| last.number + 1);
    if question.number > MAX_QUESTIONS {
        let limit = i64::from(MAX_QUESTIONS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-questions").with_int("limit", limit).into());
    }
    match store::insert_question(tx, &permit, &workshop.id, &question) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let public = json!({ "workshop": workshop.id, "question": question.number });
    let private = json!({ "question": question.question, "expert": question.expert, "advice": question.advice });
    let subject = season.id.as_str();
    let draft = entry::Draft { kind: "workshop.asked", subject, public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(question)
}

/// What became of an advice.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct TakeUp {
    /// Whether it was taken up.
    pub taken: Taken,
    /// How, or why not: at most 400 characters; needed unless it was taken up or is open.
    #[serde(default)]
    pub note: String,
}

/// Says whether an advice was taken up; can be said anew.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `workshop-not-found`, `question-not-found`, `not-allowed`; database
/// faults.
pub fn take_up(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, workshop, number): (&SeasonId, &WorkshopId, u32),
    input: &TakeUp,
) -> Result<Question, Fault> {
    let (season, workshop, permit) = card::at(tx, cx, (season, workshop))?;
    let old = queries::question(tx, &workshop, number)?;
    let mut shape = Shape::new();
    let note = match input.taken {
        Taken::Partly | Taken::No => shape.line("note", &input.note, 400),
        Taken::Open | Taken::Yes => shape.optional_line("note", &input.note, 400),
    };
    let new = Question { taken: input.taken, taken_note: shape.finish(note)?, ..old.clone() };
    if new == old {
        return Ok(old);
    }
    store::take_up(tx, &permit, &workshop.id, &new)?;
    let public = json!({ "workshop": workshop.id, "question": number, "taken": new.taken.as_str() });
    let private = json!({ "note": new.taken_note, "by": cx.actor.person() });
    let subject = season.id.as_str();
    let draft = entry::Draft { kind: "workshop.advice-taken-up", subject, public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(new)
}
