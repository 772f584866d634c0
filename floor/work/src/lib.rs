#![doc = include_str!("../README.md")]

pub mod calendar;
pub mod clock;
pub mod commands;
mod disk;
pub mod files;
pub mod jobs;
pub mod messages;
pub mod queries;
mod store;

pub use store::STATEMENTS;
