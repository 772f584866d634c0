//! The binary `linli`.
fn main() {}
