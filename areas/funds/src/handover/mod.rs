//! Handover 新老物业交接: what one property firm leaves to the next, item by item, until both firms and the residents' side
//! have signed.
//!
//! ```text
//! handover  open ──each side signs, three people──► signed
//! item      open ──► handed · missing (a duty of the old firm) · disputed         missing, disputed ──► handed
//! ```

pub mod api;
pub mod begin;
pub mod list;
pub mod mark;
pub mod queries;
pub mod sign;
pub mod store;
pub mod web;

use kernel::{Day, Id, Kind, OrgId, PersonId, PlaceId, Refusal};
use matters::duty::DutyId;

/// The noun of handover ids.
pub enum HandoverNoun {}
/// The id of a handover.
pub type HandoverId = Id<HandoverNoun>;

kernel::words! {
    /// Where an item stands. The words are `handover-state-<word>`.
    ItemState {
        /// Nobody has looked.
        Open "open",
        /// It was handed over.
        Handed "handed",
        /// It is not there.
        Missing "missing",
        /// The sides do not agree.
        Disputed "disputed",
    }
}

kernel::words! {
    /// Who signs. The words are `handover-side-<word>`.
    #[schema(as = HandoverSide)]
    Side {
        /// The firm that leaves.
        Old "old",
        /// The firm that comes.
        New "new",
        /// The owners' committee, the property committee or the residents' committee.
        Residents "residents",
    }
}

/// A handover.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handover {
    /// Its id.
    pub id: HandoverId,
    /// Where.
    pub place: PlaceId,
    /// The firm that leaves.
    pub old_firm: OrgId,
    /// The firm that comes.
    pub new_firm: OrgId,
    /// Who signs for the residents.
    pub residents: OrgId,
    /// By when.
    pub due: Day,
    /// All three sides have signed.
    pub is_signed: bool,
    /// The old firm's duty.
    pub duty: DutyId,
    /// The day it was begun.
    pub made_day: Day,
}

impl Handover {
    /// The organisation of a side.
    pub fn org(&self, side: Side) -> &OrgId {
        match side {
            Side::Old => &self.old_firm,
            Side::New => &self.new_firm,
            Side::Residents => &self.residents,
        }
    }
}

/// What is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// 1, 2, 3, … within the handover.
    pub number: u32,
    /// Its key in [`list::LIST`].
    pub item: String,
    /// Where it stands.
    pub state: ItemState,
    /// What was said of it; may be empty.
    pub note: String,
    /// The old firm's duty to bring it.
    pub duty: Option<DutyId>,
    /// When somebody last said so.
    pub day: Option<Day>,
}

/// A signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// For which side.
    pub side: Side,
    /// By whom.
    pub person: PersonId,
    /// On which day.
    pub day: Day,
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "handover-not-found")
}
