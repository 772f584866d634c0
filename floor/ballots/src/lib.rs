#![doc = include_str!("../README.md")]

mod model;
pub mod page;
pub mod paper;
mod put;
mod settle;
pub mod store;

pub use model::{Ballot, BallotId, BallotKey, BallotNoun};
pub use put::{Kept, put, replace, take_out};
pub use settle::settle;
