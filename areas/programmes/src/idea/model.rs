//! What an idea is, and where it can stand.

use kernel::{Day, Id, Instant, PersonId, PlaceId, Source};

/// The noun of idea ids.
pub enum IdeaNoun {}
/// The id of an idea.
pub type IdeaId = Id<IdeaNoun>;
/// The noun of comment ids.
pub enum CommentNoun {}
/// The id of a comment.
pub type CommentId = Id<CommentNoun>;

kernel::words! {
    /// Who sees an idea.
    #[schema(as = IdeaState)]
    State {
        /// The author and the office: it waits for the office's look (先审后发).
        Waiting "waiting",
        /// Everybody.
        Shown "shown",
        /// The author, who is told why, and the office, which hid it.
        Hidden "hidden",
        /// The author, who took it back, and the office.
        Withdrawn "withdrawn",
        /// Everybody who follows a link: it goes on in another idea.
        Merged "merged",
        /// Everybody who follows a link: it goes on in several ideas.
        Split "split",
    }
}

kernel::words! {
    /// What the office says to an idea.
    #[schema(as = IdeaOutcome)]
    Outcome {
        /// 采纳: it goes on towards a project.
        TakenUp "taken-up",
        /// 合并: it goes on with a similar idea.
        Merged "merged",
        /// 暂不采纳: not in this season.
        NotNow "not-now",
        /// 转办: somebody else does such things.
        Elsewhere "elsewhere",
    }
}

/// By when the office owes its answer. Days of the jurisdiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// The last day.
    pub day: Day,
    /// From which day on it is pressing.
    pub soon: Day,
    /// It may still move, because a year's holidays are not announced.
    pub provisional: bool,
}

/// What the office said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What becomes of the idea.
    pub outcome: Outcome,
    /// Why, for everybody to read.
    pub words: String,
    /// The local day on which it was first answered.
    pub day: Day,
}

/// An idea somebody posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Idea {
    /// Its id.
    pub id: IdeaId,
    /// Its title.
    pub title: String,
    /// What is wanted.
    pub body: String,
    /// The author's name as others see it, as it was on that day; empty means without a name.
    pub author: String,
    /// Whose it is, where that is known. Never shown.
    pub person: Option<PersonId>,
    /// A key of the template's fields; empty where the template has none.
    pub field: String,
    /// Where it is wanted; none for what is older than places of ideas and whose season is gone.
    pub place: Option<PlaceId>,
    /// The name of that place.
    pub place_name: String,
    /// By which way it came in.
    pub source: Source,
    /// Who sees it.
    pub state: State,
    /// Why the office hid it, or split it.
    pub reason: String,
    /// Where it goes on.
    pub merged_into: Option<IdeaId>,
    /// What it was a part of.
    pub split_from: Option<IdeaId>,
    /// When it was posted.
    pub posted_at: Instant,
    /// The local day of that.
    pub posted_day: Day,
    /// By when it is answered; none for ideas from before such days were told.
    pub promise: Option<Promise>,
    /// What the office said.
    pub answer: Option<Answer>,
    /// Supporters.
    pub n_supports: u32,
    /// Comments, hidden ones included.
    pub n_comments: u32,
    /// Photos.
    pub n_photos: u32,
    /// Ideas that were merged into it.
    pub n_merged: u32,
}

impl Idea {
    /// The answer came after its day.
    pub fn is_late(&self) -> bool {
        self.answer.as_ref().zip(self.promise.as_ref()).is_some_and(|(answer, promise)| answer.day > promise.day)
    }
}

/// A comment on an idea, or a reply to one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// The comment it replies to; its own id where it is no reply.
    pub thread: CommentId,
    /// What was said.
    pub words: String,
    /// The author's name as others see it, as it was on that day; empty means without a name.
    pub author: String,
    /// Why the office hid it; none while it is shown.
    pub hidden: Option<String>,
    /// The local day.
    pub posted_day: Day,
}

impl Comment {
    /// Whether it answers another one.
    pub fn is_reply(&self) -> bool {
        self.id != self.thread
    }
}
