//! Keep what was written so far.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{MAX_VERSIONS, Proposal, ProposalId, State, Typed, queries, read::read, rules, store};
use crate::{
    Season, SeasonId,
    season::{self, expect_stage},
    template,
};

/// A proposal as it is written at present.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct SaveProposal {
    /// The revision that was changed, so that nobody overwrites what somebody else wrote meanwhile.
    pub revision: i64,
    /// Keep a version that stays as it is, besides the working copy. After the first submission each change keeps one.
    #[serde(default)]
    pub version: bool,
    /// What it says.
    pub proposal: Typed,
}

/// Stores the working copy; it may be incomplete and wrong, but keeps within its bounds. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `proposal-not-found`, `proposal-state`, `proposal-saved-meanwhile`, `changed-meanwhile`,
/// `too-many-versions`, `wrong-stage`, `not-allowed`, `sign-in-first`; database faults.
pub fn save(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &ProposalId),
    input: &SaveProposal,
) -> Result<Proposal, Fault> {
    let (season, mut proposal, permit) = open(tx, cx, (season, id), rules::WRITING)?;
    rules::expect_state(&proposal, &[State::Draft, State::Returned])?;
    let template = template::queries::of_season(tx, &season)?;
    let typed = input.proposal.bounded(&template)?;
    place(tx, &season, &typed)?;
    let as_version = (input.version || proposal.state == State::Returned) && is_new(tx, &proposal, &typed)?;
    if typed == proposal.typed && !as_version {
        return Ok(proposal);
    }
    if proposal.revision != input.revision {
        return Err(meanwhile());
    }
    let sums = read(&typed, &template).sums;
    (proposal.typed, proposal.grant, proposal.whole) = (typed, sums.grant, sums.whole());
    if as_version {
        keep(tx, cx, &permit, &mut proposal)?;
    }
    if !store::write(tx, &permit, &proposal)? {
        return Err(meanwhile());
    }
    proposal.revision += 1;
    let kind = if as_version { "proposal.version-kept" } else { "proposal.saved" };
    log(tx, cx, (&permit, kind), &proposal)?;
    Ok(proposal)
}

/// The season, held in a stage, and the proposal, with the permit to write it.
pub(super) fn open(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, id): (&SeasonId, &ProposalId),
    stages: &[crate::Stage],
) -> Result<(Season, Proposal, Permit), Fault> {
    let season = season::hold(tx, season)?;
    let site = season::queries::site(tx, &season)?;
    let (proposal, _) = queries::seen(tx, (&season.id, id), &cx.actor, &site)?;
    let own = Resource::of(id.home()).owned_by(Some(&proposal.author)).of_organisation(proposal.org.as_ref());
    let permit = authorize(&cx.actor, Action::WriteProposal, own)?;
    expect_stage(&season, stages)?;
    Ok((season, proposal, permit))
}

fn meanwhile() -> Fault {
    Refusal::new(Kind::Conflict, "proposal-saved-meanwhile").into()
}

/// Whether this is not the last version word for word.
pub(super) fn is_new(tx: &mut Tx<'_>, proposal: &Proposal, typed: &Typed) -> Result<bool, Fault> {
    Ok(store::version(tx, &proposal.id, proposal.n_versions)?.is_none_or(|last| last.typed != *typed))
}

/// Keeps the working copy as the next version.
pub(crate) fn keep(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, proposal: &mut Proposal) -> Result<(), Fault> {
    if proposal.n_versions >= MAX_VERSIONS {
        let limit = i64::from(MAX_VERSIONS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-versions").with_int("limit", limit).into());
    }
    if !store::count_version(tx, permit, proposal)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    proposal.n_versions += 1;
    store::insert_version(tx, permit, proposal, (cx.author(), &cx.day))?;
    Ok(())
}

/// It is done at the season's place or below it.
fn place(tx: &mut Tx<'_>, season: &Season, typed: &Typed) -> Result<(), Fault> {
    if typed.place.is_empty() {
        return Ok(());
    }
    let site = match typed.place.parse::<PlaceId>() {
        Ok(id) => places::site(tx, &id)?,
        Err(_) => None,
    };
    if site.is_some_and(|site| site.is_within(&season.place)) {
        return Ok(());
    }
    Err(Refusal::invalid(vec![FieldError::new("place", "unknown-place")]).into())
}

/// What is written may name people: the log holds a commitment to it.
pub(super) fn log(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, kind): (&Permit, &'static str),
    proposal: &Proposal,
) -> Result<(), Fault> {
    let public = json!({ "proposal": proposal.id, "number": proposal.number, "version": proposal.n_versions });
    let private = json!({ "proposal": proposal.typed, "person": cx.author(), "entered_by": cx.entered_by() });
    let subject = proposal.season.as_str();
    append(tx, cx, permit, &Draft { kind, subject, public: &public, private: Some(&private) })?;
    Ok(())
}
