#![doc = include_str!("../README.md")]

pub mod api;
pub mod commands;
mod model;
pub mod store;

pub use kernel::{PersonId, PersonNoun};
pub use model::{Mark, VoterKey};
