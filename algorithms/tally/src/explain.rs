//! What would have changed a loss, found by counting again.

use serde::{Deserialize, Serialize};

use crate::count::{CountError, CountOptions, winners};
use crate::election::{Election, MAX_BALLOTS};
use crate::outcome::{Loss, Outcome, Reason};

/// Numbers of further supporters that [`explain_loss`] tries one by one where a rule is not monotone.
const ONE_BY_ONE: u64 = 32;

/// What would have made a loser win. Each number was checked by counting the changed election: with it the project
/// wins, and with one unit less of a change it does not.
///
/// Where the rule is monotone ([`crate::Rule::keeps_with_more_votes`], [`crate::Rule::keeps_at_lower_cost`]) this is the smallest
/// change, and every larger one is enough as well. Elsewhere a number is enough as it stands, and others that no one
/// looked at may be or not: `fewest` and `at_most` tell which of the two it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Explanation {
    /// The project.
    pub project: usize,
    /// So many further ballots that name this project alone (the budget stays as it is). `None` when not found: looked
    /// for in steps that double, up to as many ballots as an election can have.
    pub extra_supporters: Option<u32>,
    /// Whether no smaller number would have been enough: the rule is monotone, or each of them was tried. Not without one.
    pub fewest: bool,
    /// A lower cost, at least 1 scaled unit, all ballots as they are. `None` when not found.
    pub lower_cost: Option<i64>,
    /// Whether each cost from 1 scaled unit up to this one would have been enough, and none between it and the project's
    /// own. If not, just this cost would have been. Not without one.
    pub at_most: bool,
    /// Whether the search ended for want of effort, so that a `None` above means no more than that.
    pub out_of_effort: bool,
}

/// Explains losses, those with most supporters first, until `effort` runs of equal shares (or as many greedy
/// counts) are used up; the losses after that are left out.
///
/// One run takes milliseconds with 50,000 different ballots. `outcome` must be of this election.
#[must_use]
pub fn explain(election: &Election, outcome: &Outcome, mut effort: u64) -> Vec<Explanation> {
    let mut losses: Vec<&Loss> = outcome.losses.iter().collect();
    losses.sort_by_key(|loss| (std::cmp::Reverse(loss.supporters), loss.project));
    let mut explanations = Vec::new();
    for loss in losses {
        if effort == 0 {
            break;
        }
        explanations.extend(explained(election, outcome, loss.project, (&mut effort, 0)));
    }
    explanations
}

/// Explains the loss of one project, and takes the runs made from `effort`. `None` when it did not lose.
///
/// Where a rule is not monotone in votes, small numbers of further supporters are tried one by one first.
#[must_use]
pub fn explain_loss(election: &Election, outcome: &Outcome, project: usize, effort: &mut u64) -> Option<Explanation> {
    explained(election, outcome, project, (effort, ONE_BY_ONE))
}

/// Explains a loss with some effort, trying so many numbers one by one where that is needed.
fn explained(
    election: &Election,
    outcome: &Outcome,
    project: usize,
    (effort, one_by_one): (&mut u64, u64),
) -> Option<Explanation> {
    let loss = outcome.losses.iter().find(|loss| loss.project == project)?;
    if project >= election.projects().len() {
        return None;
    }
    let rule = outcome.rule;
    let mut search = Search { outcome, project, cost: election.projects()[project].cost, effort, out_of_effort: false };
    let tried = if rule.keeps_with_more_votes() { 0 } else { one_by_one };
    let extra_supporters = search.extra_supporters(election, loss, tried);
    let lower_cost = search.lower_cost(election, loss);
    Some(Explanation {
        project,
        extra_supporters,
        fewest: extra_supporters.is_some_and(|extra| rule.keeps_with_more_votes() || u64::from(extra) <= tried + 1),
        lower_cost,
        at_most: lower_cost.is_some() && rule.keeps_at_lower_cost(),
        out_of_effort: search.out_of_effort,
    })
}

