//! From an election and a rule to an outcome.

use thiserror::Error;

use crate::election::Election;
use crate::greedy;
use crate::money::MAX_AMOUNT;
use crate::outcome::{Loss, Outcome, Phase, Ratio, Reason, Shortfall, Step, Stop};
use crate::rule::Rule;
use crate::shares::{Counted, equal_shares};

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
    let increment = increment(election, options)?;
    let plan = rule.plan();
    let mut report = Report::new(election, plan.shares.is_some());
    if let Some(mut counted) = run_shares(election, rule, (increment, options.max_runs))? {
        report.take(&mut counted);
    }
    if plan.greedy {
        let phase = if plan.shares.is_some() { Phase::Completion } else { Phase::Greedy };
        let walk = greedy::complete(election, &report.winners(), phase);
        report.steps.extend(walk.steps);
        report.passed = walk.passed;
    }
    Ok(report.outcome(election, rule, rule.takes_increment().then_some(increment)))
}

/// Winners in order and runs made: what [`count`] finds, without the report.
pub(crate) fn winners(
    election: &Election,
    rule: Rule,
    options: &CountOptions,
) -> Result<(Vec<usize>, u64), CountError> {
    let raise = (increment(election, options)?, options.max_runs);
    let counted = run_shares(election, rule, raise)?;
    let (mut winners, runs) = counted.map_or((Vec::new(), 0), |counted| (counted.winners(), counted.runs()));
    if rule.plan().greedy {
        let walk = greedy::complete(election, &winners, Phase::Completion);
        winners.extend(walk.steps.iter().map(|step| step.project));
    }
    Ok((winners, runs))
}

fn increment(election: &Election, options: &CountOptions) -> Result<i64, CountError> {
    let increment = options.increment.unwrap_or(election.scale().unit());
    if (1..=MAX_AMOUNT).contains(&increment) { Ok(increment) } else { Err(CountError::Increment(increment)) }
}

fn run_shares(election: &Election, rule: Rule, raise: (i64, u64)) -> Result<Option<Counted<'_>>, CountError> {
    match rule.plan().shares {
        Some(shares) if election.n_ballots() > 0 => equal_shares(election, shares, raise).map(Some),
        _ => Ok(None),
    }
}

/// An outcome in the making.
struct Report {
    steps: Vec<Step>,
    runs: u64,
    endowments: Option<(Ratio, Ratio)>,
    stop: Stop,
    shortfalls: Vec<Option<Shortfall>>,
    passed: Vec<Option<(i64, usize)>>,
}

impl Report {
    fn new(election: &Election, wants_shares: bool) -> Self {
        let n = election.projects().len();
        let stop = if wants_shares { Stop::NoBallots } else { Stop::EndOfList };
        let (shortfalls, passed) = (vec![None; n], vec![None; n]);
        Self { steps: Vec::new(), runs: 0, endowments: None, stop, shortfalls, passed }
    }

    fn take(&mut self, counted: &mut Counted<'_>) {
        self.steps = counted.steps();
        self.runs = counted.runs();
        self.endowments = Some(counted.endowments());
        self.stop = counted.stop;
        self.shortfalls = counted.shortfalls();
    }

    fn winners(&self) -> Vec<usize> {
        self.steps.iter().map(|step| step.project).collect()
    }

    fn outcome(mut self, election: &Election, rule: Rule, increment: Option<i64>) -> Outcome {
        let winners = self.winners();
        let mut won = vec![false; election.projects().len()];
        winners.iter().for_each(|project| won[*project] = true);
        let losers: Vec<usize> = (0..won.len()).filter(|project| !won[*project]).collect();
        let losses = losers.into_iter().map(|project| self.loss(election, project)).collect();
        let (endowment, accepted_endowment) = self.endowments.unzip();
        Outcome {
            rule,
            increment,
            winners,
            total_cost: self.steps.iter().map(|step| step.cost).sum(),
            steps: self.steps,
            losses,
            runs: self.runs,
            endowment,
            accepted_endowment,
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
