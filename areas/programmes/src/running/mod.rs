//! A season that runs: what became of each approved project, halfway and at its end.
//!
//! ```text
//! project   running ──► closed (its closing was accepted)
//!              └──────► stopped (it failed halfway; an objection that is upheld opens it again)
//!
//! mid-term  none ──open──► open ──decide──► passed
//!                           ▲               failed
//!                           └── rectified ◄──rectify (a duty with a day)
//!
//! closing   none ──► draft ──submit──► submitted ──accept──► accepted
//!                                       ▲    └──send back──► returned
//!                                       └────────submit───────┘
//! ```

pub mod api;
pub mod begin;
pub mod case;
pub mod closing;
mod evidence;
pub mod film;
pub mod midterm;
pub mod pack;
pub mod queries;
pub mod rules;
pub mod store;
mod verbs;
pub mod web;

use kernel::Day;
use matters::matter::MatterId;

pub use case::{Case, Standing};
pub use evidence::{Evidence, Known, MonthDone, Nothing, OpenNow, Paid, Told};

kernel::words! {
    /// Where a project stands as a whole.
    RunState {
        /// It is being done.
        Running "running",
        /// Its closing was accepted.
        Closed "closed",
        /// It failed halfway.
        Stopped "stopped",
    }
}

kernel::words! {
    /// Where a project stands with its assessment halfway.
    Midterm {
        /// Not begun.
        None "none",
        /// Evidence is gathered, sheets come in.
        Open "open",
        /// It goes on.
        Passed "passed",
        /// Something is to be mended by a day.
        Rectify "rectify",
        /// The team says that it is mended.
        Rectified "rectified",
        /// It is stopped.
        Failed "failed",
    }
}

kernel::words! {
    /// Where a project stands with its closing.
    Closing {
        /// Not begun.
        None "none",
        /// The team writes.
        Draft "draft",
        /// It lies with the office.
        Submitted "submitted",
        /// It came back with reasons.
        Returned "returned",
        /// It was accepted.
        Accepted "accepted",
    }
}

/// An approved project that is being done or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number in its season.
    pub number: u32,
    /// The matter that it became.
    pub matter: Option<MatterId>,
    /// The key of its tier; may be empty.
    pub tier: String,
    /// The key of the group it works in; may be empty.
    pub team: String,
    /// Where it stands as a whole.
    pub state: RunState,
    /// Where it stands halfway.
    pub midterm: Midterm,
    /// Where it stands at its end.
    pub closing: Closing,
    /// The day it was begun.
    pub begun_day: Day,
    /// Moves with every change of any of these, and with every score sheet.
    pub revision: i64,
}

impl Run {
    /// The project as everybody may see it while the result of its assessment is decided and not posted yet: it runs, and
    /// is being assessed.
    #[must_use]
    pub fn as_posted(self) -> Run {
        let state = if self.state == RunState::Stopped { RunState::Running } else { self.state };
        Run { state, midterm: Midterm::Open, ..self }
    }
}

/// The name of a project among records of all kinds: `<season>/<number>`.
pub fn subject(season: &crate::SeasonId, number: u32) -> String {
    format!("{season}/{number}")
}
