//! Sign an agreement.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{Agreement, State, queries, store};
use crate::case::{Case, expect_alive, expect_approved};

/// Which side signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = AgreementSide)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The office.
    Office,
    /// The project's: its author, or a seat of the organisation.
    Team,
}

/// A signature.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct SignAgreement {
    /// For which side.
    pub side: Side,
}

/// Signs for one side; with the second signature the agreement is in force. Nobody signs for both. A side that has
/// signed is answered as it is.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-funds`, `wrong-stage`, `agreement-not-found`, `agreement-ended`,
/// `second-person-needed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn sign(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, project): (&SeasonId, u32),
    side: Side,
) -> Result<Agreement, Fault> {
    let case = Case::of(tx, season)?;
    let (office, team) = (side == Side::Office, queries::optional(tx, season, project)?);
    let permit = match (&team, office) {
        (Some(agreement), false) => agreement.party.permit(&cx.actor, &case.site)?,
        // whether there is one is told to the office alone
        _ => authorize(&cx.actor, Action::RunSeason, &case.site)?,
    };
    let agreement = team.ok_or_else(|| Refusal::new(Kind::NotFound, "agreement-not-found"))?;
    expect_approved(&case.season)?;
    let (mine, other) =
        if office { (&agreement.office, &agreement.team) } else { (&agreement.team, &agreement.office) };
    if mine.is_some() {
        return Ok(agreement);
    }
    if agreement.state != State::Draft {
        return Err(Refusal::new(Kind::Conflict, "agreement-ended").into());
    }
    expect_alive(tx, season, project)?;
    let me = cx.actor.person();
    if other.as_ref().is_some_and(|signature| signature.by.is_some() && signature.by.as_ref() == me) {
        return Err(Refusal::new(Kind::Conflict, "second-person-needed").into());
    }
    if !store::sign(tx, &permit, (season, project), (office, me), &cx.day)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let in_force = store::signed(tx, &permit, season, project)?;
    let told = json!({ "project": project, "side": side, "in_force": in_force });
    let words = json!({ "by": cx.actor.person() });
    let entry = Draft { kind: "agreement.signed", subject: season.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::agreement(tx, season, project)
}
