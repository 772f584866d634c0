//! A project with what decides who may do what with it.

use db::{Fault, Snapshot};
use kernel::{Actor, Kind, PersonId, Refusal, Site};
use rights::{Action, Permit, Resource, authorize, may};

use super::{Run, rules, store};
use crate::{
    Project, Season, SeasonId, project,
    proposal::{self, Applied},
    season,
};

/// A project with its season, and who stands behind it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The season.
    pub season: Season,
    /// Where it is held.
    pub site: Site,
    /// The project.
    pub project: Project,
    /// How far it is.
    pub run: Run,
    /// Who applied; none for a project that the office put on the list.
    pub applied: Option<Applied>,
}

/// What somebody is to a project.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// They do it: who proposed it, or somebody with a seat in the organisation that did.
    pub team: bool,
    /// They do community work at the season's place.
    pub office: bool,
    /// They run the season.
    pub runs: bool,
    /// They may score it: community work, and no part in it.
    pub scores: bool,
    /// They may decide on it: officers, and no part in it.
    pub decides: bool,
}

impl Standing {
    /// Whether somebody knows the result of an assessment before it is posted: the team, the office, who scores and who
    /// decides.
    pub fn is_inside(self) -> bool {
        self.team || self.office || self.runs || self.scores || self.decides
    }
}

/// Whether somebody sees how all projects at a place stand before results are posted: who does community work there, runs
/// its seasons, scores or decides.
pub fn sees_unposted(actor: &Actor, site: &Site) -> bool {
    let acts = [Action::MoveMatter, Action::RunSeason, Action::RecordVerdict, Action::Approve];
    acts.into_iter().any(|action| may(actor, action, site))
}

impl Case {
    /// Reads it, in five statements. A project that was not approved is not there.
    ///
    /// # Errors
    /// Refusals `season-not-found`, `project-not-found`, `wrong-stage` before the approval; database faults.
    pub fn read(s: &mut Snapshot<'_>, id: &SeasonId, number: u32) -> Result<Case, Fault> {
        let season = season::queries::season(s, id)?;
        let project = project::queries::project(s, id, number)?;
        rules::begun(&season)?;
        let run = store::run(s, (id, number))?;
        let run = run.ok_or_else(|| Refusal::new(Kind::NotFound, "project-not-found"))?;
        let site = season::queries::site(s, &season)?;
        let applied = proposal::queries::of_project(s, id, number)?;
        Ok(Case { season, site, project, run, applied })
    }

    /// Whoever had a part in it; among them the actor, where they hold a seat in the organisation that does it.
    pub fn involved(&self, actor: &Actor) -> Vec<PersonId> {
        let Some(applied) = &self.applied else { return Vec::new() };
        let seat = actor.principal().filter(|me| applied.org.as_ref().is_some_and(|org| me.seats.contains(org)));
        seat.map(|me| me.person.clone()).into_iter().chain([applied.author.clone()]).collect()
    }

    /// The permit of the team, or of the office for it.
    ///
    /// # Errors
    /// Refusals of rights.
    pub fn team(&self, actor: &Actor) -> Result<Permit, Refusal> {
        if let Ok(permit) = authorize(actor, Action::MoveMatter, &self.site) {
            return Ok(permit);
        }
        authorize(actor, Action::WriteProposal, self.own())
    }

    fn own(&self) -> Resource<'_> {
        let resource = Resource::at(&self.site);
        match &self.applied {
            Some(applied) => resource.owned_by(Some(&applied.author)).of_organisation(applied.org.as_ref()),
            None => resource,
        }
    }

    /// The permit of somebody without a part in it; `maker` made what is decided on.
    ///
    /// # Errors
    /// Refusals of rights.
    pub fn judge(&self, actor: &Actor, action: Action, maker: Option<&PersonId>) -> Result<Permit, Refusal> {
        let involved = self.involved(actor);
        authorize(actor, action, Resource::at(&self.site).in_conflict(&involved).made_by(maker))
    }

    /// What the actor is to it.
    pub fn standing(&self, actor: &Actor) -> Standing {
        let office = may(actor, Action::MoveMatter, &self.site);
        Standing {
            team: may(actor, Action::WriteProposal, self.own()),
            office,
            runs: may(actor, Action::RunSeason, &self.site),
            scores: actor.person().is_some() && self.judge(actor, Action::RecordVerdict, None).is_ok(),
            decides: self.judge(actor, Action::Approve, None).is_ok(),
        }
    }
}
