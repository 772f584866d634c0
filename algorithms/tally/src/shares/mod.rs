//! The method of equal shares, once or with budgets that are raised.

mod exact;
mod run;
mod shortfall;
#[cfg(test)]
mod tests;

use run::{NEVER, Run};

use crate::count::CountError;
use crate::election::Election;
use crate::outcome::{Phase, Ratio, Shortfall, Step, Stop};
use crate::rule::Shares;

/// A finished count by equal shares.
pub(crate) struct Counted<'a> {
    run: Run<'a>,
    increment: i64,
    /// Increments before the last run and before the accepted one.
    raises: (u64, u64),
    pub(crate) stop: Stop,
}

/// Runs equal shares where a supporter gains a project's cost from it. There must be a ballot.
///
/// `raise` is the increment and the most runs, for [`Shares::Raised`].
pub(crate) fn equal_shares(election: &Election, shares: Shares, raise: (i64, u64)) -> Result<Counted<'_>, CountError> {
    let mut run = Run::new(election, election.projects().iter().map(|project| project.cost).collect());
    let (raises, stop) = match shares {
        Shares::Once => (0, Stop::Once),
        Shares::Raised => raised(&mut run, raise)?,
    };
    // Without raises nothing is infeasible: voters cannot spend more than the budget.
    let accepted = if stop == Stop::Infeasible { raises.saturating_sub(1) } else { raises };
    run.run(start(election, raise.0, accepted), i64::MAX);
    Ok(Counted { run, increment: raise.0, raises: (raises, accepted), stop })
}

impl Counted<'_> {
    /// Winners in order.
    pub(crate) fn winners(&self) -> Vec<usize> {
        self.run.bought.iter().map(|purchase| purchase.project).collect()
    }

    /// Number of budgets tried.
    pub(crate) fn runs(&self) -> u64 {
        self.raises.0 + 1
    }

    /// Start budget of each voter in the last run and in the accepted one.
    pub(crate) fn endowments(&self) -> (Ratio, Ratio) {
        let endowment = |raises| {
            let (numerator, denominator) = start(self.run.election, self.increment, raises);
            Ratio::from_big(numerator.into(), denominator.into())
        };
        (endowment(self.raises.0), endowment(self.raises.1))
    }

    /// How each winner was chosen.
    pub(crate) fn steps(&mut self) -> Vec<Step> {
        self.run.catch_up();
        let mut left = self.run.election.budget();
        let mut steps = Vec::new();
        for (index, purchase) in self.run.bought.iter().enumerate() {
            let cost = self.run.election.projects()[purchase.project].cost;
            left -= cost;
            let price = Ratio::from_big(self.run.exact.prices[index].clone(), self.run.exact.denominator.clone());
            steps.push(Step {
                project: purchase.project,
                cost,
                supporters: self.run.election.n_supporters(purchase.project),
                phase: Phase::EqualShares,
                left,
                price: Some(price),
                full_payers: Some(purchase.rich as u32),
            });
        }
        steps
    }

    /// For each project that was not bought, has supporters and costs something: why they could not pay.
    pub(crate) fn shortfalls(&mut self) -> Vec<Option<Shortfall>> {
        shortfall::shortfalls(&mut self.run)
    }
}

/// Finds the number of increments that ends the raising: the first that leaves nothing affordable to the election's
/// budget, or that costs more than this budget.
fn raised(run: &mut Run<'_>, (increment, max_runs): (i64, u64)) -> Result<(u64, Stop), CountError> {
    let election = run.election;
    for raises in 0..max_runs {
        let spent = run.run(start(election, increment, raises), election.budget());
        if spent > election.budget() {
            return Ok((raises, Stop::Infeasible));
        }
        if exhaustive(run, election.budget() - spent) {
            return Ok((raises, Stop::Exhaustive));
        }
    }
    Err(CountError::TooManyRuns { runs: max_runs, increment })
}

/// Budget of each voter after some raises, as numerator and denominator.
///
/// It stays below `2^63`: with the sum of all costs in every hand each supported project is bought, which ends the
/// raising, and that sum and one increment stay below it.
fn start(election: &Election, increment: i64, raises: u64) -> (u128, u64) {
    let n = u64::from(election.n_ballots());
    let raised = u128::from(increment.unsigned_abs()) * u128::from(raises) * u128::from(n);
    (u128::from(election.budget().unsigned_abs()) + raised, n)
}

/// Whether no project is left that costs something, has supporters and fits.
fn exhaustive(run: &Run<'_>, left: i64) -> bool {
    run.election.projects().iter().enumerate().all(|(project, asked)| {
        let open = asked.cost > 0 && run.election.n_supporters(project) > 0 && run.bought_at[project] == NEVER;
        !open || asked.cost > left
    })
}
