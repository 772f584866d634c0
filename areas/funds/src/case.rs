//! What every verb asks first: the season with its template, where it is held, and who stands on which side.

use db::{Fault, Snapshot, Tx};
use kernel::{Actor, Context, Kind, OrgId, PersonId, Refusal, Site};
use programmes::{
    Season, SeasonId, Stage, Template, expect_stage,
    running::{self, RunState},
    season::queries as seasons,
    template::{Funds, queries as templates},
};
use rights::{Action, Permit, Resource, authorize, may};

/// The other side of an agreement: an organisation, else a person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Party {
    /// Who wrote the proposal, or who is named.
    pub person: Option<PersonId>,
    /// The organisation that applies.
    pub org: Option<OrgId>,
}

impl Party {
    /// Whether the actor acts for it.
    pub fn is(&self, actor: &Actor, site: &Site) -> bool {
        may(actor, Action::WriteProposal, self.resource(site))
    }

    fn resource<'a>(&'a self, site: &'a Site) -> Resource<'a> {
        Resource::of(site.home).owned_by(self.person.as_ref()).of_organisation(self.org.as_ref())
    }

    /// The right to act for it.
    pub(crate) fn permit(&self, actor: &Actor, site: &Site) -> Result<Permit, Refusal> {
        authorize(actor, Action::WriteProposal, self.resource(site))
    }

    /// Who of it cannot approve its money: the person, and the actor where they hold a seat in the organisation.
    pub(crate) fn conflict(&self, actor: &Actor) -> Vec<PersonId> {
        let seated = actor.principal().filter(|me| self.org.as_ref().is_some_and(|org| me.seats.contains(org)));
        self.person.iter().chain(seated.map(|me| &me.person)).cloned().collect()
    }
}

/// What is only begun is for projects that are being done: not for one that failed halfway, nor for one whose closing was
/// accepted. One that has not begun is told so by its agreement.
///
/// # Errors
/// Refusals `project-stopped`, `project-closed`; database faults.
pub(crate) fn expect_alive(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<(), Fault> {
    match running::queries::state(s, season, project)? {
        Some(RunState::Stopped) => Err(Refusal::new(Kind::Conflict, "project-stopped").into()),
        Some(RunState::Closed) => Err(Refusal::new(Kind::Conflict, "project-closed").into()),
        Some(RunState::Running) | None => Ok(()),
    }
}

/// What ends in good order, such as its papers and its account, is for projects that did not fail.
///
/// # Errors
/// Refusal `project-stopped`; database faults.
pub(crate) fn expect_not_stopped(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<(), Fault> {
    match running::queries::state(s, season, project)? {
        Some(RunState::Stopped) => Err(Refusal::new(Kind::Conflict, "project-stopped").into()),
        Some(RunState::Running | RunState::Closed) | None => Ok(()),
    }
}

/// A season whose list is approved.
pub(crate) fn expect_approved(season: &Season) -> Result<(), Refusal> {
    let since: Vec<Stage> = Stage::ALL.iter().copied().filter(|stage| *stage >= Stage::Approved).collect();
    expect_stage(season, &since)
}

/// A season whose money is kept here.
#[derive(Debug, Clone)]
pub struct Case {
    /// The season.
    pub season: Season,
    /// How it runs.
    pub template: Template,
    /// How its money is paid out.
    pub funds: Funds,
    /// Where it is held.
    pub site: Site,
}

impl Case {
    /// The season, whoever asks.
    ///
    /// # Errors
    /// Refusals `season-not-found`, `season-without-funds`; database faults.
    pub fn of(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Case, Fault> {
        let (season, template) = templates::with_season(s, season)?;
        let site = seasons::site(s, &season)?;
        let none = || Refusal::new(Kind::NotFound, "season-without-funds");
        let funds = template.funds.clone().ok_or_else(none)?;
        Ok(Case { season, template, funds, site })
    }

    /// The right of the office to keep the money of an approved season.
    pub(crate) fn office(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId) -> Result<(Case, Permit), Fault> {
        let case = Case::of(tx, season)?;
        let permit = authorize(&cx.actor, Action::RunSeason, &case.site)?;
        expect_approved(&case.season)?;
        Ok((case, permit))
    }

    /// Whether the actor keeps the money.
    pub fn is_office(&self, actor: &Actor) -> bool {
        may(actor, Action::RunSeason, &self.site)
    }

    /// Whether the actor may see vouchers whole: the office, community work, supervisors and auditors.
    pub fn sees_all(&self, actor: &Actor) -> bool {
        may(actor, Action::SeeDuties, &self.site)
    }

    /// The right to approve what `maker` made: another person, who has no part in the party.
    pub(crate) fn checker(&self, cx: &Context, party: &Party, maker: Option<&PersonId>) -> Result<Permit, Refusal> {
        let conflict = party.conflict(&cx.actor);
        let resource = Resource::at(&self.site).made_by(maker).in_conflict(&conflict);
        let permit = authorize(&cx.actor, Action::Approve, resource);
        match (permit, cx.actor.person()) {
            // whoever made it is told what is missing, and not that they have no right
            (Err(refusal), Some(me)) if Some(me) == maker && self.is_office(&cx.actor) => {
                Err(Refusal { code: "second-person-needed", ..refusal })
            }
            (Ok(permit), Some(me)) if Some(me) != maker => Ok(permit),
            (Ok(_), _) => Err(Refusal::new(Kind::Conflict, "second-person-needed")),
            (Err(refusal), _) => Err(refusal),
        }
    }
}