struct Search<'a> {
    outcome: &'a Outcome,
    project: usize,
    cost: i64,
    effort: &'a mut u64,
    out_of_effort: bool,
}

impl Search<'_> {
    /// A number of further supporters; those up to `tried` are looked at one by one.
    fn extra_supporters(&mut self, election: &Election, loss: &Loss, tried: u64) -> Option<u32> {
        if self.cost > election.budget() || loss.reason == Reason::CostsNothing {
            return None;
        }
        let most = u64::from(MAX_BALLOTS.saturating_sub(election.n_ballots()));
        let with = |project, extra| election.with_supporters(project, extra as u32).ok();
        for extra in 1..=tried.min(most) {
            if self.wins(&with(self.project, extra)?)? {
                return Some(extra as u32);
            }
        }
        let missing = loss.shortfall.as_ref().map_or(0, |short| short.needed.saturating_sub(short.had));
        let each = self.outcome.accepted_endowment.as_ref().and_then(crate::Ratio::floor).unwrap_or(0).max(1);
        let guess = (missing / each).saturating_add(1).max(1) as u64;
        self.smallest((tried, guess, most), with).map(|extra| extra as u32)
    }

    fn lower_cost(&mut self, election: &Election, loss: &Loss) -> Option<i64> {
        let affordable = match loss.reason {
            Reason::DoesNotFit { left, .. } => left,
            _ => loss.shortfall.as_ref().map_or(0, |short| short.had).min(election.budget()),
        };
        let cost = self.cost;
        let most = u64::try_from(cost.saturating_sub(1)).ok()?;
        let guess = cost.saturating_sub(affordable).max(1) as u64;
        let with = |project, less| election.with_cost(project, cost - less as i64).ok();
        self.smallest((0, guess, most), with).map(|less| cost - less as i64)
    }

    /// A change of more than `from` and at most `most` with which the project wins, while it does not with one less; with
    /// `from` it is known to lose. Starts at a guess, doubles its steps away from it, then halves the gap.
    fn smallest(
        &mut self,
        (from, guess, most): (u64, u64, u64),
        change: impl Fn(usize, u64) -> Option<Election>,
    ) -> Option<u64> {
        if most <= from {
            return None;
        }
        let mut wins = |change_by: u64| change(self.project, change_by).and_then(|changed| self.wins(&changed));
        let (mut losing, mut winning) = (from, guess.max(from + 1).min(most));
        let mut step = 1;
        if wins(winning)? {
            while winning - losing > step {
                let tried = winning - step;
                if wins(tried)? {
                    winning = tried;
                } else {
                    losing = tried;
                }
                step = step.saturating_mul(2);
                if losing > from {
                    break;
                }
            }
        } else {
            loop {
                losing = winning;
                if losing == most {
                    return None;
                }
                winning = losing.saturating_add(step).min(most);
                step = step.saturating_mul(2);
                if wins(winning)? {
                    break;
                }
            }
        }
        while winning - losing > 1 {
            let middle = winning.midpoint(losing);
            if wins(middle)? {
                winning = middle;
            } else {
                losing = middle;
            }
        }
        Some(winning)
    }

    /// Whether the project wins the changed election; `None` when effort has run out.
    fn wins(&mut self, changed: &Election) -> Option<bool> {
        if *self.effort == 0 {
            self.out_of_effort = true;
            return None;
        }
        let options = CountOptions { increment: self.outcome.increment, max_runs: *self.effort };
        match winners(changed, self.outcome.rule, &options) {
            Ok((winners, runs)) => {
                *self.effort = self.effort.saturating_sub(runs.max(1));
                Some(winners.contains(&self.project))
            }
            Err(CountError::TooManyRuns { .. }) => {
                (*self.effort, self.out_of_effort) = (0, true);
                None
            }
            Err(CountError::Increment(_) | CountError::Ballots { .. }) => None,
        }
    }
}
