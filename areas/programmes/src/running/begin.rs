//! A project of the approved list begins.

use db::{Fault, Tx};
use kernel::Context;
use matters::matter::MatterId;
use rights::Permit;

use super::{Closing, Midterm, Run, RunState, store};
use crate::{Season, proposal};

/// Begins the project, under the permit of the approval, whose entry in the log tells of it. Once more changes nothing.
///
/// # Errors
/// Database faults.
pub fn begin(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (season, number): (&Season, u32),
    matter: Option<&MatterId>,
) -> Result<(), Fault> {
    let applied = proposal::queries::of_project(tx, &season.id, number)?;
    let team = match &applied {
        Some(applied) => proposal::queries::proposal(tx, &season.id, &applied.id)?.typed.group,
        None => String::new(),
    };
    let run = Run {
        number,
        matter: matter.cloned(),
        tier: applied.map_or_else(String::new, |applied| applied.tier),
        team,
        state: RunState::Running,
        midterm: Midterm::None,
        closing: Closing::None,
        begun_day: cx.day.clone(),
        revision: 0,
    };
    store::insert_run(tx, permit, &season.id, &run)?;
    Ok(())
}
