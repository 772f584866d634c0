//! Reading what runs.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};

use super::{Run, RunState, store};
use crate::SeasonId;

/// Projects of a page.
pub const PAGE: i64 = 100;

/// A project that was approved.
///
/// # Errors
/// Refusal `project-not-found`; database faults.
pub fn run(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Run, Fault> {
    let found = store::run(s, (season, number))?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "project-not-found"))?)
}

/// Where an approved project stands as a whole; none where it was not approved. One statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn state(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<RunState>, DbError> {
    Ok(store::run(s, (season, number))?.map(|run| run.state))
}

/// Numbers and names of the approved projects that were not stopped, in order: those that may be nominated for an award.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn nominable(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, String)>, DbError> {
    store::nominable(s, season, i64::from(crate::MAX_PROJECTS))
}

/// The approved projects after number `after`, in order, [`PAGE`] and one more at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn runs(s: &mut Snapshot<'_>, season: &SeasonId, after: u32) -> Result<Vec<Run>, DbError> {
    store::runs(s, season, after, PAGE + 1)
}
