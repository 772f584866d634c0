//! Decide a nomination where the template leaves that to the office: by somebody who neither nominated the project nor had
//! a part in it.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Action;
use serde::Deserialize;
use serde_json::json;

use super::{Award, State, certificate, store};
use crate::{
    SeasonId,
    running::{Case, RunState},
    template::{self, Decides},
};

/// A decision.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DecideAward)]
#[serde(default)]
pub struct Decide {
    /// The key of the category.
    pub category: String,
    /// The project's number.
    pub number: u32,
    /// Whether it is given.
    pub give: bool,
}

/// Gives the award with a certificate, or refuses it. The same again changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `award-not-found`, `award-decided`,
/// `award-by-choice` where a jury or the residents choose, `project-not-running` for one that was stopped after the nomination,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn decide(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Decide) -> Result<Award, Fault> {
    let case = Case::read(tx, season, input.number)?;
    let found = store::award(tx, season, (&input.category, input.number))?;
    let maker = found.as_ref().and_then(|award| award.nominated_by.as_ref());
    let permit = case.judge(&cx.actor, Action::Approve, maker)?;
    let mut award = found.ok_or_else(|| Refusal::new(Kind::NotFound, "award-not-found"))?;
    let template = template::queries::of_season(tx, &case.season)?;
    if template.award(&input.category).is_some_and(|term| term.decide != Decides::Office) {
        return Err(Refusal::new(Kind::Conflict, "award-by-choice").into());
    }
    let to = if input.give { State::Given } else { State::Refused };
    if award.state == to {
        return Ok(award);
    }
    if award.state != State::Nominated {
        return Err(Refusal::new(Kind::Conflict, "award-decided").into());
    }
    if input.give && case.run.state == RunState::Stopped {
        return Err(Refusal::new(Kind::Conflict, "project-not-running").with_text("state", "stopped").into());
    }
    (award.state, award.decided_day) = (to, Some(cx.day.clone()));
    award.certificate = input.give.then(|| certificate::draw(&mut cx.chance));
    let decided = store::Decided {
        state: to,
        day: cx.day.clone(),
        certificate: award.certificate.clone(),
        approvals: None,
        stopped: None,
        verdict: None,
    };
    if !store::decide(tx, &permit, (season, &award.category, award.number), &decided)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "project": award.number, "category": award.category, "certificate": award.certificate });
    let private = json!({ "by": cx.actor.person() });
    let kind = if input.give { "award.given" } else { "award.refused" };
    append(tx, cx, &permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(award)
}
