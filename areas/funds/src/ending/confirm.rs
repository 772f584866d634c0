//! Confirm what somebody else proposed, or take a proposal back.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, authorize};
use serde_json::json;

use super::{Step, StepId, StepKind, StepState, end, give_back, queries, store, year_end};
use crate::{
    agreement, book,
    case::{Case, Party, expect_approved},
};

/// Confirms a step, by which it is done: another person than who proposed it, with no part in the project. It is done only
/// over the money that was there when it was proposed. One that is confirmed is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `step-not-found`, `step-recalled`,
/// `step-money-moved`, `second-person-needed`, those of what is proposed ([`end::settle`], [`end::terminate`],
/// [`give_back::give_back`], [`year_end::year_end`]), `changed-meanwhile`, `not-allowed`; database faults.
pub fn confirm(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &StepId)) -> Result<Step, Fault> {
    let case = Case::of(tx, season)?;
    let right = authorize(&cx.actor, Action::RunSeason, &case.site)?;
    expect_approved(&case.season)?;
    // whoever comes second waits here, and then sees what the first has done
    book::hold(tx, &right, season)?;
    let step = queries::step(tx, season, id)?;
    match step.state {
        StepState::Confirmed => return Ok(step),
        StepState::Recalled => return Err(Refusal::new(Kind::Conflict, "step-recalled").into()),
        StepState::Proposed => {}
    }
    let party = match step.project {
        0 => Party::default(),
        project => agreement::queries::agreement(tx, season, project)?.party,
    };
    let permit = case.checker(cx, &party, step.proposed_by.as_ref())?;
    if !store::decide(tx, cx, &permit, (season, id, StepState::Confirmed))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    match step.kind {
        StepKind::Settled | StepKind::Terminated => end::done(tx, cx, (&permit, &case), &step)?,
        StepKind::Returned => give_back::done(tx, cx, (&permit, season), &step)?,
        StepKind::Lapsed => year_end::done(tx, cx, (&permit, &case), &step)?,
    }
    queries::step(tx, season, id)
}

/// Takes a proposal back: who keeps the money of the season. One that was taken back is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `step-not-found`, `step-confirmed`, `not-allowed`;
/// database faults.
pub fn recall(tx: &mut Tx<'_>, cx: &mut Context, (season, id): (&SeasonId, &StepId)) -> Result<Step, Fault> {
    let (_, permit) = Case::office(tx, cx, season)?;
    if !store::decide(tx, cx, &permit, (season, id, StepState::Recalled))? {
        let step = queries::step(tx, season, id)?;
        if step.state == StepState::Confirmed {
            return Err(Refusal::new(Kind::Conflict, "step-confirmed").into());
        }
        return Ok(step);
    }
    let step = queries::step(tx, season, id)?;
    let told = json!({ "step": id, "what": step.kind, "project": (step.project > 0).then_some(step.project) });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "fund.step-recalled", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(step)
}
