//! Nominate a project for an award.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Award, MAX_AWARDS, State, choice, store};
use crate::{
    SeasonId,
    running::{Case, RunState},
    season, template,
};

/// A nomination as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Nominate {
    /// The key of a category of the template.
    pub category: String,
    /// The project's number.
    pub number: u32,
    /// Why: 1 to 500 characters.
    pub words: String,
}

/// Nominates it. Nominated before, nothing changes.
///
/// # Errors
/// Refusals `invalid-input` (`category`, `number`, `words`), `season-not-found`, `wrong-stage`,
/// `project-not-running` for a stopped one, `award-choice-open`, `award-counted`, `too-many-awards`, `not-allowed`; database faults.
pub fn nominate(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Nominate) -> Result<(), Fault> {
    let place = season::queries::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &place)?)?;
    let case = match Case::read(tx, season, input.number) {
        Err(Fault::Refused(no)) if no.code == "project-not-found" => {
            let code = if input.number == 0 { "required" } else { "unknown-choice" };
            return Err(Refusal::invalid(vec![FieldError::new("number", code)]).into());
        }
        read => read?,
    };
    if case.run.state == RunState::Stopped {
        return Err(Refusal::new(Kind::Conflict, "project-not-running").with_text("state", "stopped").into());
    }
    let template = template::queries::of_season(tx, &case.season)?;
    let mut shape = Shape::new();
    if !template.awards.iter().any(|term| term.key == input.category) {
        shape.error("category", "unknown-choice");
    }
    let words = shape.prose("words", &input.words, 500);
    let words = shape.finish(words)?;
    // what a jury or the residents choose among stays as it was when they began
    if let Some(choice) = choice::queries::choice(tx, season, &input.category)? {
        let code = if choice.state == choice::State::Open { "award-choice-open" } else { "award-counted" };
        return Err(Refusal::new(Kind::Conflict, code).into());
    }
    if store::count(tx, season)? >= MAX_AWARDS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-awards").with_int("limit", MAX_AWARDS).into());
    }
    let award = Award {
        season: season.clone(),
        category: input.category.clone(),
        number: input.number,
        project: case.project.name,
        state: State::Nominated,
        words,
        nominated_by: cx.actor.person().cloned(),
        nominated_day: cx.day.clone(),
        decided_day: None,
        certificate: None,
        approvals: None,
        verdict: None,
    };
    if !store::insert(tx, &permit, &award)? {
        return Ok(());
    }
    let public = json!({ "project": award.number, "category": award.category });
    let private = json!({ "words": award.words, "by": award.nominated_by });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "award.nominated", subject, public: &public, private: Some(&private) })?;
    Ok(())
}
