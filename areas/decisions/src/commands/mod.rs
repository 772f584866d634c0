//! One verb a file, one transaction each.

pub mod cast;
pub mod close;
pub mod enrol;
pub mod publish;
