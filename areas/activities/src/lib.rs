#![doc = include_str!("../README.md")]

pub mod activity;
pub mod api;
pub mod checkin;
pub mod feedback;
pub mod figures;
mod page;
pub mod photo;
pub mod remind;
pub mod signup;
pub mod web;

pub use activity::{Activity, ActivityId};

use db::Statement;

/// The statements of all nouns.
pub fn statements() -> Vec<&'static Statement> {
    [
        activity::store::STATEMENTS,
        signup::store::STATEMENTS,
        checkin::store::STATEMENTS,
        photo::store::STATEMENTS,
        feedback::store::STATEMENTS,
        figures::store::STATEMENTS,
    ]
    .concat()
}
