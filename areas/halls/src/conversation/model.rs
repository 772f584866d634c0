//! What a conversation is.

use kernel::{Day, Id, PersonId, PlaceId};
use matters::notice::NoticeId;

/// The noun of conversation ids.
pub enum ConversationNoun {}
/// The id of a conversation.
pub type ConversationId = Id<ConversationNoun>;

kernel::words! {
    /// Where a conversation stands. It never goes back.
    #[schema(as = ConversationState)]
    State {
        /// Being written; for the office alone.
        Draft "draft",
        /// Votes are taken until the last day.
        Open "open",
        /// No vote is taken any more.
        Closed "closed",
        /// Its map is a verdict.
        Published "published",
    }
}

kernel::words! {
    /// Who adds statements besides the office.
    Adds {
        /// Nobody.
        Nobody "nobody",
        /// Residents; each statement waits until somebody of the office has read it.
        Residents "residents",
    }
}

kernel::words! {
    /// Where a statement stands.
    #[schema(as = StatementStanding)]
    Standing {
        /// Nobody of the office has read it yet: nobody votes on it.
        Waiting "waiting",
        /// It is voted on.
        Accepted "accepted",
        /// It was never voted on.
        Rejected "rejected",
        /// It was voted on and taken down: it shapes neither the map nor what is told, and its words are not shown.
        Removed "removed",
    }
}

/// Where the data of a conversation comes from that was held elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Provenance {
    /// The attribution that its licence asks for, at most 400 characters; empty where it was held here.
    pub source: String,
    /// The licence by name, such as `CC BY 4.0`; at most 120 characters.
    pub licence: String,
    /// Where it was held; at most 300 characters, may be empty.
    pub url: String,
}

/// A conversation as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Whom it asks: residents of this place.
    pub place: PlaceId,
    /// 1 to 120 characters.
    pub title: String,
    /// What it is about, at most 2,000 characters.
    pub body: String,
    /// How many days it is open.
    pub days: u32,
    /// Who adds statements.
    pub adds: Adds,
    /// Where it stands.
    pub state: State,
    /// The day on which it opened; none of a draft.
    pub opens_day: Option<Day>,
    /// The last day on which votes are taken; none of a draft.
    pub closes_day: Option<Day>,
    /// What the search for groups starts from; drawn when it opens.
    pub seed: u32,
    /// Where its data comes from.
    pub provenance: Provenance,
    /// The last number of a statement.
    pub statements: u32,
    /// The notice of its opening.
    pub notice: Option<NoticeId>,
    /// The notice of its result.
    pub end_notice: Option<NoticeId>,
    /// Moves with every change but votes and statements.
    pub revision: i64,
}

impl Conversation {
    /// Whether it was held elsewhere and taken in.
    #[must_use]
    pub fn is_taken_in(&self) -> bool {
        !self.provenance.source.is_empty()
    }
}

/// Something that people agree with, disagree with or pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// 1, 2, 3, … within its conversation; as the file has it where it was taken in.
    pub number: u32,
    /// One line; empty where its words were not taken in.
    pub text: String,
    /// Where it stands.
    pub state: Standing,
    /// The resident who added it; nothing for the office's.
    pub author: Option<PersonId>,
    /// Why it was rejected or removed; for its author and the office.
    pub reason: String,
}

impl Statement {
    /// Whether it has been voted on: these are the statements of the map.
    #[must_use]
    pub fn was_shown(&self) -> bool {
        matches!(self.state, Standing::Accepted | Standing::Removed)
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// A number drawn by chance; nothing else of them is public.
    pub number: u32,
    /// What they said.
    pub votes: super::Votes,
    /// Moves with every vote.
    pub revision: i64,
}
