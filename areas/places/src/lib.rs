#![doc = include_str!("../README.md")]

pub mod api;
mod code;
pub mod commands;
mod model;
pub mod queries;
mod rules;
pub mod store;

pub use code::{Code, CodeError};
pub use kernel::{PlaceId, PlaceNoun};
pub use model::{Level, Line, Place, Reason, State, Version};
pub use queries::site;
