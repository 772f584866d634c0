//! An agreement: what an approved project gets, for what, in which tranches, signed by both sides.
//!
//! ```text
//! draft ──both sign──► signed ──settle──► settled
//!                         └────terminate──► terminated       what is left must be given back: a duty
//! ```

pub mod draft;
pub mod queries;
pub mod sign;
pub mod store;

use kernel::{Day, Fen, PersonId};
use matters::duty::DutyId;
use programmes::template::Condition;

use crate::case::Party;

/// Where an agreement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = AgreementState)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// One side at least has not signed.
    Draft,
    /// Both have signed; the project runs.
    Signed,
    /// Its account is closed.
    Settled,
    /// It was ended before its time.
    Terminated,
}

impl State {
    /// The word in the database, the API and the message keys (`money-agreement-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            State::Draft => "draft",
            State::Signed => "signed",
            State::Settled => "settled",
            State::Terminated => "terminated",
        }
    }
}

impl std::str::FromStr for State {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [State::Draft, State::Signed, State::Settled, State::Terminated];
        all.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// A side's signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who signed.
    pub by: Option<PersonId>,
    /// On which day.
    pub day: Day,
}

/// An agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// The project's number in its season.
    pub project: u32,
    /// Where it stands.
    pub state: State,
    /// What the project gets altogether.
    pub total: Fen,
    /// The first day whose vouchers count.
    pub from: Day,
    /// The last one.
    pub until: Day,
    /// The other side.
    pub party: Party,
    /// The office's signature.
    pub office: Option<Signature>,
    /// The other side's.
    pub team: Option<Signature>,
    /// Vouchers handed in so far.
    pub n_vouchers: u32,
    /// Why it was terminated; else empty.
    pub reason: String,
    /// The day on which it was settled or terminated.
    pub ended: Option<Day>,
    /// The duty to give back what was left.
    pub duty: Option<DutyId>,
}

/// A budget line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// 1, 2, 3, … within the project.
    pub number: u32,
    /// A key of the template's kinds of lines.
    pub kind: String,
    /// What for.
    pub what: String,
    /// How much at most.
    pub planned: Fen,
    /// Approved vouchers.
    pub spent: Fen,
    /// Vouchers that are not decided yet.
    pub waiting: Fen,
}

impl Line {
    /// What a voucher may still ask for.
    pub fn left(&self) -> Fen {
        Fen(self.planned.0 - self.spent.0 - self.waiting.0)
    }
}

/// Where a tranche stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TrancheState {
    /// Nobody has proposed it.
    Planned,
    /// It waits for a second person.
    Proposed,
    /// It is paid out.
    Released,
}

impl TrancheState {
    /// The word in the database, the API and the message keys (`money-tranche-…`).
    pub fn as_str(self) -> &'static str {
        match self {
            TrancheState::Planned => "planned",
            TrancheState::Proposed => "proposed",
            TrancheState::Released => "released",
        }
    }
}

impl std::str::FromStr for TrancheState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        let all = [TrancheState::Planned, TrancheState::Proposed, TrancheState::Released];
        all.into_iter().find(|state| state.as_str() == word).ok_or(())
    }
}

/// A part of the grant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tranche {
    /// 1, 2, 3, … within the project.
    pub number: u32,
    /// How much.
    pub amount: Fen,
    /// When it may be paid out.
    pub condition: Condition,
    /// Where it stands.
    pub state: TrancheState,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// Who released it.
    pub released_by: Option<PersonId>,
    /// The day of that.
    pub released: Option<Day>,
}
