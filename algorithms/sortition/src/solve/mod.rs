//! Fair lotteries over panels. What is reckoned here in floating point ends as whole weights of panels
//! ([`crate::Lottery`]) that each meet every quota by integer comparison; nothing downstream of it is rounded.

mod dictionary;
mod leximin;
mod master;
mod nash;
mod oracle;
mod relax;
mod rounding;
mod search;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::kinds::Problem;
use crate::list::{MAX_PANELS, MAX_SEATS};
use crate::lottery::{Lottery, TOTAL};
use oracle::Oracle;

pub use relax::{Infeasible, NewBounds};
pub use rounding::numbered_list;

/// What makes a lottery fair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Rule {
    /// The lowest chance as high as possible; then the second lowest, and so on.
    #[default]
    Leximin,
    /// The lowest chance as high as possible.
    Maximin,
    /// The product of all chances as high as possible.
    Nash,
}

const NAMES: &[(Rule, &str)] = &[(Rule::Leximin, "leximin"), (Rule::Maximin, "maximin"), (Rule::Nash, "nash")];

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = NAMES.iter().find(|(rule, _)| rule == self).map_or("", |(_, name)| name);
        f.pad(name)
    }
}

/// A name that is no rule's.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("no rule is called `{0}`: choose leximin, maximin or nash")]
pub struct UnknownRule(String);

impl FromStr for Rule {
    type Err = UnknownRule;
    fn from_str(name: &str) -> Result<Self, UnknownRule> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(rule, _)| *rule).ok_or_else(|| UnknownRule(name.chars().take(40).collect()))
    }
}

impl TryFrom<String> for Rule {
    type Error = UnknownRule;
    fn try_from(name: String) -> Result<Self, UnknownRule> {
        name.parse()
    }
}

impl From<Rule> for String {
    fn from(rule: Rule) -> Self {
        rule.to_string()
    }
}

/// How much may be reckoned, in elementary steps, so that a hopeless case ends on every machine at the same point.
/// A billion steps take about a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    left: u64,
}

impl Effort {
    /// So many steps.
    #[must_use]
    pub fn steps(steps: u64) -> Self {
        Self { left: steps }
    }

    fn spend(&mut self, steps: u64) -> Result<(), SolveError> {
        self.left = self.left.checked_sub(steps).ok_or(SolveError::Effort)?;
        Ok(())
    }
}

impl Default for Effort {
    /// Some ten minutes.
    fn default() -> Self {
        Self::steps(600_000_000_000)
    }
}

/// Why no lottery was found although there may be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SolveError {
    /// The effort is used up.
    #[error("this is too hard to reckon in the time allowed: use fewer categories, wider quotas, or the rule maximin")]
    Effort,
    /// A list of a length that is none.
    #[error("a list has 1 to {MAX_PANELS} panels and at most {MAX_SEATS} seats in all: ask for fewer panels")]
    Size,
    /// Rounding errors got out of hand.
    #[error("the numbers of this problem cannot be reckoned safely: use fewer categories or wider quotas")]
    Numbers,
}

/// What solving came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The lottery.
    Feasible(Lottery),
    /// No panel meets the quotas.
    Infeasible(Infeasible),
}

/// The fair lottery over all panels that meet the quotas; or, if there is none, what would make one possible.
///
/// # Errors
/// [`SolveError`] when the problem is too hard for the effort.
pub fn solve(problem: &Problem, rule: Rule, mut effort: Effort) -> Result<Outcome, SolveError> {
    let effort = &mut effort;
    let mut oracle = Oracle::new(problem);
    let cover = oracle.cover(effort)?;
    if cover.panels.is_empty() {
        return Ok(Outcome::Infeasible(relax::relax(problem, effort)?));
    }
    let found = match rule {
        Rule::Leximin => leximin::leximin(&mut oracle, cover, false, effort)?,
        Rule::Maximin => leximin::leximin(&mut oracle, cover, true, effort)?,
        Rule::Nash => nash::nash(&mut oracle, cover, effort)?,
    };
    Ok(Outcome::Feasible(lottery(problem, found)?))
}

/// Shares as whole weights: rounded down, and the rest to those with the largest remainders.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nought and the total")]
fn lottery(problem: &Problem, shares: Vec<(oracle::Counts, f64)>) -> Result<Lottery, SolveError> {
    let sum: f64 = shares.iter().map(|(_, share)| share.max(0.0)).sum();
    if !(0.5..2.0).contains(&sum) {
        return Err(SolveError::Numbers);
    }
    let exact = |share: f64| share.max(0.0) / sum * TOTAL as f64;
    let mut panels: Vec<(oracle::Counts, u64, f64)> = shares
        .into_iter()
        .map(|(counts, share)| (counts, (exact(share).floor() as u64).min(TOTAL), exact(share).fract()))
        .collect();
    panels.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
    let given: u64 = panels.iter().map(|panel| panel.1).sum();
    // rounding the division itself may give a unit too many
    let (rest, over) = (TOTAL.saturating_sub(given) as usize, given.saturating_sub(TOTAL));
    panels.iter_mut().take(rest).for_each(|panel| panel.1 += 1);
    if let Some(largest) = panels.iter_mut().max_by_key(|panel| panel.1) {
        largest.1 = largest.1.saturating_sub(over);
    }
    let panels = panels.into_iter().map(|(counts, weight, _)| (counts, weight)).collect();
    Lottery::new(problem, panels).ok_or(SolveError::Numbers)
}
