//! A workshop 金点子大讨论: an afternoon at which people write ideas on cards and put questions to those who know.

pub mod api;
pub mod ask;
pub mod attend;
pub mod card;
pub mod queries;
pub mod record;
pub mod store;
pub mod web;

use kernel::{Day, Id, Instant, PersonId, PlaceId};
use serde::Serialize;

use crate::{SeasonId, idea::IdeaId};

/// The noun of workshop ids.
pub enum WorkshopNoun {}
/// The id of a workshop.
pub type WorkshopId = Id<WorkshopNoun>;

/// Workshops of a season at most.
pub const MAX_WORKSHOPS: u32 = 200;
/// Cards of a workshop at most.
pub const MAX_CARDS: u32 = 300;
/// Cards that are added at once at most.
pub const MAX_AT_ONCE: usize = 50;
/// Questions of a workshop at most.
pub const MAX_QUESTIONS: u32 = 100;
/// The kind of event of its attendance.
pub const EVENT: &str = "workshop";

kernel::words! {
    /// Whether advice was taken up.
    Taken {
        /// Nobody has said yet.
        Open "open",
        /// It was.
        Yes "yes",
        /// In part.
        Partly "partly",
        /// It was not.
        No "no",
    }
}

/// A workshop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workshop {
    /// Its id.
    pub id: WorkshopId,
    /// Its season.
    pub season: SeasonId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// Where it was held.
    pub place: PlaceId,
    /// On which day.
    pub day: Day,
    /// Its title.
    pub title: String,
    /// What came out; may be empty.
    pub summary: String,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// By whom.
    pub recorded_by: Option<PersonId>,
}

/// A card that somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Card {
    /// 1, 2, 3, … within the workshop.
    pub number: u32,
    /// What stands on it.
    pub body: String,
    /// The idea it became.
    #[schema(value_type = Option<String>)]
    pub idea: Option<IdeaId>,
}

/// A question with the advice that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[schema(as = WorkshopQuestion)]
pub struct Question {
    /// 1, 2, 3, … within the workshop.
    pub number: u32,
    /// What was asked.
    pub question: String,
    /// Who gave the advice, by trade, not by name.
    pub expert: String,
    /// The advice.
    pub advice: String,
    /// Whether it was taken up.
    pub taken: Taken,
    /// What became of it; may be empty.
    pub taken_note: String,
}
