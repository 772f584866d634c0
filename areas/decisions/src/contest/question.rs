//! Note a question that was asked.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{queries, store};

/// Questions of a speech at most.
const MAX_QUESTIONS: usize = 30;

/// A question as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = ContestQuestion)]
pub struct Question {
    /// Which speech: 1 for the first.
    pub position: u32,
    /// 1 to 200 characters, without names of people.
    #[serde(default)]
    pub question: String,
}

/// Notes it under the speech; the same question of a speech again is there already.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `no-contest`, `no-such-speech`, `too-many-asked`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn note(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &Question) -> Result<(), Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    queries::contest(tx, id)?;
    let mut shape = Shape::new();
    let question = shape.line("question", &input.question, 200);
    let question = shape.finish(question)?;
    let turns = queries::turns(tx, id)?;
    let turn = turns.iter().find(|turn| turn.position == input.position);
    let turn = turn.ok_or_else(|| Refusal::new(Kind::NotFound, "no-such-speech"))?;
    if turn.questions.lines().any(|line| line == question) {
        return Ok(());
    }
    if turn.questions.lines().count() >= MAX_QUESTIONS {
        let limit = i64::try_from(MAX_QUESTIONS).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-asked").with_int("limit", limit).into());
    }
    let all = if turn.questions.is_empty() { question.clone() } else { format!("{}\n{question}", turn.questions) };
    if !store::note(tx, &permit, id, turn, &all)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let (public, private) = (json!({ "number": turn.project }), json!({ "question": question }));
    let draft = Draft { kind: "contest.asked", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}
