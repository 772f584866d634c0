//! Pairs of teams 结对带教: one that knows how brings on one that begins, for some months, when both agree.

pub mod agree;
pub mod propose;
pub mod queries;
pub mod store;
pub mod web;

use kernel::Day;

/// Pairs of a season at most.
pub const MAX_PAIRS: u32 = 500;

/// A pair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The number of the project whose team brings on.
    pub old: u32,
    /// The number of the project whose team is brought on.
    pub new: u32,
    /// In what.
    pub about: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// When the team that brings on agreed.
    pub old_agreed: Option<Day>,
    /// When the team that is brought on agreed.
    pub new_agreed: Option<Day>,
    /// When it was ended before its day, if it was.
    pub ended: Option<Day>,
}

impl Pair {
    /// Whether both have agreed and nobody has ended it.
    pub fn stands(&self) -> bool {
        self.old_agreed.is_some() && self.new_agreed.is_some() && self.ended.is_none()
    }
}
