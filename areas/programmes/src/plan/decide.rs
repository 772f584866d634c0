//! Accept a change of a plan, or refuse it with a reason.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Action;
use serde::Deserialize;
use serde_json::json;

use super::{State, Version, store};
use crate::{
    SeasonId,
    running::{Case, rules::running},
};

/// What is decided.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DecidePlan)]
#[serde(default)]
pub struct Decide {
    /// The version that they saw.
    pub version: u32,
    /// Whether it is accepted.
    pub accept: bool,
    /// Why, at most 1,000 characters; required where it is refused.
    pub words: String,
}

/// Decides the request: somebody who neither asked nor has a part in the project. What is accepted is what records are
/// compared with from then on. The same decision again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`,
/// `plan-version-not-found`, `change-decided`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn decide(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &Decide,
) -> Result<Version, Fault> {
    let case = Case::read(tx, season, number)?;
    let mut asked = store::version(tx, (season, number), input.version)?;
    let permit = case.judge(&cx.actor, Action::Approve, asked.asked_by.as_ref())?;
    let mut shape = Shape::new();
    let answer = match input.accept {
        true => shape.optional_prose("words", &input.words, 1_000),
        false => shape.prose("words", &input.words, 1_000),
    };
    let answer = shape.finish(answer)?;
    let state = if input.accept { State::Accepted } else { State::Refused };
    if asked.state != State::Asked {
        // the first version was set and never asked for
        let same = (asked.state, &asked.answer) == (state, &answer) && asked.decided_day.is_some();
        return if same { Ok(asked) } else { Err(Refusal::new(Kind::Conflict, "change-decided").into()) };
    }
    running(&case.run)?;
    (asked.state, asked.answer, asked.decided_day) = (state, answer, Some(cx.day.clone()));
    if !store::decide(tx, &permit, (season, number), &asked)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "project": number, "version": asked.version });
    let private = json!({ "words": asked.answer, "by": cx.actor.person() });
    let kind = if input.accept { "plan.change-accepted" } else { "plan.change-refused" };
    append(tx, cx, &permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(asked)
}
