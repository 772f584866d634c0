//! Submit a proposal to the office.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};

use super::{Proposal, ProposalId, State, read::read, rules, save, store};
use crate::{SeasonId, Stage, template};

/// Submits what was saved: complete, and with a budget that keeps to the template. A version is kept of it. Submitting
/// again what lies with the office changes nothing.
///
/// # Errors
/// Refusals `invalid-input` with everything that is missing or wrong, `proposal-not-found`, `proposal-state`,
/// `wrong-stage`, `too-many-versions`, `changed-meanwhile`, `not-allowed`, `sign-in-first`; database faults.
pub fn submit(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &ProposalId)) -> Result<Proposal, Fault> {
    let (season, mut proposal, permit) = save::open(tx, cx, (season, id), &[Stage::Proposals])?;
    if proposal.state == State::Submitted {
        return Ok(proposal);
    }
    rules::expect_state(&proposal, &[State::Draft, State::Returned])?;
    let template = template::queries::of_season(tx, &season)?;
    let faults = read(&proposal.typed, &template).faults;
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let typed = proposal.typed.clone();
    if save::is_new(tx, &proposal, &typed)? {
        save::keep(tx, cx, &permit, &mut proposal)?;
    }
    (proposal.state, proposal.submitted_day) = (State::Submitted, Some(cx.day.clone()));
    if !store::shift(tx, &permit, &proposal)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    proposal.revision += 1;
    save::log(tx, cx, (&permit, "proposal.submitted"), &proposal)?;
    Ok(proposal)
}
