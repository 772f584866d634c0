#![doc = include_str!("../README.md")]

mod action;
mod engine;
mod permit;
mod says;

pub use action::Action;
pub use engine::{POLICIES, SCHEMA};
pub use permit::{Permit, Resource, authorize, may, reach};
pub use says::says;

/// Parses and checks policies against a schema.
///
/// # Errors
/// A sentence for developers: what does not parse, what the schema does not know, what deserves a warning.
pub fn check(schema: &str, policies: &str) -> Result<(), String> {
    engine::Engine::read(schema, policies).map(|_| ())
}
