//! Counters that tests assert on and operators read.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What the database did since the program started.
#[derive(Debug, Default)]
pub struct Counters {
    statements: AtomicU64,
    writes: AtomicU64,
    reads: AtomicU64,
    commits: AtomicU64,
    retries: AtomicU64,
    over_budget: AtomicU64,
}

macro_rules! counters {
    ($($(#[$doc:meta])* $name:ident, $add:ident;)*) => {
        impl Counters {
            $($(#[$doc])* pub fn $name(&self) -> u64 { self.$name.load(Relaxed) }
            pub(crate) fn $add(&self, n: u64) { self.$name.fetch_add(n, Relaxed); })*
        }
    };
}

counters! {
    /// Statements sent, without transaction control.
    statements, add_statements;
    /// Write closures run, also those that were undone.
    writes, add_writes;
    /// Read closures run.
    reads, add_reads;
    /// Commits; fewer than writes when group commit works.
    commits, add_commits;
    /// Closures run again after a collision.
    retries, add_retries;
    /// Closures that took longer than their budget.
    over_budget, add_over_budget;
}
