//! An owner answers the intent survey 意向征询 on a page. It has no effect of a vote, and says so.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape, local_day};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;

use super::{Met, Visit, Way, store};
use crate::{
    ballot::{
        Door,
        online::{Speaks, door_for, speaks},
    },
    round::{RoundId, State, meanwhile, not_found, rules, store as rounds},
};

/// An answer as an owner gives it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Answer {
    /// The unit; a code needs none.
    pub unit: String,
    /// `agrees`, `refuses` or `undecided`.
    pub answer: String,
    /// At most 300 characters, for those who work on it.
    pub words: String,
    /// The code of a letter; empty for an owner who has signed in.
    pub code: String,
}

/// Notes what the owner of a unit thinks, who has signed in or has the code of its letter: while the roll is frozen and the vote is not over. The last answer is the one that
/// is shown; the same answer of the same day again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `round-not-found`, `round-wrong-state`, `survey-vote-open` where one votes on these pages, `door-not-found`, `not-your-unit`, `changed-meanwhile`,
/// `sign-in-first`, `not-allowed`; database faults.
pub fn answer(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId, input: &Answer) -> Result<Door, Fault> {
    let round = rounds::held(tx, id)?.ok_or_else(not_found)?;
    let code = input.code.trim();
    let speaks = speaks(tx, cx, (&round, code))?;
    rules::expect(&round, &[State::Roll, State::Notice, State::Open])?;
    let mut shape = Shape::new();
    let unit = match code {
        "" => shape.line("unit", &input.unit, crate::register::MAX_NUMBER),
        _ => String::new(),
    };
    let words = shape.optional_line("words", &input.words, 300);
    let result = input.answer.trim().parse::<Met>().ok().filter(|met| met.is_stance());
    if result.is_none() {
        shape.error("answer", if input.answer.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let (unit, words) = shape.finish((unit, words))?;
    let result = result.unwrap_or(Met::Undecided);
    let door = door_for(tx, &round, (&unit, code), &speaks)?;
    // who may vote on these pages would take a survey beside the vote for it
    if round.state == State::Open && round.channels(&cx.day)?.contains(&consent::Channel::Online) {
        return Err(Refusal::new(Kind::Conflict, "survey-vote-open").into());
    }
    let (unit, Speaks { permit, by }) = (door.unit.clone(), speaks);
    let day = local_day(cx.now, cx.offset_minutes);
    let who = by.as_ref().map_or("letter", |me| me.as_str());
    let client = format!("{who}/online/{unit}/{day}/{}", result.as_str());
    if !store::known(tx, id, &[&client])?.is_empty() {
        return Ok(door);
    }
    let at = cx.now;
    let visit = Visit { id: cx.id(permit.home()), unit, way: Way::Online, result, words, at, day, by };
    match store::insert_all(tx, &permit, id, (&[(visit.clone(), client)], cx.now)) {
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    store::refresh(tx, &permit, id, &[door.number])?;
    let told = json!({ "round": id });
    let words = json!({ "unit": visit.unit, "answer": result, "words": visit.words, "by": visit.by });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "survey.answered", subject: id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(door)
}
