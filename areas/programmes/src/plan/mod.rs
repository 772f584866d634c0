//! The plan of a project by month: activities, people, money, and until when. The first one is set; a change is asked for
//! 变更申请 and decided by somebody who has no part in the project. All versions stay.
//!
//! ```text
//! (none) ──set──► version 1 in force
//! in force ──ask──► asked ──accept──► in force, in place of the one before
//!                     │ └───refuse──► refused
//!                     └────withdraw─► withdrawn
//! ```

pub mod api;
pub mod decide;
mod names;
pub mod queries;
pub mod rules;
pub mod store;
pub mod web;
pub mod write;

use kernel::{Day, Fen, PersonId};
use serde::{Deserialize, Serialize};

/// Months of a plan at most.
pub const MAX_MONTHS: usize = 24;
/// Lines of its budget at most.
pub const MAX_LINES: usize = 20;
/// Versions of a project's plan at most.
pub const MAX_VERSIONS: u32 = 50;

kernel::words! {
    /// Where a version of a plan stands.
    #[schema(as = PlanState)]
    State {
        /// A change that waits for its decision.
        Asked "asked",
        /// It was set, or the change was accepted; the last of these is in force.
        Accepted "accepted",
        /// The change was refused, with a reason.
        Refused "refused",
        /// The team took its request back.
        Withdrawn "withdrawn",
    }
}

/// What is planned for a month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Month {
    /// `YYYY-MM`.
    pub month: String,
    /// Activities.
    pub activities: u32,
    /// Visits (人次).
    pub people: u32,
    /// Money that is spent, in the smallest unit.
    #[schema(value_type = i64)]
    pub money: Fen,
}

/// A line of the plan's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Line {
    /// What it is for.
    pub what: String,
    /// How much, in the smallest unit.
    #[schema(value_type = i64)]
    pub sum: Fen,
}

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = ProjectPlan)]
pub struct Plan {
    /// Its months in order; those without anything are left out.
    pub months: Vec<Month>,
    /// Its budget, within the grant.
    pub lines: Vec<Line>,
    /// The last day, `YYYY-MM-DD`.
    pub ends: String,
}

/// What a plan adds up to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    /// Activities.
    pub activities: u64,
    /// Visits (人次).
    pub people: u64,
    /// Money.
    pub money: Fen,
}

/// A version of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3, … within the project.
    pub version: u32,
    /// Where it stands.
    pub state: State,
    /// What it says.
    pub plan: Plan,
    /// Why it was asked for; empty for the first one.
    pub reason: String,
    /// Who set it or asked for it.
    pub asked_by: Option<PersonId>,
    /// When.
    pub asked_day: Day,
    /// What was said to it; may be empty.
    pub answer: String,
    /// When it was decided.
    pub decided_day: Option<Day>,
}

/// A plan as somebody typed it; rows that are empty are left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PlanTyped)]
#[serde(default)]
pub struct Typed {
    /// The months, 24 at most.
    pub months: Vec<TypedMonth>,
    /// The lines, 20 at most.
    pub lines: Vec<TypedLine>,
    /// The last day, `YYYY-MM-DD`.
    pub ends: String,
}

/// A month as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct TypedMonth {
    /// `YYYY-MM`.
    pub month: String,
    /// A whole number; empty is 0.
    pub activities: String,
    /// A whole number; empty is 0.
    pub people: String,
    /// An amount such as `2600.50`; empty is 0.
    pub money: String,
}

/// A line as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = PlanTypedLine)]
#[serde(default)]
pub struct TypedLine {
    /// 1 to 60 characters.
    pub what: String,
    /// An amount such as `2600.50`.
    pub sum: String,
}
