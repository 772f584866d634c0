//! Reading plans.

use std::collections::BTreeMap;

use db::{DbError, Snapshot};

use super::{Plan, State, Version, store};
use crate::SeasonId;

/// All versions of a project's plan, the first one first, 50 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn versions(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<Version>, DbError> {
    store::versions(s, (season, number))
}

/// The version that is in force: the last that was accepted.
pub fn in_force(versions: &[Version]) -> Option<&Version> {
    versions.iter().rev().find(|version| version.state == State::Accepted)
}

/// The plans in force of the projects with numbers from `first` to `last`, as many as a season has.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn plans(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (first, last): (u32, u32),
) -> Result<BTreeMap<u32, Plan>, DbError> {
    Ok(store::in_force(s, season, (first, last))?.into_iter().collect())
}

/// The numbers of those of them for which a change is asked.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn asked(s: &mut Snapshot<'_>, season: &SeasonId, (first, last): (u32, u32)) -> Result<Vec<u32>, DbError> {
    store::asked(s, season, (first, last))
}
