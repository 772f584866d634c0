//! Propose to pay a tranche out, and take that back.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use serde_json::json;

use super::{expect_condition, in_turn};
use crate::{
    agreement::{TrancheState, queries, store},
    case::Case,
};

/// Proposes a tranche: who keeps the money of the season, once its condition holds and all before it are paid out. A
/// tranche that is proposed or released is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-not-signed`,
/// `agreement-ended`, `tranche-not-found`, `tranche-order`, those of [`expect_condition`], `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn propose(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project, number): (&SeasonId, u32, u32),
) -> Result<TrancheState, Fault> {
    let (_, permit) = Case::office(tx, cx, season)?;
    let agreement = queries::agreement(tx, season, project)?;
    let tranches = queries::tranches(tx, season, project)?;
    let tranche = in_turn(&tranches, number)?;
    if tranche.state != TrancheState::Planned {
        return Ok(tranche.state);
    }
    queries::expect_running(&agreement)?;
    expect_condition(tx, season, &agreement, tranche.condition)?;
    if !store::propose(tx, &permit, (season, project, number), cx.actor.person())? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "project": project, "tranche": number, "amount": tranche.amount });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "tranche.proposed", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(TrancheState::Proposed)
}

/// Takes a proposal back: who keeps the money of the season.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `tranche-not-proposed`, `not-allowed`; database
/// faults.
pub fn recall(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project, number): (&SeasonId, u32, u32),
) -> Result<TrancheState, Fault> {
    let (_, permit) = Case::office(tx, cx, season)?;
    if !store::recall(tx, &permit, (season, project, number))? {
        return Err(Refusal::new(Kind::Conflict, "tranche-not-proposed").into());
    }
    let told = json!({ "project": project, "tranche": number });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "tranche.recalled", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(TrancheState::Planned)
}
