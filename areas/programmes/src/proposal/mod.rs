//! A proposal: an idea worked out with goals, steps and a budget, from the first draft to its number among the projects.
//!
//! ```text
//! draft ──submit──► submitted ──accept──► checked (a project with a number)
//!   │                │    ▲
//!   │             return  submit
//!   │                ▼    │
//!   └──withdraw──   returned ──withdraw──► withdrawn
//! ```

pub mod api;
pub mod budget;
pub mod check;
mod names;
pub mod queries;
pub mod read;
pub mod rules;
pub mod save;
pub mod start;
pub mod store;
pub mod submit;
mod typed;
pub mod web;
pub mod withdraw;

use std::str::FromStr;

use kernel::{Day, Fen, Id, OrgId, PersonId, PlaceId};
use serde::{Deserialize, Serialize};

use crate::{SeasonId, idea::IdeaId};

pub use typed::{MAX_FUNDS, MAX_LINES, Typed, TypedFund, TypedLine};

/// The noun of proposal ids.
pub enum ProposalNoun {}
/// The id of a proposal.
pub type ProposalId = Id<ProposalNoun>;

/// Proposals of a season at most.
pub const MAX_PROPOSALS: u32 = 3_000;
/// Proposals that one person writes in a season at most.
pub const MAX_OWN: i64 = 20;
/// Coaches of a proposal, one after the other, at most.
pub const MAX_COACHES: usize = 20;
/// Versions of a proposal at most.
pub const MAX_VERSIONS: u32 = 200;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ProposalState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is being written.
    Draft,
    /// It lies with the office.
    Submitted,
    /// The office gave it back with reasons.
    Returned,
    /// The office has checked it; it is a project.
    Checked,
    /// Its author took it back.
    Withdrawn,
}

impl State {
    /// All of them.
    pub const ALL: [State; 5] = [State::Draft, State::Submitted, State::Returned, State::Checked, State::Withdrawn];

    /// The word in the database, the API and the message keys (`proposal-state-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Submitted => "submitted",
            State::Returned => "returned",
            State::Checked => "checked",
            State::Withdrawn => "withdrawn",
        }
    }

    /// Whether its author can still change it.
    pub fn is_open(self) -> bool {
        matches!(self, State::Draft | State::Returned)
    }
}

impl FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        State::ALL.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// Why the office gave a proposal back, for one part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ProposalReason)]
pub struct Reason {
    /// The part: `title`, `summary`, `place`, `field`, `tier`, `group`, `budget`, `other`, or the key of an entry of the
    /// form.
    pub field: String,
    /// What to mend, 1 to 300 characters.
    pub words: String,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its id.
    pub id: ProposalId,
    /// Its season.
    pub season: SeasonId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// The idea it came from.
    pub idea: Option<IdeaId>,
    /// Who writes it.
    pub author: PersonId,
    /// The applicant, where that is an organisation.
    pub org: Option<OrgId>,
    /// Who began it for the author.
    pub entered_by: Option<PersonId>,
    /// Where it stands.
    pub state: State,
    /// The working copy, as it was typed.
    pub typed: Typed,
    /// The grant asked for, as far as the lines can be read.
    pub grant: Fen,
    /// The whole budget.
    pub whole: Fen,
    /// Versions kept; the last one has this number.
    pub n_versions: u32,
    /// Who coaches the author.
    pub coach: Option<PersonId>,
    /// Who coached the author before.
    pub coached: Vec<PersonId>,
    /// Its number among the projects.
    pub project: Option<u32>,
    /// Why it was given back the last time.
    pub reasons: Vec<Reason>,
    /// Moves when what it says or where it stands changes. Naming a coach and keeping a version changes neither.
    pub revision: i64,
    /// The day it was begun.
    pub started_day: Day,
    /// The day it was last submitted.
    pub submitted_day: Option<Day>,
}

/// A proposal in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: ProposalId,
    /// 1, 2, 3, … within the season.
    pub number: u32,
    /// Where it stands.
    pub state: State,
    /// Its title.
    pub title: String,
    /// The key of its field; may be empty.
    pub field: String,
    /// The key of its tier; may be empty.
    pub tier: String,
    /// The grant asked for.
    pub grant: Fen,
    /// Its number among the projects.
    pub project: Option<u32>,
}

/// A version that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3, … within the proposal.
    pub number: u32,
    /// What it says.
    pub typed: Typed,
    /// Who kept it.
    pub made_by: Option<PersonId>,
    /// When.
    pub made_day: Day,
}

/// Who applied with what became a project, for those who ask about conflicts of interest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The proposal.
    pub id: ProposalId,
    /// Who wrote it.
    pub author: PersonId,
    /// The applicant, where that is an organisation.
    pub org: Option<OrgId>,
    /// Where it is to be done.
    pub place: PlaceId,
    /// The key of its tier; may be empty.
    pub tier: String,
    /// The key of its field; may be empty.
    pub field: String,
    /// The grant asked for.
    pub grant: Fen,
}
