#![doc = include_str!("../README.md")]

pub mod api;
pub mod ballot;
pub mod law;
mod page;
pub mod register;
pub mod round;
pub mod visit;
pub mod web;

/// How the verdicts of this area are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] = &[round::recompute::METHOD];

/// The statements of all nouns.
pub fn statements() -> Vec<&'static db::Statement> {
    let first = [register::store::STATEMENTS, round::store::STATEMENTS, ballot::store::STATEMENTS];
    [first.concat(), [visit::store::STATEMENTS, law::store::STATEMENTS].concat()].concat()
}
