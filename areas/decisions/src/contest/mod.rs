//! Contest 创投大赛: projects are presented one after another, and the panel scores on the same sheets.
//!
//! The order is drawn by recorded chance or set by hand. The room's display shows who speaks and how many sheets are in,
//! and never a score.

pub mod api;
pub mod arrange;
pub mod next;
pub mod queries;
pub mod question;
pub mod store;
pub mod web;

use std::str::FromStr;

use kernel::{Chance, Instant};
use programmes::SeasonId;

/// Projects of a contest at most.
pub const MAX_SPEECHES: usize = 200;

/// Where a speech stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Speech {
    /// Its turn comes.
    Waiting,
    /// It is heard now.
    Speaking,
    /// It was heard.
    Done,
}

impl Speech {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Speech::Waiting => "waiting",
            Speech::Speaking => "speaking",
            Speech::Done => "done",
        }
    }
}

impl FromStr for Speech {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [Speech::Waiting, Speech::Speaking, Speech::Done].into_iter().find(|s| s.as_str() == word).ok_or(())
    }
}

/// The contest of a season.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contest {
    /// Of which season.
    pub season: SeasonId,
    /// Seconds of a speech.
    pub seconds: u32,
    /// Moves with every change of the order or of who speaks.
    pub revision: i64,
    /// What the order was drawn from, 64 hexadecimal digits; empty when it was set by hand.
    pub seed: String,
}

/// A project's turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turn {
    /// 1 for the first.
    pub position: u32,
    /// The project's number.
    pub project: u32,
    /// Where it stands.
    pub state: Speech,
    /// When it began.
    pub began_at: Option<Instant>,
    /// Questions as they were noted, one a line.
    pub questions: String,
    /// The project's name.
    pub name: String,
    /// Sheets saved for it.
    pub n_sheets: u32,
}

/// The order that a seed gives: the numbers ascending, shuffled by Fisher and Yates with draws of ChaCha20 from the seed.
pub fn drawn(mut numbers: Vec<u32>, seed: [u8; 32]) -> Vec<u32> {
    numbers.sort_unstable();
    Chance::from_bytes(seed).shuffle(&mut numbers);
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draw_is_an_order_that_only_the_seed_decides() {
        let (a, b) = (drawn(vec![3, 1, 2, 5, 4], [7; 32]), drawn(vec![1, 2, 3, 4, 5], [7; 32]));
        assert_eq!(a, b);
        let mut sorted = a;
        sorted.sort_unstable();
        assert_eq!(sorted, [1, 2, 3, 4, 5]);
        assert_ne!(drawn((1..=50).collect(), [1; 32]), drawn((1..=50).collect(), [2; 32]));
        assert_eq!(drawn(vec![], [0; 32]), Vec::<u32>::new());
    }
}
