//! Reading steps.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::SeasonId;

use super::{Step, StepId, store};

/// Steps that wait, of a season, at most: one a project and one of the season itself.
pub const MAX_WAITING: i64 = 2_001;

/// A step.
///
/// # Errors
/// Refusal `step-not-found`; database faults.
pub fn step(s: &mut Snapshot<'_>, season: &SeasonId, id: &StepId) -> Result<Step, Fault> {
    let found = store::step(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "step-not-found"))?)
}

/// The step of a project that waits for a second person; with 0 that of the season itself.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waiting(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Step>, DbError> {
    store::waiting(s, season, project)
}

/// All steps of a season that wait, by project, [`MAX_WAITING`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn all_waiting(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Step>, DbError> {
    store::all_waiting(s, season, MAX_WAITING)
}
