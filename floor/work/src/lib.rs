#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod clock;
pub mod commands;
pub mod jobs;
pub mod queries;
mod store;

pub use store::STATEMENTS;
