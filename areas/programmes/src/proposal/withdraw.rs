//! Take a proposal back.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use serde_json::json;

use super::{Proposal, ProposalId, State, rules, save, store};
use crate::SeasonId;

/// Withdraws a proposal that is not yet a project. Once more changes nothing.
///
/// # Errors
/// Refusals `proposal-not-found`, `proposal-state`, `wrong-stage`, `changed-meanwhile`, `not-allowed`, `sign-in-first`;
/// database faults.
pub fn withdraw(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &ProposalId)) -> Result<Proposal, Fault> {
    let (_, mut proposal, permit) = save::open(tx, cx, (season, id), rules::WRITING)?;
    if proposal.state == State::Withdrawn {
        return Ok(proposal);
    }
    rules::expect_state(&proposal, &[State::Draft, State::Submitted, State::Returned])?;
    proposal.state = State::Withdrawn;
    if !store::shift(tx, &permit, &proposal)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    proposal.revision += 1;
    let public = json!({ "proposal": proposal.id, "number": proposal.number });
    let private = json!({ "person": cx.author() });
    let subject = proposal.season.as_str();
    append(tx, cx, &permit, &Draft { kind: "proposal.withdrawn", subject, public: &public, private: Some(&private) })?;
    Ok(proposal)
}
