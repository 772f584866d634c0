//! Reading pairs. What is told of them is for community work and the two teams; who shows them asks who looks.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};

use super::{Pair, store};
use crate::SeasonId;

/// One pair.
///
/// # Errors
/// Refusal `pair-not-found`; database faults.
pub fn pair(s: &mut Snapshot<'_>, season: &SeasonId, ends: (u32, u32)) -> Result<Pair, Fault> {
    let found = store::pair(s, season, ends)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "pair-not-found"))?)
}

/// The pairs of a season by their numbers, 500 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn pairs(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Pair>, DbError> {
    store::pairs(s, season)
}
