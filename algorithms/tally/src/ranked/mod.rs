//! Ranked ballots: one winner by Schulze's method or by instant runoff, several seats by the single transferable vote.
//!
//! A [`Profile`] keeps equal ballots once with their number, in an order of its own, so the order in which ballots came can
//! change nothing. Options are numbers from 0. A ballot ranks some options; those it does not name come after all it does,
//! equal among themselves. Options may share a rank for [`schulze`]; [`irv`] and [`stv`] refuse shared ranks.
//!
//! Whatever a method leaves equal is parted by [`Lots`](crate::Lots), an order drawn beforehand; each outcome tells where
//! that happened.
//!
//! | | [`schulze`] | [`irv`] | [`stv`] |
//! |---|---|---|---|
//! | who beats every other one by one wins | yes | no | – |
//! | raising a winner never harms it | yes | no | no |
//! | a later preference never harms an earlier one | no | yes | yes |
//! | proportional to solid groups | – | – | yes, Droop |

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

mod irv;
mod schulze;
mod stv;

pub use irv::{Irv, Round, irv};
pub use schulze::{Placed, Schulze, schulze};
pub use stv::{Action, Fractions, MAX_EXACT_SEATS, Stage, Stv, stv};

/// Options at most.
pub const MAX_OPTIONS: usize = 200;
/// Different ballots at most.
pub const MAX_DISTINCT: usize = 200_000;
/// Ballots at most.
pub const MAX_RANKED: u64 = 1_000_000_000;

/// Ranked ballots, equal ones kept once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    options: usize,
    n_ballots: u64,
    /// Groups of options of equal rank, best first, each group in ascending order; and how many ballots say so.
    ballots: BTreeMap<Vec<Vec<usize>>, u64>,
}

/// Why ballots cannot be kept or counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RankedError {
    /// No option, or too many.
    #[error("there are 1 to {MAX_OPTIONS} options")]
    Options,
    /// An option that there is not.
    #[error("there is no option {0}")]
    Unknown(usize),
    /// An option twice on a ballot.
    #[error("option {0} stands on the ballot twice")]
    Twice(usize),
    /// A rank without options.
    #[error("rank {0} is empty: leave no rank out")]
    EmptyRank(usize),
    /// Two options of one rank where the method knows no such thing.
    #[error("options {0} and {1} share a rank on a ballot: this method needs one option a rank")]
    SharedRank(usize, usize),
    /// Too many ballots.
    #[error("more than {MAX_RANKED} ballots, or {MAX_DISTINCT} different ones")]
    TooMany,
    /// The order for ties is of another number of options.
    #[error("the order for ties names {lots} options and there are {options}")]
    Lots {
        /// In the order.
        lots: usize,
        /// There are.
        options: usize,
    },
    /// No seat, or more seats than options.
    #[error("there are 1 to {0} seats, as many as options at most")]
    Seats(usize),
    /// More seats than exact fractions can be kept for.
    #[error(
        "exact fractions are for {MAX_EXACT_SEATS} seats at most, since each surplus doubles their digits: use five decimals"
    )]
    ExactSeats,
}

/// What parted options that were equal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parted {
    /// The options that were equal, in order of numbers.
    pub equal: Vec<usize>,
    /// The one that was picked from them: to be eliminated, or to be transferred first.
    pub picked: usize,
    /// What decided it.
    pub by: PartedBy,
}

/// What decided between equal options.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartedBy {
    /// Their votes in an earlier round or stage, counted from 1: the latest in which they differed.
    Earlier(usize),
    /// The order that was drawn.
    Lot,
}

impl Profile {
    /// Without ballots.
    ///
    /// # Errors
    /// [`RankedError::Options`].
    pub fn new(options: usize) -> Result<Self, RankedError> {
        if !(1..=MAX_OPTIONS).contains(&options) {
            return Err(RankedError::Options);
        }
        Ok(Self { options, n_ballots: 0, ballots: BTreeMap::new() })
    }

    /// Takes so many ballots with one option a rank, best first. An empty one is a voter without preferences.
    ///
    /// # Errors
    /// [`RankedError`] for an option that is unknown or named twice, or for too many ballots.
    pub fn add(&mut self, ranking: &[usize], count: u64) -> Result<(), RankedError> {
        self.add_with_ties(&ranking.iter().map(|option| vec![*option]).collect::<Vec<_>>(), count)
    }

