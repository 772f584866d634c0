#![doc = include_str!("../README.md")]

pub mod api;
pub mod commands;
pub mod contest;
pub mod count;
mod model;
pub mod paper;
pub mod queries;
pub mod recompute;
pub mod review;
mod rules;
pub mod selection;
mod settle;
pub mod store;
pub mod web;

pub use model::{
    Ballot, BallotId, BallotKey, BallotNoun, Explanation, Line, Lost, MAX_SPENT, PartTurnout, RULE_SET, Shortfall,
    Spent, Standing, Verdict, VerdictRow, Why, parse_choices, print_choices,
};
pub use rules::{ENOUGH, Turnout};

/// How this area's verdicts are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] =
    &[recompute::ballots::METHOD, review::recompute::METHOD, selection::recompute::METHOD];
