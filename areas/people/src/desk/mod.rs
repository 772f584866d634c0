//! The desk: a worker enters something for somebody who is there, calls, or left a note, and prints a receipt.

pub mod api;
pub mod begin;
pub mod consents;
pub mod finish;
mod number;
pub mod queries;
pub mod rules;
mod sent;
pub mod sit;
pub mod store;
pub mod take;
pub mod web;

use kernel::{Behalf, Day, Id, Instant, PersonId, PlaceId, Source};

pub use finish::{Done, finish};
pub use number::{NumberError, ReceiptNumber};
pub use sent::Sent;
pub use sit::{sit, typed};
pub use take::{permit_for, take};

/// The noun of desk entries' ids.
pub enum DeskNoun {}
/// The id of a desk entry. It travels in addresses and forms as `desk`, and is good only for its own worker.
pub type DeskId = Id<DeskNoun>;

/// A worker's sitting down with somebody: one thing that is entered for them, and its receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskEntry {
    /// Its id.
    pub id: DeskId,
    /// Who types.
    pub worker: PersonId,
    /// For whom.
    pub person: PersonId,
    /// By which way it came.
    pub source: Source,
    /// Where the desk is.
    pub place: PlaceId,
    /// When it began.
    pub begun: Instant,
    /// When it is over if nothing came in.
    pub expires: Instant,
    /// When something came in, or it was put down.
    pub ended: Option<Instant>,
    /// What came in, if anything did.
    pub thing_id: Option<String>,
    /// The number on the receipt, if something came in.
    pub receipt: Option<u64>,
    /// What was sent for it.
    pub sent: Option<Sent>,
}

impl DeskEntry {
    /// For whom and how, as a command's context takes it.
    pub fn behalf(&self) -> Behalf {
        Behalf { person: self.person.clone(), source: self.source }
    }
}

/// What a receipt says. No person is on it: the paper is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The number, good on the telephone.
    pub number: ReceiptNumber,
    /// What kind of thing came in: the words are `thing-<kind>`.
    pub thing: String,
    /// Its title, where the page that shows it is public; else empty.
    pub title: String,
    /// The page where it is shown, a path of this site.
    pub page: String,
    /// By which way it came.
    pub source: Source,
    /// Where the desk is.
    pub place: PlaceId,
    /// The name of that place.
    pub place_name: String,
    /// The local day.
    pub day: Day,
}
