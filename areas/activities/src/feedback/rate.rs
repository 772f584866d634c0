//! Say what one thought of an activity.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::store;
use crate::{
    ActivityId,
    activity::queries,
    checkin::{State, queries as checks, take},
};

/// Feedback as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, Serialize, utoipa::ToSchema)]
#[schema(as = RateFeedback)]
#[serde(default)]
pub struct Rate {
    /// 1 to 5.
    pub grade: u32,
    /// At most 500 characters; read by those who hold the activity, from five answers on.
    pub words: String,
}

/// A slip of paper that is typed in.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct RatePaper {
    /// What stands on it.
    #[serde(flatten)]
    pub rate: Rate,
    /// A text the sender makes up for this one slip, 1 to 40 characters, so that sending twice counts once.
    pub once: String,
}

/// Whoever checked in says what they thought; saying it again takes the place of the first.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `not-checked-in`, `sign-in-first`; database faults.
pub fn rate(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Rate) -> Result<(), Fault> {
    queries::activity(tx, id)?;
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let permit = authorize(&cx.actor, Action::KeepOwnAccount, Resource::of(id.home()).owned_by(cx.actor.person()))?;
    let came = checks::of_person(tx, id, &person)?.filter(|check| check.state != State::LeftOut);
    if came.is_none() {
        return Err(Refusal::new(Kind::Conflict, "not-checked-in").into());
    }
    keep(tx, cx, &permit, (id, &format!("p:{person}"), Some(&person)), input)
}

/// A slip of paper is typed in by whoever takes the check-ins.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `not-allowed`; database faults.
pub fn rate_paper(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &RatePaper) -> Result<(), Fault> {
    let (.., permit) = take::permit(tx, cx, id)?;
    let mut shape = Shape::new();
    let once = shape.line("once", &input.once, 40);
    let once = shape.finish(once)?;
    keep(tx, cx, &permit, (id, &format!("s:{once}"), None), &input.rate)
}

fn keep(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (id, who, person): (&ActivityId, &str, Option<&PersonId>),
    input: &Rate,
) -> Result<(), Fault> {
    let mut shape = Shape::new();
    shape.number("grade", i64::from(input.grade), 1..=5);
    let words = shape.optional_prose("words", &input.words, 500);
    let words = shape.finish(words)?;
    store::put(tx, permit, (id, who, cx), (input.grade, &words))?;
    // not even the grade is public: with the day it would tell whose it is
    let public = json!({ "activity": id });
    let private = json!({ "person": person, "grade": input.grade, "words": words, "by": cx.actor.person() });
    let draft = Draft { kind: "activity.rated", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}
