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
pub mod ranked;
mod rule;
mod shares;

pub use count::{CountError, CountOptions, count};
pub use election::{Election, ElectionBuilder, ElectionError, MAX_BALLOTS, MAX_CHOICES, MAX_PROJECTS, Project};
pub use explain::{Explanation, explain, explain_loss};
pub use lots::{Lots, LotsError};
pub use money::{AmountError, MAX_AMOUNT, MAX_DIGITS, Scale};
pub use outcome::{Loss, Outcome, Phase, Ratio, Reason, Shortfall, Spent, Step, Stop};
pub use rule::{Rule, UnknownRule};
