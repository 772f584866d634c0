//! A matter 事项: one number, one thread, five stages.
//!
//! Other areas open a matter with [`open::begin`], tell of what they do in [`step::add`], and end it with
//! [`close::end`]; each takes the permit and writes no more than the thread, so that the area's own entry tells the rest.

pub mod api;
pub mod at_desk;
pub mod close;
pub mod follow;
pub mod grade;
pub mod join;
pub mod open;
pub mod queries;
pub mod rules;
pub mod shift;
pub mod step;
pub mod store;
pub mod web;

use kernel::{Day, Home, Id, Instant, PersonId, PlaceId, Site};

use crate::{duty::DutyId, site};

/// The noun of matter ids.
pub enum MatterNoun {}
/// The id of a matter.
pub type MatterId = Id<MatterNoun>;

kernel::words! {
    /// Where a matter has come to: 集议办督评.
    #[schema(as = MatterStage)]
    Stage {
        /// 集: it is taken in.
        Collect "collect",
        /// 议: it is talked over.
        Deliberate "deliberate",
        /// 办: it is being done.
        Do "do",
        /// 督: what was done is looked at.
        Supervise "supervise",
        /// 评: it is answered, and residents grade the answer.
        Appraise "appraise",
    }
}

kernel::words! {
    /// Whether a matter goes on.
    #[schema(as = MatterState)]
    State {
        /// It goes on.
        Open "open",
        /// It is answered.
        Closed "closed",
        /// It goes on in another matter.
        Joined "joined",
    }
}

kernel::words! {
    /// What came of a matter.
    #[schema(as = MatterOutcome)]
    Outcome {
        /// What was wanted is there.
        Solved "solved",
        /// A part of it.
        Partly "partly",
        /// It was a question, and is answered.
        Explained "explained",
        /// It will not be done; the answer says why.
        Declined "declined",
    }
}

kernel::words! {
    /// What somebody thinks of an answer.
    #[schema(as = MatterGrade)]
    Grade {
        /// 满意
        Good "good",
        /// 基本满意
        Fair "fair",
        /// 不满意
        Bad "bad",
    }
}

kernel::words! {
    /// How somebody belongs to a matter.
    #[schema(as = MatterPart)]
    Part {
        /// Opened it.
        Author "author",
        /// Opened one that was joined into it.
        Credited "credited",
        /// Wants to hear of it.
        Follower "follower",
    }
}

/// A matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its id; its home is that of its place.
    pub id: MatterId,
    /// What people say: the year, a dash, six digits or more.
    pub number: String,
    /// Where it is.
    pub place: PlaceId,
    /// Ids of the place and those above, the root's first, joined with `/`.
    pub path: String,
    /// What it is about, in a line.
    pub title: String,
    /// `idea`, `report`, `suggestion`, `topic`, `project`, `consent` or another word of the area that opened it.
    pub kind: String,
    /// Where it has come to.
    pub stage: Stage,
    /// Whether it goes on.
    pub state: State,
    /// In which matter it goes on, when it was joined.
    pub joined_into: Option<MatterId>,
    /// Who opened it; none when it was nobody in particular.
    pub author: Option<PersonId>,
    /// The author's name is shown to nobody outside the office, and masked inside.
    pub anonymous: bool,
    /// Steps of its thread.
    pub n_steps: u32,
    /// Open duties that an answer does not meet.
    pub n_waits: u32,
    /// How often it was sent back.
    pub round: u32,
    /// When it was opened.
    pub opened_at: Instant,
    /// The local day of that.
    pub opened_day: Day,
    /// The local day of the answer.
    pub closed_day: Option<Day>,
    /// Who answered.
    pub closed_by: Option<PersonId>,
    /// What came of it.
    pub outcome: Option<Outcome>,
    /// What the author thinks of the answer.
    pub grade: Option<Grade>,
}

impl Matter {
    /// Its shard.
    pub fn home(&self) -> Home {
        self.id.home()
    }

    /// Where it is, for the question who may do what.
    ///
    /// # Errors
    /// [`db::DbError::Data`] when the stored path is no path.
    pub fn site(&self) -> Result<Site, db::DbError> {
        site::of(self.home(), &self.path)
    }
}

/// One step of a thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// 1, 2, 3, …
    pub n: u32,
    /// When.
    pub at: Instant,
    /// The local day of that.
    pub day: Day,
    /// In which stage.
    pub stage: Stage,
    /// What: `opened`, `noted`, `moved`, `joined`, `took-in`, `answered`, `reopened`, `duty`, or a word of another area.
    pub kind: String,
    /// What somebody wrote; may be empty.
    pub words: String,
    /// A message that the program says, `{"key": …, "args": {…}}`.
    pub says: Option<String>,
    /// Who did it.
    pub person: Option<PersonId>,
    /// In which role, as the public sees it; empty for nobody in particular.
    pub role: String,
    /// Whether everybody may read it.
    pub shown: bool,
    /// A page with more.
    pub link: Option<String>,
    /// The duty it is about.
    pub duty: Option<DutyId>,
    /// Ids of photos and documents.
    pub files: Vec<String>,
}
