//! The assessment of a project halfway 中期评估: evidence from records, score sheets, advice, and whether it goes on.

pub mod announce;
pub mod decide;
pub mod mend;
pub mod open;
pub mod queries;
pub mod recompute;
pub mod score;

use kernel::{Day, PersonId};
use matters::notice::NoticeId;

pub use super::Midterm as State;
pub use queries::passed;

/// The dated set of rules by which assessments of this program are counted.
pub const RULE_SET: &str = "midterm/2026-11";

/// A round of the assessment of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// 1, 2, 3, … within the project.
    pub round: u32,
    /// Where it stands.
    pub state: State,
    /// What the records said when it was opened: JSON of a [`super::pack::Pack`].
    pub pack: String,
    /// SHA-256 of that text.
    pub digest: [u8; 32],
    /// When it was opened.
    pub opened_day: Day,
    /// What the sheets came to, in hundredths of a point of 100.
    pub points: Option<i64>,
    /// What the team is told; may be empty.
    pub advice: String,
    /// By when something is to be mended.
    pub until: Option<Day>,
    /// What the team says it has mended; may be empty.
    pub mended: String,
    /// When it was decided.
    pub decided_day: Option<Day>,
    /// The verdict in the register, once the result is posted.
    pub verdict: Option<String>,
    /// The notice that told it.
    pub notice: Option<NoticeId>,
}

impl Round {
    /// Whether it was decided and nobody outside has been told.
    pub fn is_unposted(&self) -> bool {
        self.decided_day.is_some() && self.notice.is_none()
    }

    /// The round as everybody may see it: until its result is posted it is an open one.
    #[must_use]
    pub fn as_posted(self) -> Round {
        if !self.is_unposted() {
            return self;
        }
        let (advice, mended) = (String::new(), String::new());
        Round {
            state: State::Open,
            points: None,
            advice,
            until: None,
            mended,
            decided_day: None,
            verdict: None,
            ..self
        }
    }
}

/// What one assessor says of a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Who; told to nobody.
    pub person: PersonId,
    /// One score for each criterion of the template, in their order.
    pub scores: Vec<u32>,
    /// Why; may be empty.
    pub comment: String,
}
