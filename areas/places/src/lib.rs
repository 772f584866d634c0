#![doc = include_str!("../README.md")]

pub mod api;
pub mod commands;
mod model;
pub mod queries;
pub mod store;

pub use model::{Level, Place, PlaceId, PlaceNoun};
