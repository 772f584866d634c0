//! Visits by door 入户走访: who was where, what came of it, and what an owner answered by themselves. It is how workers find
//! out what the owners think; a ballot it is not.

pub mod answer;
pub mod api;
pub mod queries;
pub mod record;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, Id, Instant, PersonId};

/// The noun of visit ids.
pub enum VisitNoun {}
/// The id of a visit.
pub type VisitId = Id<VisitNoun>;

kernel::words! {
    /// How it was heard. The words are `door-way-<word>`.
    #[schema(as = DoorWay)]
    Way {
        /// At the door.
        Door "door",
        /// At the desk or by telephone.
        Desk "desk",
        /// The owner answered on a page.
        Online "online",
    }
}

kernel::words! {
    /// What came of a visit. The words are `door-result-<word>`.
    #[schema(as = DoorResult)]
    Met {
        /// The owner agrees.
        Agrees "agrees",
        /// The owner refuses.
        Refuses "refuses",
        /// The owner has not made up their mind.
        Undecided "undecided",
        /// Nobody was at home.
        Nobody "nobody",
        /// Asked to come back.
        ComeBack "come-back",
        /// Does not want to talk.
        NoTalk "no-talk",
    }
}

impl Met {
    /// Whether the owner said what they think.
    pub fn is_stance(self) -> bool {
        matches!(self, Met::Agrees | Met::Refuses | Met::Undecided)
    }
}

/// A visit as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Its id.
    pub id: VisitId,
    /// The unit.
    pub unit: String,
    /// How it was heard.
    pub way: Way,
    /// What came of it.
    pub result: Met,
    /// What was said; private.
    pub words: String,
    /// When, by the device's clock set right.
    pub at: Instant,
    /// The local day of that.
    pub day: Day,
    /// Who noted it; the owner of an answer online.
    pub by: Option<PersonId>,
}

/// A door as the board shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// 1, 2, 3, … in the register.
    pub number: u32,
    /// The unit.
    pub unit: String,
    /// Its floor.
    pub floor: String,
    /// Its exclusive area in 0.01 m².
    pub area: u64,
    /// Visits so far.
    pub visits: u32,
    /// Somebody was spoken to, or answered, or voted.
    pub reached: bool,
    /// What the owner said last; none where nothing was said.
    pub stance: Option<Met>,
    /// Whether a ballot was cast.
    pub voted: bool,
}

/// A building, or all of them together, by what is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Totals {
    /// Its name; empty of all together.
    pub building: String,
    /// Units that are asked.
    pub units: u32,
    /// Those where somebody was spoken to, or that answered, or voted.
    pub reached: u32,
    /// Of them: agree.
    pub agrees: u32,
    /// Of them: refuse.
    pub refuses: u32,
    /// Of them: undecided.
    pub undecided: u32,
    /// Units that have cast a ballot.
    pub voted: u32,
    /// Visits.
    pub visits: u32,
}

impl Totals {
    /// Nobody was spoken to yet.
    pub fn not_reached(&self) -> u32 {
        self.units.saturating_sub(self.reached)
    }
}

/// What visiting took.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Spent {
    /// Visits at doors.
    pub visits: u64,
    /// Different days with one.
    pub days: u64,
    /// The first day, `YYYY-MM-DD`; empty without a visit.
    pub first: String,
    /// The last day.
    pub last: String,
}
