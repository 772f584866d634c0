//! Tranches: one person proposes, another releases, and the condition must hold for both.

pub mod propose;
pub mod release;

use db::{Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::{
    SeasonId,
    running::{Closing, Midterm, queries::run},
    template::Condition,
};

use crate::agreement::{Agreement, State, Tranche, TrancheState};

/// Whether a tranche's condition holds.
///
/// # Errors
/// Database faults.
pub fn holds(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    agreement: &Agreement,
    condition: Condition,
) -> Result<bool, Fault> {
    match condition {
        Condition::Signed => Ok(agreement.state == State::Signed),
        Condition::MidtermPassed => Ok(run(s, season, agreement.project)?.midterm == Midterm::Passed),
        Condition::ClosingAccepted => Ok(run(s, season, agreement.project)?.closing == Closing::Accepted),
    }
}

/// Refuses where the condition does not hold, and says which.
///
/// # Errors
/// `tranche-waits-signed`, `tranche-waits-midterm`, `tranche-waits-closing`; database faults.
pub fn expect_condition(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    agreement: &Agreement,
    condition: Condition,
) -> Result<(), Fault> {
    if holds(s, season, agreement, condition)? {
        return Ok(());
    }
    let code = match condition {
        Condition::Signed => "tranche-waits-signed",
        Condition::MidtermPassed => "tranche-waits-midterm",
        Condition::ClosingAccepted => "tranche-waits-closing",
    };
    Err(Refusal::new(Kind::Conflict, code).into())
}

/// One of the tranches, of which all before it are paid out.
///
/// # Errors
/// `tranche-not-found`, `tranche-order`.
pub fn in_turn(tranches: &[Tranche], number: u32) -> Result<&Tranche, Refusal> {
    let found = tranches.iter().find(|tranche| tranche.number == number);
    let found = found.ok_or_else(|| Refusal::new(Kind::NotFound, "tranche-not-found"))?;
    let before = |tranche: &&Tranche| tranche.number < number && tranche.state != TrancheState::Released;
    match tranches.iter().find(before) {
        Some(first) => Err(Refusal::new(Kind::Conflict, "tranche-order").with_int("n", i64::from(first.number))),
        None => Ok(found),
    }
}
