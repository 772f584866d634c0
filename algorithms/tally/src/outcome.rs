//! What a count says: winners in order, what each winner cost its supporters, and why each other project lost.

use std::fmt;
use std::str::FromStr;

use dashu_int::{IBig, UBig};
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use crate::money::Scale;
use crate::rule::Rule;

/// An exact fraction of scaled units. In JSON and on screen it is the text `a/b` in lowest terms, or `a`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ratio(RBig);

impl Ratio {
    /// `numerator / denominator`, if the denominator is not 0.
    #[must_use]
    pub fn new(numerator: i64, denominator: u64) -> Option<Self> {
        (denominator != 0).then(|| Self(RBig::from_parts(numerator.into(), denominator.into())))
    }

    pub(crate) fn from_big(numerator: IBig, denominator: IBig) -> Self {
        Self(RBig::from_parts_signed(numerator, denominator))
    }

    pub(crate) const fn of(ratio: RBig) -> Self {
        Self(ratio)
    }

    /// Numerator and denominator, if they fit.
    pub(crate) fn parts(&self) -> Option<(u128, u64)> {
        Some((u128::try_from(self.0.numerator()).ok()?, u64::try_from(self.0.denominator()).ok()?))
    }

    pub(crate) const fn big(&self) -> &RBig {
        &self.0
    }

    /// The fraction in hundredths, rounded half up, if that fits.
    #[must_use]
    pub fn hundredths(&self) -> Option<i64> {
        let half = RBig::from_parts(1.into(), 2_u8.into());
        i64::try_from((&self.0 * RBig::from(100) + half).floor()).ok()
    }

    /// The fraction to two decimals, rounded half up; itself where that is too long.
    #[must_use]
    pub fn hundredths_text(&self) -> String {
        self.hundredths().map_or_else(
            || self.to_string(),
            |n| format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.unsigned_abs() / 100, n.unsigned_abs() % 100),
        )
    }

    /// The fraction in parts of a scaled unit, `10^digits` to one, rounded half up, if that fits: two amounts that are
    /// rounded so never change places.
    #[must_use]
    pub fn rounded(&self, digits: u8) -> Option<i64> {
        let (unit, half) = (10_i64.checked_pow(digits.into())?, RBig::from_parts(1.into(), 2_u8.into()));
        i64::try_from((&self.0 * RBig::from(unit) + half).floor()).ok()
    }

    /// Whether this is a whole number of scaled units.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_int()
    }

    /// The same amount as a fraction of the currency's unit, for people to read.
    #[must_use]
    pub fn in_units(&self, scale: Scale) -> Self {
        Self(&self.0 / RBig::from(scale.unit()))
    }

    /// The fraction rounded down to whole scaled units, if that fits.
    #[must_use]
    pub fn floor(&self) -> Option<i64> {
        i64::try_from(self.0.floor()).ok()
    }

    /// The fraction rounded up to whole scaled units, if that fits.
    #[must_use]
    pub fn ceil(&self) -> Option<i64> {
        i64::try_from(self.0.ceil()).ok()
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Ratio {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        const LONGEST: usize = 100_000;
        let wrong = || "a fraction is written a/b in digits".to_owned();
        let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
        if text.len() > LONGEST || denominator.bytes().all(|digit| digit == b'0') {
            return Err(wrong());
        }
        let numerator = numerator.parse::<IBig>().map_err(|_| wrong())?;
        let denominator = denominator.parse::<UBig>().map_err(|_| wrong())?;
        Ok(Self(RBig::from_parts(numerator, denominator)))
    }
}

impl TryFrom<String> for Ratio {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<Ratio> for String {
    fn from(ratio: Ratio) -> Self {
        ratio.to_string()
    }
}

/// The result of a count. Projects are indices into [`crate::Election::projects`], amounts are scaled units.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The rule.
    pub rule: Rule,
    /// By how much voters' budgets were raised each time, for rules that raise them.
    pub increment: Option<i64>,
    /// Winners in order of selection.
    pub winners: Vec<usize>,
    /// What they cost together; never more than the budget.
    pub total_cost: i64,
    /// One step for each winner, in the same order.
    pub steps: Vec<Step>,
    /// One entry for each other project, in the order of [`crate::Election::projects`].
    pub losses: Vec<Loss>,
    /// Runs of equal shares: 0 without equal shares, 1 without increments, else one for each budget tried, the
    /// last included, which may have been too large.
    pub runs: u64,
    /// Budget of each voter in the last of these runs.
    pub endowment: Option<Ratio>,
    /// Budget of each voter in the run that was accepted, which steps and shortfalls tell of: the last run, or when
    /// that spent more than there is ([`Stop::Infeasible`]) the one before.
    pub accepted_endowment: Option<Ratio>,
    /// Why the raising of budgets ended, or what else ended the count.
    pub stop: Stop,
}

