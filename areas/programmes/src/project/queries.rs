//! Reading projects.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};

use super::{Project, store};
use crate::SeasonId;

/// The projects after number `after`, in order of their numbers, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn projects(s: &mut Snapshot<'_>, id: &SeasonId, after: u32, limit: i64) -> Result<Vec<Project>, DbError> {
    store::projects(s, id, after, limit)
}

/// One project.
///
/// # Errors
/// Refusal `project-not-found`; database faults.
pub fn project(s: &mut Snapshot<'_>, id: &SeasonId, number: u32) -> Result<Project, Fault> {
    let found = store::project(s, id, number)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "project-not-found"))?)
}
