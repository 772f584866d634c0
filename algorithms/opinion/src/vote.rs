//! A vote, and a statement to vote on.

use serde::{Serialize, Serializer};

/// What one participant says to one statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i8)]
pub enum Vote {
    /// −1.
    Disagree = -1,
    /// 0: seen, and neither agreed nor disagreed.
    Pass = 0,
    /// 1.
    Agree = 1,
}

impl Vote {
    /// −1, 0 or 1.
    #[must_use]
    pub const fn value(self) -> i8 {
        self as i8
    }

    /// −1, 0 or 1 as a number to calculate with.
    pub(crate) const fn number(self) -> f64 {
        self as i8 as f64
    }

    /// What counts when both were cast at one instant, so that neither is the later one: a vote that contradicts
    /// another counts as a pass.
    #[must_use]
    pub fn or_at_once(self, other: Self) -> Self {
        if self == other { self } else { Self::Pass }
    }
}

impl TryFrom<i64> for Vote {
    type Error = UnknownVote;

    fn try_from(value: i64) -> Result<Self, UnknownVote> {
        match value {
            -1 => Ok(Self::Disagree),
            0 => Ok(Self::Pass),
            1 => Ok(Self::Agree),
            _ => Err(UnknownVote(value)),
        }
    }
}

/// A number that is no vote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is no vote: 1 agrees, -1 disagrees, 0 passes")]
pub struct UnknownVote(pub i64);

/// What a moderator decided about a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i8)]
pub enum Moderation {
    /// −1: its votes are kept, but it shapes neither the map nor what is typical.
    Rejected = -1,
    /// 0: nobody decided yet. It counts, unless moderation is strict.
    #[default]
    Unmoderated = 0,
    /// 1.
    Accepted = 1,
}

impl Moderation {
    /// −1, 0 or 1.
    #[must_use]
    pub const fn value(self) -> i8 {
        self as i8
    }
}

impl Serialize for Moderation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i8(self.value())
    }
}

/// A statement that can be voted on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its number in the conversation; ties are broken by it.
    pub id: u64,
    /// What a moderator decided.
    pub moderation: Moderation,
    /// Whether it asks who somebody is ("I live here") and not what they think. It shapes no map and is shown to
    /// everybody early.
    pub meta: bool,
}

impl Statement {
    /// An accepted statement.
    #[must_use]
    pub const fn accepted(id: u64) -> Self {
        Self { id, moderation: Moderation::Accepted, meta: false }
    }

    /// Whether it shapes the map: neither rejected nor meta and, where moderation is strict, accepted.
    #[must_use]
    pub fn counts(&self, strict: bool) -> bool {
        match self.moderation {
            Moderation::Rejected => false,
            Moderation::Unmoderated => !strict && !self.meta,
            Moderation::Accepted => !self.meta,
        }
    }
}
