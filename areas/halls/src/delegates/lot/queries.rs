//! Reading lots.

use std::collections::HashMap;

use db::{DbError, Fault, Snapshot};
use kernel::{Day, PersonId, Refusal};
use sortition::{Chance, PanelList};

use super::{Lot, LotId, Offer, Volunteer, VolunteerId, key, not_found, store};
use crate::delegates::hall::HallId;

/// People of a page of the pool.
pub const POOL_PAGE: i64 = 50;

/// A published list, and the chance of each number of the pool in the lottery that it was made from.
#[derive(Debug, Clone)]
pub struct Published {
    /// The text of the numbered list.
    pub list: String,
    /// The first is that of number 1.
    pub chances: Vec<Chance>,
}

impl Published {
    /// The list.
    ///
    /// # Errors
    /// [`DbError::Data`] where what is kept is none.
    pub fn panels(&self) -> Result<PanelList, DbError> {
        PanelList::read(self.list.as_bytes()).map_err(|e| DbError::Data(format!("lots: {e}")))
    }
}

/// One lot.
///
/// # Errors
/// Refusal `lot-not-found`; database faults.
pub fn lot(s: &mut Snapshot<'_>, id: &LotId) -> Result<Lot, Fault> {
    Ok(store::lot(s, id)?.ok_or_else(not_found)?)
}

/// Lots for which people enrol, everywhere, the soonest to close first: id, title and last day.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(LotId, String, Option<Day>)>, DbError> {
    store::open_now(s, limit)
}

/// The lots of a hall, the newest first, 20 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_hall(s: &mut Snapshot<'_>, hall: &HallId) -> Result<Vec<Lot>, DbError> {
    store::of_hall(s, hall)
}

/// The published list; none before.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, id: &LotId) -> Result<Option<Published>, DbError> {
    store::list(s, id)
}

/// Who was drawn or stands in, by seats.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn offers(s: &mut Snapshot<'_>, id: &LotId) -> Result<Vec<Offer>, DbError> {
    store::offers(s, id)
}

/// Somebody's own place in the pool.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn mine(s: &mut Snapshot<'_>, id: &LotId, person: &PersonId) -> Result<Option<Volunteer>, DbError> {
    store::mine(s, id, person)
}

/// How many are in the pool.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count(s: &mut Snapshot<'_>, id: &LotId) -> Result<u64, DbError> {
    store::count(s, id)
}

/// How many of the pool came by which way.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_source(s: &mut Snapshot<'_>, id: &LotId) -> Result<Vec<(String, u64)>, DbError> {
    store::by_source(s, id)
}

/// Everybody of a pool, in the order of the numbers: for the office alone.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn pool(s: &mut Snapshot<'_>, id: &LotId) -> Result<Vec<Volunteer>, DbError> {
    store::pool(s, id)
}

/// A page of everybody who is or was in a pool, [`POOL_PAGE`] at most: for the office alone.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn pool_part(s: &mut Snapshot<'_>, id: &LotId, after: Option<&VolunteerId>) -> Result<Vec<Volunteer>, DbError> {
    store::pool_part(s, id, after)
}

/// What somebody of a frozen pool is told: their number, their chance in the lottery, and in how many panels of the list
/// they sit.
#[derive(Debug, Clone, Copy)]
pub struct Own {
    /// The number in the pool.
    pub number: u32,
    /// By the lottery.
    pub chance: Chance,
    /// Panels of the list with this number in them.
    pub seats: u32,
    /// Panels of the list.
    pub panels: u32,
}

/// The own chance of a number.
///
/// # Errors
/// [`DbError::Data`] where what is kept is no list.
pub fn own(published: &Published, number: u32) -> Result<Option<Own>, DbError> {
    let at = usize::try_from(number).ok().and_then(|n| n.checked_sub(1));
    let Some(chance) = at.and_then(|at| published.chances.get(at)).copied() else { return Ok(None) };
    let (panels, key) = (published.panels()?, key(number));
    let seats = panels.panels().iter().filter(|panel| panel.binary_search(&key).is_ok()).count();
    let int = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Some(Own { number, chance, seats: int(seats), panels: int(panels.panels().len()) }))
}

/// In how many panels of a list each key stands.
#[must_use]
pub fn seats(list: &PanelList) -> HashMap<&str, u32> {
    let mut counts: HashMap<&str, u32> = HashMap::new();
    list.panels().iter().flatten().for_each(|key| *counts.entry(key).or_default() += 1);
    counts
}

pub(crate) fn no_list() -> Refusal {
    Refusal::new(kernel::Kind::NotFound, "lot-no-list")
}
