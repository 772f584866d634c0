//! Ballots, verdicts and their explanations.

use db::DbError;
use kernel::{Day, Fen, Instant};
use serde::{Deserialize, Serialize};

pub use ballots::{BallotId, BallotKey, BallotNoun};

/// The dated set of rules by which verdicts of this program are computed.
pub const RULE_SET: &str = "participatory-budgeting/2026-11";

/// A ballot: which projects one voter approves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Its id.
    pub id: BallotId,
    /// Numbers of projects, ascending.
    pub choices: Vec<u32>,
}

impl Ballot {
    /// As it is kept.
    pub(crate) fn kept(&self) -> ballots::Ballot {
        ballots::Ballot { id: self.id.clone(), says: print_choices(&self.choices) }
    }
}

impl TryFrom<ballots::Ballot> for Ballot {
    type Error = DbError;
    fn try_from(kept: ballots::Ballot) -> Result<Ballot, DbError> {
        let choices = parse_choices(&kept.says).ok_or_else(|| DbError::Data(format!("choices {}", kept.says)))?;
        Ok(Ballot { id: kept.id, choices })
    }
}

/// Numbers as they are stored: `1,5,9`; empty for an empty ballot.
pub fn print_choices(choices: &[u32]) -> String {
    choices.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// Stored numbers back; `None` when the text is something else.
pub fn parse_choices(text: &str) -> Option<Vec<u32>> {
    if text.is_empty() {
        return Some(Vec::new());
    }
    text.split(',').map(|n| n.parse().ok()).collect()
}

/// A published verdict of a season's vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The rule by the name that `tally` gives it.
    pub rule: String,
    /// The dated rule set, [`RULE_SET`] when it was computed.
    pub rule_set: String,
    /// SHA-256 over everything the outcome depends on (see [`crate::count::Inputs`]).
    pub inputs: [u8; 32],
    /// What could be spent.
    pub budget: Fen,
    /// What the winners cost together.
    pub total_cost: Fen,
    /// How many projects won.
    pub n_winners: u32,
    /// How many ballots were counted.
    pub n_ballots: u64,
    /// When it was published.
    pub published_at: Instant,
    /// The local day of that.
    pub published_day: Day,
}

/// What the verdict says about one project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Winners in order of selection first, then the others by support.
    pub rank: u32,
    /// The project's number.
    pub number: u32,
    /// Whether it is funded.
    pub won: bool,
    /// Ballots that name it.
    pub supporters: u32,
    /// Why.
    pub explanation: Explanation,
}

/// How a project came out, without the explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// As in [`Line`].
    pub rank: u32,
    /// The project's number.
    pub number: u32,
    /// Whether the vote funds it.
    pub won: bool,
    /// Ballots that name it.
    pub supporters: u32,
}

/// Turnout of a part of the season's place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartTurnout {
    /// Its name; empty for voters of whom the roll does not know it.
    pub part: String,
    /// On the roll.
    pub voters: u64,
    /// How many of them voted; nothing where that is too few to be shown ([`crate::ENOUGH`]).
    pub voted: Option<u64>,
}

/// A line with its project's name and cost, for pages and the API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerdictRow {
    /// The line.
    pub line: Line,
    /// The project's reference.
    pub reference: String,
    /// The project's name.
    pub name: String,
    /// What it costs.
    pub cost: Fen,
}

/// Why a project won or lost, in numbers that the page turns into sentences. Amounts are in the smallest unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Explanation {
    /// It is funded.
    Won {
        /// Which choice it was: 1 for the first.
        step: u32,
        /// `greedy`, `equal_shares`, `completion` or `phragmen`.
        phase: tally::Phase,
        /// In equal shares: the most one supporter paid, rounded up to whole smallest units.
        price: Option<i64>,
        /// Budget left after it.
        left: i64,
    },
    /// It is not funded.
    Lost(Lost),
}

/// Why a project is not funded, and what would have been enough.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lost {
    /// What decided it.
    pub why: Why,
    /// In rules with equal shares: its supporters' money.
    pub shortfall: Option<Shortfall>,
    /// A number of further supporters with whom it would have won, found by counting again; by votes the smallest.
    pub more_supporters: Option<u32>,
    /// A lower cost at which it would have won, found by counting again; where shares are not raised step by step the
    /// highest, and every cost below it is enough as well.
    pub lower_cost: Option<i64>,
}

/// What decided a loss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It alone costs more than the whole budget.
    CostsMoreThanBudget,
    /// No ballot names it.
    NoSupporters,
    /// It costs nothing, so there was nothing to fund.
    CostsNothing,
    /// Its supporters together had too little of their shares left.
    SupportersShort,
    /// When its turn came, less was left than it costs.
    DoesNotFit {
        /// What was left.
        left: i64,
        /// Which choice came before.
        after: u32,
    },
    /// The count ended before its turn, with a project that did not fit.
    TurnNotReached {
        /// What was left.
        left: i64,
        /// Which choice came before.
        after: u32,
    },
}

/// What the supporters of a project had and where it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// The cost.
    pub needed: i64,
    /// What all its supporters were given, rounded down.
    pub given: i64,
    /// What they had left, rounded down.
    pub had: i64,
    /// The winners that took most of it, largest first, at most [`MAX_SPENT`].
    pub spent: Vec<Spent>,
}

/// Winners that an explanation names at most.
pub const MAX_SPENT: usize = 5;

/// Money that a project's supporters spent on a winner.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spent {
    /// The winner's number.
    pub number: u32,
    /// The winner's name.
    pub name: String,
    /// The amount, rounded down.
    pub amount: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_as_they_were_stored() {
        for choices in [vec![], vec![7], vec![1, 5, 2000]] {
            assert_eq!(parse_choices(&print_choices(&choices)), Some(choices));
        }
        assert_eq!(parse_choices("1,,2"), None);
        assert_eq!(parse_choices("x"), None);
    }
}
