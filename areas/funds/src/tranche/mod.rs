//! Tranches: one person proposes, another releases, and the condition must hold for both.

pub mod propose;
pub mod release;

use db::{Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::{
    SeasonId,
    running::{Closing, Midterm, Run, RunState, queries::run},
    template::Condition,
};

use crate::agreement::{Agreement, State, Tranche, TrancheState};

/// Whether a tranche's condition holds; of a project that was stopped none does.
///
/// # Errors
/// Database faults.
pub fn holds(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    agreement: &Agreement,
    condition: Condition,
) -> Result<bool, Fault> {
    let run = run(s, season, agreement.project)?;
    Ok(met(&run, agreement.state, condition))
}

fn met(run: &Run, agreement: State, condition: Condition) -> bool {
    let is_met = match condition {
        Condition::Signed => agreement == State::Signed,
        Condition::MidtermPassed => run.midterm == Midterm::Passed,
        Condition::ClosingAccepted => run.closing == Closing::Accepted,
    };
    is_met && run.state != RunState::Stopped
}

/// Refuses where the project was stopped, or the condition does not hold, and says which. A project that failed halfway
/// gets no more money, whatever its tranches wait for; an objection that is upheld opens it again.
///
/// # Errors
/// `tranche-project-stopped`, `tranche-waits-signed`, `tranche-waits-midterm`, `tranche-waits-closing`; database faults.
pub fn expect_condition(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    agreement: &Agreement,
    condition: Condition,
) -> Result<(), Fault> {
    let run = run(s, season, agreement.project)?;
    if met(&run, agreement.state, condition) {
        return Ok(());
    }
    let code = match condition {
        _ if run.state == RunState::Stopped => "tranche-project-stopped",
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