    /// As [`Profile::add`], with one or more options a rank.
    ///
    /// # Errors
    /// As [`Profile::add`]; [`RankedError::EmptyRank`].
    pub fn add_with_ties(&mut self, ranking: &[Vec<usize>], count: u64) -> Result<(), RankedError> {
        let mut seen = vec![false; self.options];
        let mut ballot = Vec::with_capacity(ranking.len());
        for (rank, group) in ranking.iter().enumerate() {
            for option in group {
                match seen.get_mut(*option) {
                    None => return Err(RankedError::Unknown(*option)),
                    Some(true) => return Err(RankedError::Twice(*option)),
                    Some(new) => *new = true,
                }
            }
            if group.is_empty() {
                return Err(RankedError::EmptyRank(rank + 1));
            }
            let mut group = group.clone();
            group.sort_unstable();
            ballot.push(group);
        }
        let n_ballots = self.n_ballots.checked_add(count).filter(|n| *n <= MAX_RANKED).ok_or(RankedError::TooMany)?;
        if count == 0 {
            return Ok(());
        }
        if self.ballots.len() >= MAX_DISTINCT && !self.ballots.contains_key(&ballot) {
            return Err(RankedError::TooMany);
        }
        self.n_ballots = n_ballots;
        *self.ballots.entry(ballot).or_insert(0) += count;
        Ok(())
    }

    /// How many options there are.
    #[must_use]
    pub fn options(&self) -> usize {
        self.options
    }

    /// How many ballots there are, empty ones too.
    #[must_use]
    pub fn n_ballots(&self) -> u64 {
        self.n_ballots
    }

    /// How many different ballots there are.
    #[must_use]
    pub fn n_distinct(&self) -> usize {
        self.ballots.len()
    }

    fn fits(&self, lots: &crate::Lots) -> Result<(), RankedError> {
        if lots.options() == self.options {
            return Ok(());
        }
        Err(RankedError::Lots { lots: lots.options(), options: self.options })
    }

    /// The ballots as lists with one option a rank.
    fn strict(&self) -> Result<Vec<(Vec<usize>, u64)>, RankedError> {
        let list = |(ballot, count): (&Vec<Vec<usize>>, &u64)| {
            let one = |group: &Vec<usize>| match group.as_slice() {
                [option] => Ok(*option),
                [one, other, ..] => Err(RankedError::SharedRank(*one, *other)),
                [] => Err(RankedError::EmptyRank(0)),
            };
            Ok((ballot.iter().map(one).collect::<Result<Vec<_>, _>>()?, *count))
        };
        self.ballots.iter().map(list).collect()
    }
}

/// Picks from options that are equal now: of those with the most (or the fewest) votes in the latest of the earlier rounds
/// in which any differ, and so on backwards; at last the first (or the last) in the order of lots.
fn part<V: Ord>(
    equal: &[usize],
    earlier: &[impl AsRef<[V]>],
    most: bool,
    lots: &crate::Lots,
) -> Option<(usize, Option<Parted>)> {
    let mut left = equal.to_vec();
    left.sort_unstable();
    let all = left.clone();
    let mut by = PartedBy::Lot;
    for (at, votes) in earlier.iter().enumerate().rev() {
        let votes = |option: &usize| votes.as_ref().get(*option);
        let best = if most { left.iter().max_by_key(|o| votes(o)) } else { left.iter().min_by_key(|o| votes(o)) };
        let best = best.copied()?;
        let kept: Vec<usize> = left.iter().copied().filter(|option| votes(option) == votes(&best)).collect();
        if kept.len() < left.len() {
            by = PartedBy::Earlier(at + 1);
        }
        left = kept;
        if left.len() == 1 {
            break;
        }
    }
    if left.len() > 1 {
        by = PartedBy::Lot;
    }
    let place = |option: &usize| lots.place(*option);
    let picked = if most { left.into_iter().min_by_key(place) } else { left.into_iter().max_by_key(place) }?;
    Some((picked, (all.len() > 1).then_some(Parted { equal: all, picked, by })))
}
