//! Put voters on the roll of a season's vote.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::commands::enrol::{self, Voter};
use programmes::{Phase, SeasonId, season::hold};

/// Enrols voters and answers how many were new. The roll of a vote that is closed no longer changes.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `roll-too-large`, `not-allowed`; database faults.
pub fn enrol(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, voters: &[Voter]) -> Result<u64, Fault> {
    let held = hold(tx, season)?;
    if held.phase >= Phase::Closed {
        let refusal = Refusal::new(Kind::Conflict, "wrong-phase");
        let refusal = refusal.with_text("phase", held.phase.as_str()).with_text("expected", Phase::Voting.as_str());
        return Err(refusal.into());
    }
    let site = programmes::season::queries::site(tx, &held)?;
    enrol::enrol(tx, cx, &site, season.as_str(), voters)
}
