//! From an election and a rule to an outcome.

use thiserror::Error;

use crate::election::Election;
use crate::greedy;
use crate::money::MAX_AMOUNT;
use crate::outcome::{Loss, Outcome, Phase, Ratio, Reason, Shortfall, Step, Stop};
use crate::rule::Rule;
use crate::shares::{SharesOutcome, equal_shares};

/// What a count can be told beside the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CountOptions {
    /// By how much to raise voters' budgets each time, in scaled units, `1..=MAX_AMOUNT`; by default one unit of
    /// the currency. It is part of the rule: another increment can choose other winners.
    pub increment: Option<i64>,
    /// Most runs of equal shares before the count gives up.
    pub max_runs: u64,
}

impl Default for CountOptions {
    fn default() -> Self {
        Self { increment: None, max_runs: 1_000_000 }
    }
}

/// Why a count has no outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum CountError {
    /// The increment is outside `1..=MAX_AMOUNT`.
    #[error("an increment of {0} scaled units: it must lie between 1 and {MAX_AMOUNT}")]
    Increment(i64),
    /// Budgets were raised too often.
    #[error("no result after {runs} runs with an increment of {increment} scaled units: choose a larger increment")]
    TooManyRuns {
        /// Runs made.
        runs: u64,
        /// The increment.
        increment: i64,
    },
}

/// Counts an election. The outcome is exact and depends on nothing but the arguments.
///
/// # Errors
/// When the increment is out of bounds, or for rules that raise budgets when `max_runs` is reached.
pub fn count(election: &Election, rule: Rule, options: &CountOptions) -> Result<Outcome, CountError> {
    let increment = options.increment.unwrap_or(election.scale().unit());
    if !(1..=MAX_AMOUNT).contains(&increment) {
        return Err(CountError::Increment(increment));
    }
    let plan = rule.plan();
    let shares = match plan.shares {
        Some(shares) if election.n_ballots() > 0 => {
            Some(equal_shares(election, shares, (increment, options.max_runs))?)
        }
        _ => None,
    };
    let mut parts = Parts::new(election, plan.shares.is_some(), shares);
    if plan.greedy {
        let phase = if plan.shares.is_some() { Phase::Completion } else { Phase::Greedy };
        let walk = greedy::complete(election, &parts.steps, phase);
        parts.steps.extend(walk.steps);
        parts.passed = walk.passed;
    }
    Ok(parts.outcome(election, rule, rule.takes_increment().then_some(increment)))
}

/// An outcome in the making.
struct Parts {
    steps: Vec<Step>,
    runs: u64,
    endowments: (Option<Ratio>, Option<Ratio>),
    stop: Stop,
    shortfalls: Vec<Option<Shortfall>>,
    passed: Vec<Option<(i64, usize)>>,
}

impl Parts {
    fn new(election: &Election, wants_shares: bool, shares: Option<SharesOutcome>) -> Self {
        let n = election.projects().len();
        let passed = vec![None; n];
        match shares {
            Some(SharesOutcome { steps, runs, endowments: (last, accepted), stop, shortfalls }) => {
                Self { steps, runs, endowments: (Some(last), Some(accepted)), stop, shortfalls, passed }
            }
            None => {
                let stop = if wants_shares { Stop::NoBallots } else { Stop::EndOfList };
                Self { steps: Vec::new(), runs: 0, endowments: (None, None), stop, shortfalls: vec![None; n], passed }
            }
        }
    }

    fn outcome(mut self, election: &Election, rule: Rule, increment: Option<i64>) -> Outcome {
        let mut won = vec![false; election.projects().len()];
        self.steps.iter().for_each(|step| won[step.project] = true);
        let losers: Vec<usize> = (0..won.len()).filter(|project| !won[*project]).collect();
        let losses = losers.into_iter().map(|project| self.loss(election, project)).collect();
        Outcome {
            rule,
            increment,
            winners: self.steps.iter().map(|step| step.project).collect(),
            total_cost: self.steps.iter().map(|step| step.cost).sum(),
            steps: self.steps,
            losses,
            runs: self.runs,
            endowment: self.endowments.0,
            accepted_endowment: self.endowments.1,
            stop: self.stop,
        }
    }

    fn loss(&mut self, election: &Election, project: usize) -> Loss {
        let (cost, supporters) = (election.projects()[project].cost, election.n_supporters(project));
        let reason = match self.passed[project] {
            _ if cost > election.budget() => Reason::CostsMoreThanBudget,
            Some((left, after)) => Reason::DoesNotFit { left, after },
            None if supporters == 0 => Reason::NoSupporters,
            None if cost == 0 => Reason::CostsNothing,
            None => Reason::SupportersShort,
        };
        Loss { project, cost, supporters, reason, shortfall: self.shortfalls[project].take() }
    }
}
