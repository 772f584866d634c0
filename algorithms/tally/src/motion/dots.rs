//! Dots: every voter has so many points to spread over projects.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    ChoiceError, Selection,
    choice::{Row, select},
};
use crate::lots::Lots;

/// Dots of a voter at most.
pub const MAX_DOTS: u32 = 10_000;

/// How dots are given and counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dots {
    /// How many a voter has, 1 to [`MAX_DOTS`].
    pub dots: u32,
    /// How many of them one project may get, 1 to all.
    pub cap: u32,
    /// Whether a ballot counts only with all of them given.
    pub spend_all: bool,
    /// How many projects are chosen at most.
    pub seats: usize,
    /// Whether of projects with equal dots the one with more voters comes first, before the lot.
    pub by_voters: bool,
}

/// A ballot: project and how many dots it gets, each project once.
pub type DotsBallot = Vec<(usize, u32)>;

/// Why a ballot does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum DotsFault {
    /// A project that there is not.
    #[error("there is no project {0}")]
    Unknown(usize),
    /// A project twice.
    #[error("project {0} stands there twice")]
    Twice(usize),
    /// More dots for one project than it may get.
    #[error("project {0} has more dots than one project may get")]
    OverCap(usize),
    /// More dots than a voter has.
    #[error("more dots than a voter has")]
    TooMany,
    /// Fewer dots than must be given.
    #[error("not all dots are given")]
    TooFew,
}

/// What dots come to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DotsOutcome {
    /// The projects that are chosen, and why the others are not; [`super::SelectionLine::votes`] are dots.
    pub selection: Selection,
    /// Ballots that count.
    pub ballots: u64,
    /// Ballots that do not, by their places, with the reason.
    pub invalid: Vec<(usize, DotsFault)>,
}

/// Whether a ballot counts.
///
/// # Errors
/// [`DotsFault`], the reason why not.
pub fn check_dots(rule: &Dots, projects: usize, ballot: &[(usize, u32)]) -> Result<(), DotsFault> {
    let mut seen = BTreeSet::new();
    let mut given = 0_u32;
    for (project, dots) in ballot {
        if *project >= projects {
            return Err(DotsFault::Unknown(*project));
        }
        if !seen.insert(*project) {
            return Err(DotsFault::Twice(*project));
        }
        if *dots > rule.cap {
            return Err(DotsFault::OverCap(*project));
        }
        given = given.checked_add(*dots).filter(|given| *given <= rule.dots).ok_or(DotsFault::TooMany)?;
    }
    if rule.spend_all && given < rule.dots { Err(DotsFault::TooFew) } else { Ok(()) }
}

/// Counts dots: most dots first, then if the rule says so most voters, then by lot. A project without a dot is not chosen.
///
/// # Errors
/// [`ChoiceError`] for a rule that does not hold.
pub fn dots(rule: &Dots, projects: usize, ballots: &[DotsBallot], lots: &Lots) -> Result<DotsOutcome, ChoiceError> {
    if lots.options() != projects {
        return Err(ChoiceError::Lots { lots: lots.options(), options: projects });
    }
    if rule.seats == 0 {
        return Err(ChoiceError::Seats);
    }
    if rule.cap == 0 || rule.cap > rule.dots || rule.dots > MAX_DOTS {
        return Err(ChoiceError::Dots);
    }
    let mut rows: Vec<Row> = (0..projects).map(|option| Row { option, votes: 0, voters: 0 }).collect();
    let mut invalid = Vec::new();
    for (place, ballot) in ballots.iter().enumerate() {
        if let Err(fault) = check_dots(rule, projects, ballot) {
            invalid.push((place, fault));
            continue;
        }
        for (project, dots) in ballot {
            if let Some(row) = rows.get_mut(*project) {
                // at most 10,000 dots for each of the ballots that fit into memory: no overflow
                row.votes += u64::from(*dots);
                row.voters += u64::from(*dots > 0);
            }
        }
    }
    let n_valid = ballots.len().saturating_sub(invalid.len()) as u64;
    Ok(DotsOutcome { selection: select(rows, rule.seats, 1, rule.by_voters, lots), ballots: n_valid, invalid })
}
