//! Reading contests.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::SeasonId;

use super::{Contest, Turn, store};

/// The contest of a season.
///
/// # Errors
/// Refusal `no-contest`; database faults.
pub fn contest(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Contest, Fault> {
    Ok(store::contest(s, season)?.ok_or_else(|| Refusal::new(Kind::NotFound, "no-contest"))?)
}

/// The contest of a season, if there is one.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn maybe(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Contest>, DbError> {
    store::contest(s, season)
}

/// The turns in their order; as many as a contest has.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn turns(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Turn>, DbError> {
    store::turns(s, season)
}
