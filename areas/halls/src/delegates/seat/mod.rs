//! The seats of a hall: who sits where, since when, and by which way.

pub mod fill;
pub mod leave;
pub mod store;
pub mod web;

use kernel::{Day, Id, Kind, PersonId, Refusal};

use super::{
    hall::{HallId, Way},
    lot::LotId,
};

/// The noun of delegates' ids.
pub enum DelegateNoun {}
/// The id of a delegate.
pub type DelegateId = Id<DelegateNoun>;

/// A delegate 议事代表 on a seat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delegate {
    /// Its id.
    pub id: DelegateId,
    /// Of which hall.
    pub hall: HallId,
    /// The number of the seat.
    pub seat: u32,
    /// By which way they came.
    pub way: Way,
    /// Their account, where they have one.
    pub person: Option<PersonId>,
    /// Their name: private unless [`Delegate::shows`].
    pub name: String,
    /// They agreed that everybody reads their name.
    pub shows: bool,
    /// The meeting that elected, or the organisation that recommends.
    pub source: String,
    /// What it is known by.
    pub evidence: String,
    /// The lot that drew them.
    pub lot: Option<LotId>,
    /// Their number in its pool.
    pub number: Option<u32>,
    /// Since when they sit.
    pub from: Day,
    /// The day on which they left; none while they sit.
    pub ended: Option<Day>,
}

impl Delegate {
    /// The name as everybody may read it: masked, unless they agreed to show it.
    #[must_use]
    pub fn shown(&self) -> String {
        if self.shows { self.name.clone() } else { people::resident::mask::name(&self.name) }
    }
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "delegate-not-found")
}
