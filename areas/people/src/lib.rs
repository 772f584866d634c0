#![doc = include_str!("../README.md")]

pub mod api;
pub mod commands;
pub mod desk;
mod find;
mod follow;
mod model;
pub mod org;
pub mod post;
mod shown;
pub mod store;

pub use follow::follow_place;
pub use kernel::{PersonId, PersonNoun};
pub use model::{Mark, VoterKey};
