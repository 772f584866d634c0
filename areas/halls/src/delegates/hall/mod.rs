//! A deliberation hall 议事厅 of a place: what it is called, how many seats are filled by which way, and for how long.

pub mod change;
pub mod found;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, Id, Kind, PersonId, PlaceId, Refusal, Site};

/// The noun of hall ids.
pub enum HallNoun {}
/// The id of a hall.
pub type HallId = Id<HallNoun>;

/// Seats of a hall at most, by all ways together.
pub const MAX_SEATS: u32 = 100;

kernel::words! {
    /// What kind of hall it is. The words are `hall-kind-<word>`.
    #[schema(as = HallKind)]
    HallKind {
        /// In a room of its own.
        Fixed "fixed",
        /// Where the matter is.
        Mobile "mobile",
        /// On the network.
        Online "online",
    }
}

kernel::words! {
    /// By which way a seat is filled. The words are `hall-way-<word>`.
    #[schema(as = HallWay)]
    Way {
        /// Residents elect (推选).
        Elected "elected",
        /// An organisation recommends (推荐).
        Recommended "recommended",
        /// The lot (抽签).
        Lot "lot",
    }
}

/// A hall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hall {
    /// Its id.
    pub id: HallId,
    /// Whose hall it is.
    pub place: PlaceId,
    /// What it is called.
    pub name: String,
    /// What kind it is.
    pub kind: HallKind,
    /// What it is for, in words; may be empty.
    pub about: String,
    /// Seats that residents elect.
    pub elected: u32,
    /// Seats for which organisations recommend somebody.
    pub recommended: u32,
    /// Seats that are filled by lot.
    pub drawn: u32,
    /// First day of the term.
    pub from: Day,
    /// Last day of the term.
    pub until: Day,
    /// Moves with every change.
    pub revision: i64,
    /// Who founded it.
    pub made_by: Option<PersonId>,
    /// The day of that.
    pub made_day: Day,
}

impl Hall {
    /// Seats by all ways. They are numbered from 1: first those that are elected, then recommended, then by lot.
    #[must_use]
    pub fn seats(&self) -> u32 {
        self.elected + self.recommended + self.drawn
    }

    /// By which way a seat is filled; none for a seat that there is not.
    #[must_use]
    pub fn way_of(&self, seat: u32) -> Option<Way> {
        let (elected, recommended) = (self.elected, self.elected + self.recommended);
        match seat {
            0 => None,
            _ if seat <= elected => Some(Way::Elected),
            _ if seat <= recommended => Some(Way::Recommended),
            _ if seat <= self.seats() => Some(Way::Lot),
            _ => None,
        }
    }
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "hall-not-found")
}

pub(crate) fn meanwhile() -> Refusal {
    Refusal::new(Kind::Conflict, "changed-meanwhile")
}

/// Where a hall is, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub(crate) fn site(s: &mut db::Snapshot<'_>, place: &PlaceId) -> Result<Site, db::Fault> {
    Ok(places::site(s, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}
