//! One verb a file, one transaction each.

pub mod add;
