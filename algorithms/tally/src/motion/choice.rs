//! One vote for one of several options, or one for each that a voter approves of.

use serde::{Deserialize, Serialize};

use super::{Gate, Threshold};
use crate::lots::Lots;

/// What follows when nobody has enough votes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Runoff {
    /// Nothing: nobody is chosen.
    None,
    /// A second vote between the first so many, 2 at least; who has as many votes as the last of them takes part too.
    Top(u32),
}

/// One option is chosen by one vote each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plurality {
    /// The share of the valid votes that the first needs; absent: the most votes are enough and ties go by lot. The base of
    /// the threshold is [`super::Base::Valid`].
    pub threshold: Option<Threshold>,
    /// What follows when the first has too few.
    pub runoff: Runoff,
}

/// Options are chosen by how many approve of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Approval {
    /// How many are chosen at most.
    pub seats: usize,
    /// The share of the ballots that each needs, if any: base [`super::Base::Valid`].
    pub threshold: Option<Threshold>,
}

/// Why nothing can be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChoiceError {
    /// The order for ties is of another number of options.
    #[error("the order for ties names {lots} options and there are {options}")]
    Lots {
        /// In the order.
        lots: usize,
        /// There are.
        options: usize,
    },
    /// A share that nothing or everything meets, or that is not of the valid ballots.
    #[error("a threshold is a share of the valid ballots that can be met and must be")]
    Threshold,
    /// A second vote between fewer than two.
    #[error("a second vote is between two options at least")]
    Runoff,
    /// No seat.
    #[error("at least one is to be chosen")]
    Seats,
    /// Dots that cannot be given.
    #[error("a voter has 1 to {} dots, and one project may get 1 to all of them", super::MAX_DOTS)]
    Dots,
    /// More approvals than ballots, or more than can be counted.
    #[error("the votes for the options do not fit the number of ballots")]
    Votes,
}

/// What a plurality vote comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PluralityOutcome {
    /// This option is chosen.
    Chosen(usize),
    /// A second vote between these, most votes first, then as they were listed.
    SecondVote(Vec<usize>),
    /// Nobody has enough, and no second vote is foreseen.
    Nobody,
    /// There are no votes.
    NoVotes,
}

/// A plurality vote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What it comes to.
    pub outcome: PluralityOutcome,
    /// Options, most votes first, with their votes; equal ones by lot.
    pub order: Vec<(usize, u64)>,
    /// The threshold and the first option's votes, if there is one.
    pub gate: Option<Gate>,
    /// Options with as many votes as the first one where a lot parted them, in the order of the lot; else empty.
    pub tied: Vec<usize>,
}

/// Counts a plurality vote from the votes of each option.
///
/// # Errors
/// [`ChoiceError`] for what does not fit together.
pub fn plurality(rule: &Plurality, votes: &[u64], lots: &Lots) -> Result<Choice, ChoiceError> {
    fits(votes, lots, rule.threshold)?;
    if matches!(rule.runoff, Runoff::Top(n) if n < 2) {
        return Err(ChoiceError::Runoff);
    }
    let total = votes.iter().try_fold(0_u64, |sum, n| sum.checked_add(*n)).ok_or(ChoiceError::Votes)?;
    let mut order: Vec<(usize, u64)> = votes.iter().copied().enumerate().collect();
    order.sort_by_key(|(option, n)| (std::cmp::Reverse(*n), lots.place(*option)));
    let Some((first, most)) = order.first().copied().filter(|_| total > 0) else {
        return Ok(Choice { outcome: PluralityOutcome::NoVotes, order, gate: None, tied: vec![] });
    };
    let equal: Vec<usize> = order.iter().filter(|(_, n)| *n == most).map(|(option, _)| *option).collect();
    let gate = rule.threshold.map(|threshold| threshold.gate(most, total));
    // two who both have enough are as good as tied without a threshold
    let enough = gate.is_none_or(|gate| gate.met);
    let tied = if enough && equal.len() > 1 { equal } else { vec![] };
    let outcome = match rule.runoff {
        _ if enough => PluralityOutcome::Chosen(first),
        Runoff::None => PluralityOutcome::Nobody,
        Runoff::Top(n) => {
            let last = order.iter().take(n as usize).next_back().map_or(0, |(_, n)| *n);
            let mut second: Vec<(usize, u64)> = order.iter().copied().filter(|(_, n)| *n >= last).collect();
            second.sort_by_key(|(option, n)| (std::cmp::Reverse(*n), *option));
            PluralityOutcome::SecondVote(second.into_iter().map(|(option, _)| option).collect())
        }
    };
    Ok(Choice { outcome, order, gate, tied })
}

