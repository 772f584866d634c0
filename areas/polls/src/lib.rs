#![doc = include_str!("../README.md")]

pub mod api;
mod choice;
pub mod commands;
pub mod count;
pub mod jobs;
mod method;
mod model;
pub mod queries;
pub mod recompute;
pub mod roll;
mod rules;
pub mod store;
pub mod survey;
pub mod templates;
pub mod verify;
mod ways;
pub mod web;

pub use choice::{Choice, Salted, Vote, Weighed};
pub use commands::cast::CAST;
pub use method::METHODS;
pub use model::{
    Choosable, Definition, MAX_OPTIONS, Openness, Poll, PollId, PollKind, PollNoun, Ranked, RankedRule, Source, State,
};
pub use rules::{DAYS_FOR_PAPERS, DraftPoll, MAX_POLL_DAYS};
pub use ways::{paper, phone};
