//! Reading assessments.

use std::collections::BTreeSet;

use db::{DbError, Snapshot};
use kernel::Day;

use super::{Round, Sheet, State};
use crate::{SeasonId, running::store};

/// Whether the project has passed its assessment: what a next payment may depend on. One statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn passed(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<bool, DbError> {
    Ok(store::run(s, (season, number))?.is_some_and(|run| run.midterm == State::Passed))
}

/// All rounds of a project, the first one first, 20 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rounds(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<Round>, DbError> {
    store::rounds(s, (season, number))
}

/// The sheets of a round, 100 at most; in an order that tells nothing.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sheets(s: &mut Snapshot<'_>, season: &SeasonId, (number, round): (u32, u32)) -> Result<Vec<Sheet>, DbError> {
    store::sheets(s, (season, number), round)
}

/// Whether a round's result is not posted yet.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn waits(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<bool, DbError> {
    Ok(!store::untold(s, season, 1)?.is_empty())
}

/// Projects of which a result was decided and not posted yet: until then it is for the team and the office. One statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn unposted(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<BTreeSet<u32>, DbError> {
    Ok(store::untold(s, season, 10_000)?.into_iter().map(|one| one.0).collect())
}

/// Rounds whose result is posted, as project, round, name of the project and day of the decision, in this order; 10,000 at
/// most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn announced(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, u32, String, Day)>, DbError> {
    store::told(s, season, 10_000)
}
