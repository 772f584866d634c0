//! Reading what runs.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};

use super::{Run, store};
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

/// The approved projects after number `after`, in order, [`PAGE`] and one more at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn runs(s: &mut Snapshot<'_>, season: &SeasonId, after: u32) -> Result<Vec<Run>, DbError> {
    store::runs(s, season, after, PAGE + 1)
}
