//! The demonstration: an invented subdistrict whose residents hold an invented vote.

mod ballots;
mod load;
mod tables;

pub use load::load;
