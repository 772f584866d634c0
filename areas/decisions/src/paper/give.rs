//! Give a paper to somebody on the roll.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use people::{
    VoterKey,
    commands::mark::{mark, seal_mark},
    resident::{ResidentId, queries::dweller},
};
use programmes::SeasonId;
use rights::{Action, authorize};

use super::{offices, store};
use crate::commands::{cast::open_season, enrol_residents::keep};

/// Marks the voter as somebody who votes: whoever has a paper votes by no other way. Which paper it is, nobody notes.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `not-a-resident`, `already-voted`, `not-allowed`; database faults.
pub fn give(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, row: &ResidentId) -> Result<(), Fault> {
    let held = open_season(tx, season)?;
    let offices = offices(tx, &cx.actor, &held)?;
    let mut to = None;
    if let Some(dweller) = dweller(tx, row)? {
        let at = offices.iter().find(|at| dweller.path.split('/').any(|id| id == at.place.as_str()));
        to = at.map(|at| (dweller, at));
    }
    let (to, at) = to.ok_or_else(|| Refusal::new(Kind::NotFound, "not-a-resident"))?;
    let permit = authorize(&cx.actor, Action::Enrol, at)?;
    let voter = VoterKey::of_person(season.as_str(), &to.person);
    keep(tx, cx, &permit, &held, std::slice::from_ref(&to))?;
    let mark = mark(tx, cx, &permit, season.as_str(), voter)?;
    seal_mark(tx, cx, &permit, season.as_str(), &mark)?;
    store::count_given(tx, &permit, season.as_str())?;
    Ok(())
}
