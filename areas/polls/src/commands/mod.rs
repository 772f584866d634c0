//! One verb a file, one transaction each.

pub mod cast;
pub mod change;
pub mod close;
pub mod draft;
pub mod export;
pub mod open;
pub mod publish;
pub mod revise;