/// Why an option is chosen or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It is among the first, and has enough where a threshold stands.
    Chosen,
    /// It has fewer votes than the threshold asks for, or none at all.
    TooFew,
    /// It has enough, and all seats went to options before it.
    NoSeat,
}

/// One option of a [`Selection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelectionLine {
    /// The option.
    pub option: usize,
    /// Its votes, or its dots.
    pub votes: u64,
    /// How many gave it any.
    pub voters: u64,
    /// Why it is chosen or not.
    pub why: Why,
    /// Whether only the lot put the option before it first.
    pub by_lot: bool,
}

/// Several options chosen by their votes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Selection {
    /// The chosen ones, first to last.
    pub chosen: Vec<usize>,
    /// Every option, first to last.
    pub lines: Vec<SelectionLine>,
    /// The least number of votes that meets the threshold, or 1.
    pub least: u64,
    /// Options that are equal in all but the lot across the line between the last chosen one and the first for which no
    /// seat was left, in the order of the lot; else empty.
    pub tied: Vec<usize>,
}

/// Counts approvals: `votes` of each option, of so many ballots. Who nobody approves of is not chosen.
///
/// # Errors
/// [`ChoiceError`] for what does not fit together.
pub fn approval(rule: &Approval, votes: &[u64], ballots: u64, lots: &Lots) -> Result<Selection, ChoiceError> {
    fits(votes, lots, rule.threshold)?;
    if rule.seats == 0 {
        return Err(ChoiceError::Seats);
    }
    if votes.iter().any(|n| *n > ballots) {
        return Err(ChoiceError::Votes);
    }
    let least = rule.threshold.map_or(1, |threshold| threshold.gate(0, ballots).least);
    let rows = votes.iter().copied().enumerate().map(|(option, n)| Row { option, votes: n, voters: n });
    Ok(select(rows.collect(), rule.seats, least, false, lots))
}

fn fits(votes: &[u64], lots: &Lots, threshold: Option<Threshold>) -> Result<(), ChoiceError> {
    if lots.options() != votes.len() {
        return Err(ChoiceError::Lots { lots: lots.options(), options: votes.len() });
    }
    if threshold.is_some_and(|threshold| !threshold.holds() || threshold.base != super::Base::Valid) {
        return Err(ChoiceError::Threshold);
    }
    Ok(())
}

/// An option before it has a place.
pub(super) struct Row {
    pub(super) option: usize,
    pub(super) votes: u64,
    pub(super) voters: u64,
}

/// The first so many by votes, then by voters if they part ties, then by lot.
pub(super) fn select(mut rows: Vec<Row>, seats: usize, least: u64, by_voters: bool, lots: &Lots) -> Selection {
    let key = |row: &Row| (row.votes, if by_voters { row.voters } else { 0 });
    rows.sort_by_key(|row| (std::cmp::Reverse(key(row)), lots.place(row.option)));
    let enough = rows.iter().take_while(|row| row.votes >= least).count();
    let n_chosen = enough.min(seats);
    let tied = match (n_chosen.checked_sub(1).and_then(|at| rows.get(at)), rows.get(n_chosen)) {
        (Some(last), Some(next)) if n_chosen < enough && key(last) == key(next) => {
            rows.iter().filter(|row| key(row) == key(next)).map(|row| row.option).collect()
        }
        _ => vec![],
    };
    let mut before = None;
    let lines: Vec<SelectionLine> = (0..)
        .zip(&rows)
        .map(|(place, row)| {
            let why = match place {
                _ if row.votes < least => Why::TooFew,
                place if place < n_chosen => Why::Chosen,
                _ => Why::NoSeat,
            };
            let by_lot = before.replace(key(row)) == Some(key(row));
            SelectionLine { option: row.option, votes: row.votes, voters: row.voters, why, by_lot }
        })
        .collect();
    Selection { chosen: rows.iter().take(n_chosen).map(|row| row.option).collect(), lines, least, tied }
}
