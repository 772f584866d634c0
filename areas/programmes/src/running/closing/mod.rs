//! The closing of a project 结项: a report drafted from records, its acceptance, and how content those are whom it served.

pub mod decide;
pub mod grade;
pub mod queries;
pub mod recompute;
pub mod report;

use kernel::{Day, PersonId};
use serde::{Deserialize, Serialize};

pub use super::Closing as State;
pub use queries::accepted;

/// What the team says at the end, besides what the records say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ClosingReport)]
#[serde(default)]
pub struct Report {
    /// What was done, 1 to 4,000 characters.
    pub done: String,
    /// What has changed for residents, 1 to 2,000 characters.
    pub changed: String,
    /// What was learnt, at most 2,000 characters.
    pub learnt: String,
    /// How it goes on, at most 2,000 characters.
    pub next: String,
    /// A link to a film of the results; `https://` only, at most 300 characters; may be empty.
    pub video: String,
    /// Whoever is seen or heard in the film has agreed; required where there is a link.
    pub consents: bool,
}

/// A closing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// Where it stands.
    pub state: State,
    /// What the team says.
    pub report: Report,
    /// What the records said when it was last submitted: JSON of a [`super::pack::Pack`]; before, when it was written.
    pub pack: String,
    /// SHA-256 of that text.
    pub digest: [u8; 32],
    /// Why it came back; may be empty.
    pub reasons: String,
    /// Who submitted it.
    pub submitted_by: Option<PersonId>,
    /// When.
    pub submitted_day: Option<Day>,
    /// When the office last decided.
    pub decided_day: Option<Day>,
    /// The verdict in the register.
    pub verdict: Option<String>,
    /// Moves with every change.
    pub revision: u32,
}

/// How content those are whom a project served.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Grades {
    /// How many answered.
    pub answers: u64,
    /// The sum of their grades, each 1 to 5.
    pub sum: u64,
    /// How many of them gave 4 or 5.
    pub content: u64,
}
