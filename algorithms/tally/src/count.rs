//! From an election and a rule to an outcome.

use thiserror::Error;

use crate::election::{BallotKind, Election};
use crate::greedy;
use crate::money::MAX_AMOUNT;
use crate::outcome::{Loss, Outcome, Phase, Ratio, Reason, Shortfall, Step, Stop};
use crate::phragmen;
use crate::profile::Profile;
use crate::rule::{Rule, Utility};
use crate::shares::equal_shares;

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
    /// The rule looks at points or places, and ballots have none.
    #[error("the rule {rule} needs {}, and these ballots have none: choose one with card, cost or cost-sqrt", needs(*rule))]
    Ballots {
        /// The rule.
        rule: Rule,
    },
    /// Budgets were raised too often.
    #[error("no result after {runs} runs with an increment of {increment} scaled units: choose a larger increment")]
    TooManyRuns {
        /// Runs made.
        runs: u64,
        /// The increment.
        increment: i64,
    },
}

fn needs(rule: Rule) -> &'static str {
    match (rule.counts(BallotKind::Ordinal), rule.counts(BallotKind::Points)) {
        (true, _) => "an order of projects (ordinal ballots)",
        (false, true) => "points (cumulative or scoring ballots)",
        (false, false) => "both points and an order of projects",
    }
}

/// Counts an election. The outcome is exact and depends on nothing but the arguments.
///
/// # Errors
/// When the rule needs points or an order and ballots have none, the increment is out of bounds, or for rules that
/// raise budgets when `max_runs` is reached.
pub fn count(election: &Election, rule: Rule, options: &CountOptions) -> Result<Outcome, CountError> {
    let increment = check(election, rule, options)?;
    let mut report = Report::new(election, rule);
    if rule == Rule::Phragmen {
        report.take_loads(election, phragmen::count(election));
    }
    let profile = profile(election, rule);
    if let Some((profile, raise)) = &profile {
        let mut counted = equal_shares(profile, *raise, (increment, options.max_runs))?;
        report.steps = counted.steps();
        report.runs = counted.runs();
        report.endowments = Some(counted.endowments());
        report.stop = counted.stop;
        report.shortfalls = counted.shortfalls();
    }
    if let Some(utility) = rule.greedy() {
        let phase = if rule.shares().is_some() { Phase::Completion } else { Phase::Greedy };
        let walk = greedy::complete(election, utility, &report.winners(), phase);
        report.steps.extend(walk.steps);
        report.passed = walk.passed;
    }
    Ok(report.outcome(rule, rule.takes_increment().then_some(increment)))
}

/// Winners in order and runs made: what [`count`] finds, without the report.
pub(crate) fn winners(
    election: &Election,
    rule: Rule,
    options: &CountOptions,
) -> Result<(Vec<usize>, u64), CountError> {
    let increment = check(election, rule, options)?;
    if rule == Rule::Phragmen {
        return Ok((phragmen::count(election).steps.iter().map(|step| step.project).collect(), 1));
    }
    let (mut winners, mut runs) = (Vec::new(), 0);
    if let Some((profile, raise)) = &profile(election, rule) {
        let counted = equal_shares(profile, *raise, (increment, options.max_runs))?;
        (winners, runs) = (counted.winners(), counted.runs());
    }
    if let Some(utility) = rule.greedy() {
        let walk = greedy::complete(election, utility, &winners, Phase::Completion);
        winners.extend(walk.steps.iter().map(|step| step.project));
    }
    Ok((winners, runs))
}

/// The election as the rule's equal shares see it, if it has them and there is a ballot.
pub(crate) fn profile(election: &Election, rule: Rule) -> Option<(Profile<'_>, crate::rule::Raise)> {
    let (utility, raise) = rule.shares().filter(|_| election.n_ballots() > 0)?;
    Some((Profile::new(election, utility), raise))
}

/// Checks rule and options; the increment in scaled units.
fn check(election: &Election, rule: Rule, options: &CountOptions) -> Result<i64, CountError> {
    if !rule.counts(election.kind()) {
        return Err(CountError::Ballots { rule });
    }
    let increment = options.increment.unwrap_or(election.scale().unit());
    if (1..=MAX_AMOUNT).contains(&increment) { Ok(increment) } else { Err(CountError::Increment(increment)) }
}

/// An outcome in the making.
struct Report<'a> {
    election: &'a Election,
    /// For each project the voters who support it.
    supporters: Vec<u32>,
    /// Whether anybody gains from it by the rule's first utility.
    gains: Vec<bool>,
    steps: Vec<Step>,
    runs: u64,
    endowments: Option<(Ratio, Ratio)>,
    stop: Stop,
    shortfalls: Vec<Option<Shortfall>>,
    passed: Vec<Option<(i64, usize)>>,
    /// What remained, and how many winners there were, when Phragmén's rule stopped.
    stopped: Option<(i64, usize)>,
}

impl<'a> Report<'a> {
    fn new(election: &'a Election, rule: Rule) -> Self {
        let n = election.projects().len();
        let stop = if rule.shares().is_some() { Stop::NoBallots } else { Stop::EndOfList };
        let first = rule.shares().map(|(utility, _)| utility).or(rule.greedy()).unwrap_or(Utility::Cardinality);
        let profile = Profile::new(election, first);
        Self {
            election,
            supporters: (0..n).map(|project| profile.n_supporters(project)).collect(),
            gains: (0..n).map(|project| profile.gain(project) > 0).collect(),
            steps: Vec::new(),
            runs: 0,
            endowments: None,
            stop,
            shortfalls: vec![None; n],
            passed: vec![None; n],
            stopped: None,
        }
    }

    fn take_loads(&mut self, election: &Election, loaded: phragmen::Loaded) {
        let left = loaded.steps.last().map_or(election.budget(), |step| step.left);
        self.stopped = Some((left, loaded.steps.len()));
        for project in loaded.stopped_by {
            self.passed[project] = self.stopped;
        }
        (self.steps, self.stop) = (loaded.steps, loaded.stop);
    }

    fn winners(&self) -> Vec<usize> {
        self.steps.iter().map(|step| step.project).collect()
    }

    fn outcome(mut self, rule: Rule, increment: Option<i64>) -> Outcome {
        let winners = self.winners();
        let mut won = vec![false; self.election.projects().len()];
        winners.iter().for_each(|project| won[*project] = true);
        let losers: Vec<usize> = (0..won.len()).filter(|project| !won[*project]).collect();
        let losses = losers.into_iter().map(|project| self.loss(project)).collect();
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

    fn loss(&mut self, project: usize) -> Loss {
        let (cost, supporters) = (self.election.projects()[project].cost, self.supporters[project]);
        let reason = match (self.passed[project], self.stopped) {
            _ if cost > self.election.budget() => Reason::CostsMoreThanBudget,
            (Some((left, after)), _) => Reason::DoesNotFit { left, after },
            (None, Some((left, after))) => Reason::TurnNotReached { left, after },
            (None, None) if supporters == 0 => Reason::NoSupporters,
            (None, None) if cost == 0 && !self.gains[project] => Reason::CostsNothing,
            (None, None) => Reason::SupportersShort,
        };
        Loss { project, cost, supporters, reason, shortfall: self.shortfalls[project].take() }
    }
}
