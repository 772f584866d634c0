//! Put voters on the roll of a season's vote.

use db::{Fault, Tx};
use kernel::Context;
use people::commands::enrol::{self, Voter};
use programmes::{SeasonId, season::hold};

use crate::rules;

/// Enrols voters and answers how many were new. The roll of a vote that is closed no longer changes.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `roll-too-large`, `not-allowed`; database faults.
pub fn enrol(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, voters: &[Voter]) -> Result<u64, Fault> {
    let held = hold(tx, season)?;
    rules::still_open(&held)?;
    let site = programmes::season::queries::site(tx, &held)?;
    enrol::enrol(tx, cx, &site, season.as_str(), voters)
}