/// What ended a count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stop {
    /// No project that is left, costs something and has supporters fits the budget.
    Exhaustive,
    /// With the next larger budgets winners would have cost more than there is.
    Infeasible,
    /// Equal shares was run once, until no project was affordable: the rule says so, or there is money for everything.
    Once,
    /// A project whose turn it was, or one level with it, did not fit into what was left (Phragmén).
    WouldExceed,
    /// The list was gone through to its end (greedy).
    EndOfList,
    /// There were no ballots, so no shares.
    NoBallots,
}

/// The part of a rule that chose a winner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Greedy on its own.
    Greedy,
    /// Equal shares.
    EqualShares,
    /// Greedy completion after equal shares.
    Completion,
    /// Sequential Phragmén.
    Phragmen,
}

/// How one winner was chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The winner.
    pub project: usize,
    /// Its cost.
    pub cost: i64,
    /// How many ballots support it: name it, or where points or places count, give it something.
    pub supporters: u32,
    /// The part of the rule that chose it.
    pub phase: Phase,
    /// Budget that no winner up to this one has taken.
    pub left: i64,
    /// The most that one supporter paid, in equal shares: each paid this, or all they had left if that was less. Where
    /// points or places count, this is what they paid for one point or place that they gave.
    pub price: Option<Ratio>,
    /// How many supporters paid that price in full.
    pub full_payers: Option<u32>,
    /// In Phragmén's rule: the load of each supporter after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub load: Option<Ratio>,
}

impl Step {
    /// A step of which only this much is known.
    pub(crate) const fn plain(project: usize, cost: i64, supporters: u32, phase: Phase) -> Self {
        Self { project, cost, supporters, phase, left: 0, price: None, full_payers: None, load: None }
    }
}

/// Why one project lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Loss {
    /// The project.
    pub project: usize,
    /// Its cost.
    pub cost: i64,
    /// How many ballots support it.
    pub supporters: u32,
    /// What decided it.
    pub reason: Reason,
    /// In rules with equal shares: when and why its supporters could no longer pay for it.
    pub shortfall: Option<Shortfall>,
}

/// What decided a loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It costs more than the whole budget.
    CostsMoreThanBudget,
    /// No ballot supports it, and the rule buys only from supporters.
    NoSupporters,
    /// It costs nothing, so by its cost no one gains from it, and the rule buys only what someone gains from.
    CostsNothing,
    /// Its supporters had too little left: see [`Loss::shortfall`].
    SupportersShort,
    /// When its turn came, `left` of the budget remained, less than it costs.
    DoesNotFit {
        /// What remained.
        left: i64,
        /// Number of winners chosen before.
        after: usize,
    },
    /// Its turn did not come: the count ended with a project that did not fit, when `left` of the budget remained.
    TurnNotReached {
        /// What remained.
        left: i64,
        /// Number of winners chosen before.
        after: usize,
    },
}

/// When and why supporters could no longer pay for a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// The cost.
    pub needed: i64,
    /// What all its supporters together were given, rounded down.
    pub given: i64,
    /// What they had left when it first fell below the cost, rounded down.
    pub had: i64,
    /// Number of winners chosen before that.
    pub after: usize,
    /// What they had spent on each of these winners, rounded down, where it is not 0.
    pub spent: Vec<Spent>,
}

impl Shortfall {
    /// What went to each of these winners in whole scaled units that add up to `given − had`: rounding each part down leaves
    /// a few units over, which go to the first parts one by one.
    #[must_use]
    pub fn parts(&self) -> Vec<Spent> {
        let mut parts = self.spent.clone();
        let whole = self.given.saturating_sub(self.had);
        let mut over = whole.saturating_sub(parts.iter().map(|part| part.amount).sum());
        while over > 0 && !parts.is_empty() {
            for part in parts.iter_mut().take(usize::try_from(over).unwrap_or(usize::MAX)) {
                part.amount += 1;
                over -= 1;
            }
        }
        parts
    }
}

/// Money that the supporters of one project spent on a winner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Spent {
    /// The winner.
    pub winner: usize,
    /// Scaled units, rounded down.
    pub amount: i64,
}
