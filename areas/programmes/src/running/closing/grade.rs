//! Say how content one is with what a project did for one.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use crate::{
    SeasonId,
    running::{Case, Evidence, RunState, store},
};

/// An answer as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = ClosingGrade)]
#[serde(default)]
pub struct Grade {
    /// 1 (not at all) to 5 (very).
    pub grade: u32,
    /// What one wants to add, at most 500 characters; for the team and the office, without a name.
    pub words: String,
}

/// Keeps the answer in place of an earlier one. Only those are asked of whom it is recorded that they took part: where
/// nobody's coming is recorded by person, nobody is asked, and the project has no satisfaction. The team of a project does
/// not grade itself.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`, `not-served`,
/// `own-project`, `not-allowed`, `verify-first`, `sign-in-first`; database faults.
pub fn grade(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    evidence: &dyn Evidence,
    (season, number): (&SeasonId, u32),
    input: &Grade,
) -> Result<(), Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = authorize(&cx.actor, Action::GradeMatter, &case.site)?;
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    if case.involved(&cx.actor).contains(&person) {
        return Err(Refusal::new(Kind::Conflict, "own-project").into());
    }
    let mut shape = Shape::new();
    shape.number("grade", i64::from(input.grade), 1..=5);
    let words = shape.optional_prose("words", &input.words, 500);
    let words = shape.finish(words)?;
    if case.run.state == RunState::Stopped {
        return Err(Refusal::new(Kind::Conflict, "project-not-running").with_text("state", "stopped").into());
    }
    if evidence.served(tx, (season, number), &person)? != Some(true) {
        return Err(Refusal::new(Kind::Conflict, "not-served").into());
    }
    if store::grade(tx, (season, number), &person)? == Some((input.grade, words.clone())) {
        return Ok(());
    }
    store::put_grade(tx, &permit, (season, number), (&person, input.grade, &words, &cx.day))?;
    let public = json!({ "project": number });
    let private = json!({ "person": person, "grade": input.grade, "words": words, "by": cx.entered_by() });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "project.graded", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
