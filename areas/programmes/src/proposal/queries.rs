//! Reading proposals.

use std::collections::BTreeMap;

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Day, Kind, PersonId, Refusal, Site};
use rights::{Action, Resource, may};

use super::{Applied, Listed, Proposal, ProposalId, State, Version, store};
use crate::{SeasonId, season::queries::PAGE};

/// One proposal, whoever asks; [`seen`] asks whether they may read it.
///
/// # Errors
/// Refusal `proposal-not-found`; database faults.
pub fn proposal(s: &mut Snapshot<'_>, season: &SeasonId, id: &ProposalId) -> Result<Proposal, Fault> {
    let found = store::proposal(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "proposal-not-found"))?)
}

/// What somebody is to a proposal.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// They write it: its author, or somebody with a seat in the organisation that applies.
    pub writes: bool,
    /// They coach its author.
    pub coaches: bool,
    /// They do community work at the season's place.
    pub office: bool,
    /// They run the season.
    pub runs: bool,
    /// They may check it: they run the season, and neither they nor an organisation of theirs had a part in it.
    pub checks: bool,
}

impl Standing {
    /// What the actor is to the proposal of a season held at `site`.
    pub fn of(actor: &Actor, proposal: &Proposal, site: &Site) -> Standing {
        let own = Resource::of(site.home).owned_by(Some(&proposal.author)).of_organisation(proposal.org.as_ref());
        let involved = involved(actor, proposal);
        let case = Resource::at(site).made_by(Some(&proposal.author)).in_conflict(&involved);
        let runs = may(actor, Action::RunSeason, site);
        Standing {
            writes: may(actor, Action::WriteProposal, own),
            coaches: proposal.coach.is_some() && actor.person() == proposal.coach.as_ref(),
            office: may(actor, Action::MoveMatter, site),
            runs,
            checks: runs && may(actor, Action::Approve, case),
        }
    }

    /// Whether they read it in every state.
    pub fn inside(self) -> bool {
        self.writes || self.coaches || self.office
    }
}

/// Whoever cannot check a proposal, because they had a part in it; among them the actor, where they hold a seat in the
/// organisation that applies.
pub(crate) fn involved(actor: &Actor, proposal: &Proposal) -> Vec<PersonId> {
    let seat = actor.principal().filter(|me| proposal.org.as_ref().is_some_and(|org| me.seats.contains(org)));
    let others = [proposal.entered_by.as_ref(), proposal.coach.as_ref(), seat.map(|me| &me.person)];
    others.into_iter().flatten().chain([&proposal.author]).chain(&proposal.coached).cloned().collect()
}

/// A proposal as this reader may see it, with what they are to it. What is not checked is there only for its authors, its
/// coach and the office.
///
/// # Errors
/// Refusal `proposal-not-found`; database faults.
pub fn seen(
    s: &mut Snapshot<'_>,
    (season, id): (&SeasonId, &ProposalId),
    actor: &Actor,
    site: &Site,
) -> Result<(Proposal, Standing), Fault> {
    let found = proposal(s, season, id)?;
    let standing = Standing::of(actor, &found, site);
    if found.state == State::Checked || standing.inside() {
        return Ok((found, standing));
    }
    Err(Refusal::new(Kind::NotFound, "proposal-not-found").into())
}

/// Which part of a list.
#[derive(Debug, Clone, Default)]
pub struct Which {
    /// After this number.
    pub after: u32,
    /// Only this field; empty for all.
    pub field: String,
    /// Only this state, for the office; none for all.
    pub state: Option<State>,
}

/// Proposals in order of their numbers, [`PAGE`] and one more at most: the checked ones, or all for the office.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, season: &SeasonId, which: &Which, office: bool) -> Result<Vec<Listed>, DbError> {
    if office {
        let state = which.state.map_or("", State::as_str);
        return store::all(s, season, (which.after, &which.field, state), PAGE + 1);
    }
    store::checked(s, season, (which.after, &which.field), PAGE + 1)
}

/// Proposals that concern somebody: their own and those of their organisations, and those they coach.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn mine(s: &mut Snapshot<'_>, season: &SeasonId, actor: &Actor) -> Result<(Vec<Listed>, Vec<Listed>), DbError> {
    let Some(principal) = actor.principal() else { return Ok((Vec::new(), Vec::new())) };
    let mut own = store::own(s, season, &principal.person)?;
    if !principal.seats.is_empty() {
        own.extend(store::of_orgs(s, season, &principal.seats)?);
        own.sort_by_key(|row| row.number);
        own.dedup_by_key(|row| row.number);
    }
    Ok((own, store::coached(s, season, &principal.person)?))
}

/// The proposal behind a project, for those who ask about conflicts of interest; none for a project that the office put
/// on the list by itself.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Applied>, DbError> {
    store::of_project(s, season, project)
}

/// The tiers of the season's projects that came from a proposal, by project number.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn tiers(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<BTreeMap<u32, String>, DbError> {
    Ok(store::tiers(s, season)?.into_iter().collect())
}

/// A version of a proposal.
///
/// # Errors
/// Refusal `version-not-found`; database faults.
pub fn version(s: &mut Snapshot<'_>, id: &ProposalId, number: u32) -> Result<Version, Fault> {
    let found = store::version(s, id, number)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "version-not-found"))?)
}

/// Numbers and days of the versions, the last one first, 200 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn version_days(s: &mut Snapshot<'_>, id: &ProposalId) -> Result<Vec<(u32, Day)>, DbError> {
    store::version_days(s, id)
}
