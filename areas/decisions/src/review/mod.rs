//! Review: a panel scores the projects of a season by the criteria of its template.
//!
//! Reviewers are invited, accept, and say for each project whether they have a conflict of interest. Who has one neither
//! opens nor saves a sheet for that project. Nobody sees another's scores before the review is closed. Closing counts the
//! sheets by [`tally::panel`] and stores a verdict, from which nothing changes any more.

pub mod answer;
pub mod api;
pub mod close;
pub mod count;
pub mod declare;
mod found;
pub mod invite;
mod model;
pub mod queries;
pub mod recompute;
pub mod recount;
pub mod rules;
pub mod score;
pub mod store;
pub mod web;

pub use model::{
    Answer, Conflict, Line, Minutes, Placed, Review, ReviewOutcome, Reviewer, ScoreSheet, State, letter, parse_scores,
    print_scores,
};

/// The dated set of rules by which reviews are counted: see [`tally::panel`] and [`count::inputs`].
pub const RULE_SET: &str = "panel-review/2026-11";
/// Reviewers of a season at most.
pub const MAX_REVIEWERS: u32 = 50;
/// Reviewers a panel has at least.
pub const MIN_REVIEWERS: u32 = 3;
