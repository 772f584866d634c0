#![doc = include_str!("../README.md")]

mod count;
mod election;
mod explain;
mod greedy;
mod intern;
mod lots;
mod money;
pub mod motion;
mod outcome;
pub mod pabulib;
pub mod panel;
mod phragmen;
mod profile;
pub mod ranked;
mod report;
mod rule;
mod shares;

pub use count::{CountError, CountOptions, count};
pub use election::{
    BallotKind, Election, ElectionBuilder, ElectionError, MAX_BALLOTS, MAX_CHOICES, MAX_POINTS, MAX_PROJECTS, Project,
};
pub use explain::{Explanation, explain, explain_loss};
pub use lots::{Lots, LotsError};
pub use money::{AmountError, MAX_AMOUNT, MAX_DIGITS, Scale};
pub use outcome::{Loss, Outcome, Phase, Ratio, Reason, Shortfall, Spent, Step, Stop};
pub use report::{Account, Report, ReportLoss, ReportShortfall, ReportSpent, ReportStep, WhatIf, report};
pub use rule::{Rule, UnknownRule, Utility};
