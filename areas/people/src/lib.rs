#![doc = include_str!("../README.md")]

pub mod account;
pub mod api;
pub mod commands;
pub mod consent;
pub mod desk;
mod find;
mod follow;
mod model;
pub mod org;
pub mod post;
pub mod resident;
pub mod session;
mod shown;
pub mod store;
pub mod web;

pub use account::purge::Purge;
pub use find::{Candidate, candidates};
pub use follow::follow_place;
pub use kernel::{PersonId, PersonNoun};
pub use model::{Mark, VoterKey, letter_code};
pub use session::door;
