//! Reading visits and the board.

use db::{DbError, Snapshot};

use super::{Door, Spent, Totals, Visit, store};
use crate::round::RoundId;

/// The doors of a building, in the order of the register. For those who work on the round.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn doors(s: &mut Snapshot<'_>, round: &RoundId, building: &str) -> Result<Vec<Door>, DbError> {
    store::doors(s, round, building)
}

/// What is known of each building.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn totals(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Totals>, DbError> {
    store::totals(s, round)
}

/// All buildings together.
pub fn sum(list: &[Totals]) -> Totals {
    let mut all = Totals::default();
    for one in list {
        all.units += one.units;
        all.reached += one.reached;
        all.agrees += one.agrees;
        all.refuses += one.refuses;
        all.undecided += one.undecided;
        all.voted += one.voted;
        all.visits += one.visits;
    }
    all
}

/// The visits of a unit, the latest first, 100 at most. For those who work on the round.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn visits(s: &mut Snapshot<'_>, round: &RoundId, unit: &str) -> Result<Vec<Visit>, DbError> {
    store::visits(s, round, unit)
}

/// What visiting took: visits, days.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn spent(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Spent, DbError> {
    store::spent(s, round)
}

/// Floors of all buildings that are asked.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn floors(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    store::floors(s, round)
}
