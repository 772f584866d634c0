//! One verb a file.

pub mod enrol;
pub mod mark;
pub mod register;
pub mod settle;
