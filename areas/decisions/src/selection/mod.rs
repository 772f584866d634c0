//! The selection: review and vote give the list, the list hangs out, what is approved becomes matters that are done.
//!
//! ```text
//! decide ──► decided ──announce──► posted ──approve──► approved
//!              conditions set       the notice hangs,    each project is a matter in the stage 办
//!              and met              objections answered
//! ```

pub mod announce;
pub mod api;
pub mod approve;
pub mod condition;
pub mod decide;
mod faces;
pub mod inputs;
pub mod queries;
pub mod recompute;
pub mod rules;
pub mod store;
pub mod web;

use kernel::{Day, Fen, Instant};
use matters::{matter::MatterId, notice::NoticeId};

pub use rules::{Candidate, Limits, Line, Reviewed, Voted, Why, combine};

/// The dated set of rules by which lists of this program are filled.
pub const RULE_SET: &str = "season-selection/2026-11";

/// Where a selection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[schema(as = SelectionState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// The list is computed; conditions may be set and met.
    Decided,
    /// The list hangs out.
    Posted,
    /// The list is approved.
    Approved,
}

impl State {
    /// The word in the database, the API and the message keys.
    pub fn as_str(self) -> &'static str {
        match self {
            State::Decided => "decided",
            State::Posted => "posted",
            State::Approved => "approved",
        }
    }
}

impl std::str::FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [State::Decided, State::Posted, State::Approved].into_iter().find(|s| s.as_str() == word).ok_or(())
    }
}

/// The list of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Where it stands.
    pub state: State,
    /// The dated rule set.
    pub rule_set: String,
    /// SHA-256 over everything the list depends on.
    pub inputs: [u8; 32],
    /// How many are approved.
    pub n_approved: u32,
    /// What they cost together.
    pub total_cost: Fen,
    /// Conditions that are not met yet.
    pub n_open: u32,
    /// The notice that hangs or hung out.
    pub notice: Option<NoticeId>,
    /// When it was computed.
    pub decided_at: Instant,
    /// The local day of that.
    pub decided_day: Day,
}

/// A line of the list with its project, for pages and the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The line.
    pub line: Line,
    /// What must be mended before the list hangs out; empty for nothing.
    pub condition: String,
    /// Whether that was checked and is good.
    pub met: bool,
    /// The matter that it became.
    pub matter: Option<MatterId>,
    /// The project's reference.
    pub reference: String,
    /// The project's name.
    pub name: String,
    /// What it costs.
    pub cost: Fen,
}
