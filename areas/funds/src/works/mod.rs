//! Works 工程: what is replaced, overhauled, repaired or built at a place after a decision, such as twenty lifts; and who
//! bears how much of what it cost.
//!
//! ```text
//! work   planned ──► started ──► done ──► accepted ──settle──► settled      (as its units go)
//! unit   planned ──report──► started ──report──► done ──accept──► accepted  (another person than who reported it done)
//! ```

pub mod api;
pub mod apportion;
pub mod open;
pub mod queries;
pub mod quote;
pub mod recompute;
pub mod rules;
pub mod settle;
pub mod share;
pub mod store;
pub mod unit;
pub mod web;

use db::{Fault, Snapshot};
use kernel::{Day, Fen, Id, Kind, PersonId, PlaceId, Refusal, Site};
use matters::{matter::MatterId, notice::NoticeId, verdict::VerdictId};

/// The noun of work ids.
pub enum WorkNoun {}
/// The id of a work.
pub type WorkId = Id<WorkNoun>;

/// Units of a work at most.
pub const MAX_UNITS: u32 = 500;
/// Quotes of a work at most.
pub const MAX_QUOTES: u32 = 50;
/// Apportionments of a work at most.
pub const MAX_ROLLS: u32 = 50;

kernel::words! {
    /// What is done. The words are `work-kind-<word>`.
    WorkKind {
        /// 更换
        Replace "replace",
        /// 大修
        Overhaul "overhaul",
        /// 维修
        Repair "repair",
        /// 新建
        Build "build",
    }
}

kernel::words! {
    /// Where a work or one of its units stands. The words are `work-state-<word>`.
    #[schema(as = WorksState)]
    State {
        /// Nothing has begun.
        Planned "planned",
        /// At least one unit has begun.
        Started "started",
        /// All units are done.
        Done "done",
        /// All units were accepted.
        Accepted "accepted",
        /// The final sum is known; never a unit's state.
        Settled "settled",
    }
}

/// A work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its id.
    pub id: WorkId,
    /// Where.
    pub place: PlaceId,
    /// What most of it is.
    pub kind: WorkKind,
    /// Its name.
    pub title: String,
    /// What it is about; may be empty.
    pub about: String,
    /// The decision it follows, in words; may be empty.
    pub decision: String,
    /// The matter that was decided in.
    pub matter: Option<MatterId>,
    /// The verdict of the decision.
    pub verdict: Option<VerdictId>,
    /// From when.
    pub from: Day,
    /// Until when.
    pub until: Day,
    /// Where it stands.
    pub state: State,
    /// Quotes so far.
    pub quotes: u32,
    /// Units so far.
    pub units: u32,
    /// Apportionments so far; the last one holds.
    pub rolls: u32,
    /// The number of the chosen quote.
    pub chosen: Option<u32>,
    /// Why that one.
    pub chosen_reason: String,
    /// Who chose.
    pub chosen_by: Option<PersonId>,
    /// What it cost in the end.
    pub final_sum: Option<Fen>,
    /// Why more than was quoted; else empty.
    pub settled_reason: String,
    /// The day of the settlement.
    pub settled_day: Option<Day>,
    /// The day it was entered.
    pub made_day: Day,
}

/// What somebody would do it for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// 1, 2, 3, … within the work.
    pub number: u32,
    /// Who.
    pub bidder: String,
    /// For how much.
    pub amount: Fen,
    /// What it includes; may be empty.
    pub note: String,
    /// The day it was entered.
    pub day: Day,
}

/// A part of a work that is done and accepted by itself, such as one lift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    /// 1, 2, 3, … within the work.
    pub number: u32,
    /// Its name, such as `1号楼1单元电梯`.
    pub label: String,
    /// What is done to it.
    pub kind: WorkKind,
    /// Where it stands.
    pub state: State,
}

/// What brought a unit to a state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Of which unit.
    pub unit: u32,
    /// To which state.
    pub state: State,
    /// On which day it came to it.
    pub day: Day,
    /// Who said so.
    pub by: Option<PersonId>,
    /// What was said; of an acceptance what is still open. May be empty.
    pub words: String,
    /// Ids of photos.
    pub photos: Vec<work::files::FileId>,
}

/// An apportionment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roll {
    /// 1, 2, 3, … within the work.
    pub number: u32,
    /// What is apportioned.
    pub total: Fen,
    /// The sum is that of the settlement, not of the quote.
    pub is_final: bool,
    /// What becomes of the fen that no whole share holds.
    pub rule: share::Rest,
    /// The flat that bears them under [`share::Rest::One`]; else empty.
    pub bearer: String,
    /// Who bears the shares of flats without an owner.
    pub developer: String,
    /// The flats, in the order of their names.
    pub flats: Vec<share::Flat>,
    /// All areas together, in hundredths of a square metre.
    pub area: i64,
    /// SHA-256 over everything that decides the shares ([`share::inputs`]).
    pub digest: [u8; 32],
    /// The day it was made.
    pub day: Day,
    /// The notice it was put up with.
    pub notice: Option<NoticeId>,
}

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "work-not-found")
}

/// Where a work is done, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn site(s: &mut Snapshot<'_>, place: &PlaceId) -> Result<Site, Fault> {
    Ok(places::site(s, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}
