//! Meet a duty, with evidence.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit};
use serde::Deserialize;
use serde_json::json;

use super::{
    Duty, DutyId, State, holder, queries, rules,
    store::{self, NewStep},
};
use crate::matter::{self, MatterId};

/// How a duty was met, as somebody typed it: words, references, or both.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Meet {
    /// What was done, at most 1,000 characters.
    #[serde(default)]
    pub words: String,
    /// References such as `file:<id>`, `entry:<id>`, `step:<n>`: at most 10 of at most 80 characters.
    #[serde(default)]
    pub evidence: Vec<String>,
}

/// Meets a duty: whoever owes it, or community work at its place.
///
/// # Errors
/// Refusals `invalid-input` (`words`: `required` when there is no evidence either), `duty-not-found`, `duty-ended`,
/// `answer-the-matter`, `answer-there`, `not-allowed`; database faults.
pub fn meet(tx: &mut Tx<'_>, cx: &mut Context, id: &DutyId, input: &Meet) -> Result<Duty, Fault> {
    let mut shape = Shape::new();
    let words = shape.optional_prose("words", &input.words, 1_000);
    let evidence: Vec<String> = input.evidence.iter().filter(|e| !e.trim().is_empty()).cloned().collect();
    if words.is_empty() && evidence.is_empty() && input.words.trim().is_empty() {
        shape.error("words", "required");
    }
    if evidence.len() > rules::MAX_EVIDENCE {
        shape.error("evidence", "too-many");
    }
    for reference in evidence.iter().take(rules::MAX_EVIDENCE) {
        shape.line("evidence", reference, 80);
    }
    let words = shape.finish(words)?;
    let duty = queries::duty(tx, id)?;
    let permit = holder::permit(tx, cx, Action::MeetDuty, &duty.holder, &duty.site()?)?;
    rules::may_meet(&duty)?;
    end(tx, cx, &permit, &duty, &Ending { state: None, words: &words, evidence: &evidence })?;
    queries::duty(tx, id)
}

/// How a duty ends.
#[derive(Debug, Default)]
pub struct Ending<'a> {
    /// None: met, in time or too late.
    pub state: Option<State>,
    /// What is told of it; may be empty.
    pub words: &'a str,
    /// References to what met it.
    pub evidence: &'a [String],
}

/// Ends a duty with a permit that is there already: for other areas whose records meet duties. Releases its holder,
/// tells its matter, and writes the entry.
///
/// # Errors
/// Refusal `duty-ended` when it has ended meanwhile; database faults.
pub fn end(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    duty: &Duty,
    ending: &Ending<'_>,
) -> Result<State, Fault> {
    finish(tx, cx, permit, duty, ending)?;
    let state = ending.state.unwrap_or_else(|| rules::met_state(duty.deadline.as_ref(), cx.now));
    if let Some(matter) = &duty.matter {
        if !duty.by_answer {
            matter::store::wait(tx, permit, matter, -1)?;
        }
        let kind = if state == State::Cancelled { "duty-cancelled" } else { "duty-met" };
        let step = matter::step::NewStep { kind, duty: Some(duty.id.clone()), ..Default::default() };
        matter::step::add(tx, cx, permit, matter, &step)?;
    }
    Ok(state)
}

/// The duty's own part of its end.
fn finish(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, duty: &Duty, ending: &Ending<'_>) -> Result<(), Fault> {
    let state = ending.state.unwrap_or_else(|| rules::met_state(duty.deadline.as_ref(), cx.now));
    let Some(n) = store::end(tx, cx, permit, (&duty.id, state), ending.evidence)? else {
        let now = store::duty(tx, &duty.id)?.map_or(duty.state, |duty| duty.state);
        return Err(Refusal::new(Kind::Conflict, "duty-ended").with_text("state", now.as_str()).into());
    };
    holder::release(tx, permit, &duty.holder)?;
    let cancelled = state == State::Cancelled;
    let facts = json!({ "evidence": ending.evidence, "state": state.as_str() });
    let kind = if cancelled { "cancelled" } else { "met" };
    let person = cx.actor.person();
    let new = NewStep { duty: &duty.id, n, kind, words: ending.words, person, facts: &facts };
    store::insert_step(tx, cx, permit, &new)?;
    let told = json!({
        "due": duty.deadline.as_ref().map(|d| d.day.as_str()), "matter": duty.matter, "place": duty.place,
        "state": state.as_str(),
    });
    let said = json!({ "words": ending.words, "evidence": ending.evidence });
    let kind = if cancelled { "duty.cancelled" } else { "duty.met" };
    append(tx, cx, permit, &Draft { kind, subject: duty.id.as_str(), public: &told, private: Some(&said) })?;
    Ok(())
}

/// Meets what waits for the answer to a matter; `step` is the answer's.
pub(crate) fn by_answer(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    matter: &MatterId,
    step: u32,
) -> Result<(), Fault> {
    let evidence = [format!("step:{step}")];
    for duty in store::answered(tx, matter)? {
        finish(tx, cx, permit, &duty, &Ending { state: None, words: "", evidence: &evidence })?;
    }
    Ok(())
}
