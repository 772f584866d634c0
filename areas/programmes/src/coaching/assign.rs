//! Say who coaches the author of a proposal.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use people::{account::VerifiedHow, org};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use crate::{
    Proposal, ProposalId, SeasonId,
    proposal::{MAX_COACHES, State, queries, rules, store},
    season::{self, expect_stage},
};

/// Who is to coach.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct AssignCoach {
    /// The id of a person who is verified.
    pub person: String,
}

/// Names the coach, in place of an earlier one; whoever writes the proposal at that moment writes on. The same again
/// changes nothing. Nobody coaches a proposal of their own or
/// of an organisation in which they hold a seat.
///
/// # Errors
/// Refusals `invalid-input`, `coach-unknown`, `coach-in-conflict`, `too-many-coaches`, `proposal-not-found`,
/// `proposal-state`, `wrong-stage`, `changed-meanwhile`, `not-allowed`, `sign-in-first`; database faults.
pub fn assign(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, id): (&SeasonId, &ProposalId),
    input: &AssignCoach,
) -> Result<Proposal, Fault> {
    let season = season::hold(tx, season)?;
    let site = season::queries::site(tx, &season)?;
    let (mut proposal, _) = queries::seen(tx, (&season.id, id), &cx.actor, &site)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &site)?;
    expect_stage(&season, rules::WRITING)?;
    rules::expect_state(&proposal, &[State::Draft, State::Submitted, State::Returned])?;
    if input.person.trim().is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("person", "required")]).into());
    }
    let unknown = || Refusal::new(Kind::Conflict, "coach-unknown");
    let person: PersonId = input.person.trim().parse().map_err(|_| unknown())?;
    if proposal.coach.as_ref() == Some(&person) {
        return Ok(proposal);
    }
    // somebody with whom one can be put in touch: who they are is known
    let known = people::account::queries::standing(tx, &person)?;
    if !known.is_some_and(|how| matches!(how, VerifiedHow::Phone | VerifiedHow::Desk)) {
        return Err(unknown().into());
    }
    let seats = org::queries::seats_of(tx, &person, &cx.day)?;
    if person == proposal.author || proposal.org.as_ref().is_some_and(|org| seats.contains(org)) {
        return Err(Refusal::new(Kind::Conflict, "coach-in-conflict").into());
    }
    // who coached it once goes on having had a part in it
    let before = proposal.coach.iter().filter(|coach| !proposal.coached.contains(coach));
    let coached: Vec<PersonId> = proposal.coached.iter().chain(before).cloned().collect();
    if coached.len() >= MAX_COACHES {
        let limit = i64::try_from(MAX_COACHES).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "too-many-coaches").with_int("limit", limit).into());
    }
    if !store::name_coach(tx, &permit, &proposal, (&person, &coached))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    (proposal.coach, proposal.coached) = (Some(person), coached);
    let public = json!({ "proposal": proposal.id, "number": proposal.number });
    let private = json!({ "coach": proposal.coach });
    let subject = season.id.as_str();
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "proposal.coach-named", subject, public: &public, private: Some(&private) },
    )?;
    Ok(proposal)
}
