//! One verb a file, one transaction each.

pub mod cast;
pub mod change;
pub mod close;
pub mod enrol;
pub mod enrol_residents;
pub mod enrol_self;
pub mod letters;
pub mod publish;
