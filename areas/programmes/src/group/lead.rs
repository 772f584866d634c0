//! Put a project into a group, and say who leads a group.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{How, Leader, store};
use crate::{SeasonId, running::Case, template};

/// Into which group.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Assign {
    /// The project's number.
    pub number: u32,
    /// The key of a group of the template.
    pub team: String,
}

/// Puts the project into the group, in place of another one. Who leads a group stays in it.
///
/// # Errors
/// Refusals `invalid-input` (`team`), `season-not-found`, `project-not-found`, `wrong-stage`, `leads-a-group`,
/// `not-allowed`; database faults.
pub fn assign(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Assign) -> Result<(), Fault> {
    let case = Case::read(tx, season, input.number)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    known(&template::queries::of_season(tx, &case.season)?, &input.team)?;
    if case.run.team == input.team {
        return Ok(());
    }
    if store::leaders(tx, season)?.iter().any(|leader| leader.number == input.number) {
        return Err(Refusal::new(Kind::Conflict, "leads-a-group").into());
    }
    store::set_team(tx, &permit, season, (input.number, &input.team))?;
    let told = json!({ "project": input.number, "group": input.team });
    append(tx, cx, &permit, &Draft { kind: "group.joined", subject: season.as_str(), public: &told, private: None })?;
    Ok(())
}

/// Who is to lead.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Lead {
    /// The key of the group.
    pub team: String,
    /// The number of a project of the group, whose team leads.
    pub number: u32,
    /// `recommended` or `elected`.
    pub how: String,
}

/// Says who leads the group, in place of an earlier one: a group has one leader. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`team`, `number`: `not-of-the-group`, `how`), `season-not-found`, `project-not-found`,
/// `wrong-stage`, `not-allowed`; database faults.
pub fn lead(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, input: &Lead) -> Result<Leader, Fault> {
    let case = Case::read(tx, season, input.number)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    known(&template::queries::of_season(tx, &case.season)?, &input.team)?;
    let mut shape = Shape::new();
    if case.run.team != input.team {
        shape.error("number", "not-of-the-group");
    }
    let how = input.how.parse().unwrap_or_else(|()| {
        shape.error("how", "unknown-choice");
        How::Recommended
    });
    let how = shape.finish(how)?;
    let there = store::leaders(tx, season)?.into_iter().find(|leader| leader.team == input.team);
    if let Some(there) = there.filter(|there| (there.number, there.how) == (input.number, how)) {
        return Ok(there);
    }
    let leader = Leader { team: input.team.clone(), number: input.number, how, since: cx.day.clone() };
    store::put_leader(tx, &permit, season, &leader)?;
    let told = json!({ "project": leader.number, "group": leader.team, "how": leader.how });
    append(tx, cx, &permit, &Draft { kind: "group.led", subject: season.as_str(), public: &told, private: None })?;
    Ok(leader)
}

pub(super) fn known(template: &template::Template, team: &str) -> Result<(), Refusal> {
    if template.groups.iter().any(|term| term.key == team) {
        return Ok(());
    }
    let mut shape = Shape::new();
    shape.error("team", "unknown-choice");
    shape.finish(())
}
