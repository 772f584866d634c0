//! The method of equal shares, once or with budgets that are raised.

mod exact;
mod run;
mod shortfall;
#[cfg(test)]
mod tests;

use dashu_ratio::RBig;
use run::{NEVER, Run};

use crate::count::CountError;
use crate::election::Election;
use crate::outcome::{Phase, Ratio, Shortfall, Step, Stop};
use crate::profile::Profile;
use crate::rule::Raise;

/// A finished count by equal shares.
pub(crate) struct Counted<'a> {
    run: Run<'a>,
    free: Vec<usize>,
    budgets: Budgets,
    /// Increments before the last run and before the accepted one.
    raises: (u64, u64),
    pub(crate) stop: Stop,
}

/// The budgets of each voter that are tried, as fractions of which only the numerator grows.
#[derive(Clone, Copy, Debug)]
struct Budgets {
    first: u128,
    raise: u128,
    denominator: u64,
}

impl Budgets {
    fn new(election: &Election, raise: Raise, increment: i64) -> Self {
        let n = u64::from(election.n_ballots());
        let budget = u128::from(election.budget().unsigned_abs());
        // Whole units of the currency: equalshares.net knows no smaller ones.
        let whole = u128::from(n) * u128::from(election.scale().unit().unsigned_abs());
        let first = match raise {
            Raise::Net { integral: true, .. } if !everything_fits(election) => budget - budget % whole,
            _ => budget,
        };
        Self { first, raise: u128::from(increment.unsigned_abs()) * u128::from(n), denominator: n }
    }

    /// After some raises.
    ///
    /// It stays below `2^63`: with the sum of all costs in every hand each supported project is bought, which ends the
    /// raising, and that sum and one increment stay below it.
    fn after(&self, raises: u64) -> (u128, u64) {
        (self.first + self.raise * u128::from(raises), self.denominator)
    }

    fn ratio(&self, raises: u64) -> Ratio {
        let (numerator, denominator) = self.after(raises);
        Ratio::from_big(numerator.into(), denominator.into())
    }
}

/// Runs equal shares. There must be a ballot. `increment` and `max_runs` matter where budgets are raised.
pub(crate) fn equal_shares<'a>(
    profile: &'a Profile<'a>,
    raise: Raise,
    (increment, max_runs): (i64, u64),
) -> Result<Counted<'a>, CountError> {
    let mut run = Run::new(profile);
    let budgets = Budgets::new(profile.election, raise, increment);
    let once = match raise {
        Raise::Once => true,
        Raise::Supported => false,
        Raise::Net { .. } => everything_fits(profile.election),
    };
    let (raises, stop) = if once { (0, Stop::Once) } else { raised(&mut run, raise, &budgets, (increment, max_runs))? };
    // Without raises nothing is infeasible: voters cannot spend more than the budget.
    let accepted = if stop == Stop::Infeasible { raises.saturating_sub(1) } else { raises };
    run.run(budgets.after(accepted), i64::MAX);
    Ok(Counted { run, free: free(profile), budgets, raises: (raises, accepted), stop })
}

/// What the supporters of each project had together before the first purchase and after each, in a run with this
/// budget for each voter; `None` when it is none that a count can have had.
pub(crate) fn moneys(profile: &Profile<'_>, endowment: &Ratio) -> Option<Vec<Vec<i64>>> {
    let start = endowment.parts().filter(|(numerator, denominator)| numerator / u128::from(*denominator) < 1 << 62)?;
    let mut run = Run::new(profile);
    run.run(start, i64::MAX);
    let free = free(profile).len();
    let mut moneys = shortfall::moneys(&mut run);
    // What costs nothing comes first, and leaves all that there was.
    for money in &mut moneys {
        let first = money.first().copied().unwrap_or(0);
        money.splice(0..0, std::iter::repeat_n(first, free));
    }
    Some(moneys)
}

/// Projects that cost nothing and gain somebody something, in order of ids.
fn free(profile: &Profile<'_>) -> Vec<usize> {
    let election = profile.election;
    let is_free = |project: &usize| {
        election.projects()[*project].cost == 0 && profile.gain(*project) > 0 && profile.n_supporters(*project) > 0
    };
    let mut free: Vec<usize> = (0..election.projects().len()).filter(is_free).collect();
    free.sort_unstable_by_key(|project| election.rank(*project));
    free
}

fn everything_fits(election: &Election) -> bool {
    election.projects().iter().map(|project| project.cost).sum::<i64>() <= election.budget()
}

impl Counted<'_> {
    /// Winners in order.
    pub(crate) fn winners(&self) -> Vec<usize> {
        self.free.iter().copied().chain(self.run.bought.iter().map(|purchase| purchase.project)).collect()
    }

    /// Number of budgets tried.
    pub(crate) fn runs(&self) -> u64 {
        self.raises.0 + 1
    }

    /// Start budget of each voter in the last run and in the accepted one.
    pub(crate) fn endowments(&self) -> (Ratio, Ratio) {
        (self.budgets.ratio(self.raises.0), self.budgets.ratio(self.raises.1))
    }

    /// How each winner was chosen.
    pub(crate) fn steps(&mut self) -> Vec<Step> {
        self.run.catch_up();
        let (profile, election) = (self.run.profile, self.run.election);
        let mut left = election.budget();
        let plain = |project: usize| {
            let cost = election.projects()[project].cost;
            Step::plain(project, cost, profile.n_supporters(project), Phase::EqualShares)
        };
        let mut steps = Vec::new();
        for project in &self.free {
            let (price, payers) = (Ratio::of(RBig::ZERO), profile.n_supporters(*project));
            steps.push(Step { left, price: Some(price), full_payers: Some(payers), ..plain(*project) });
        }
        let (unit, common) = profile.weight_of_point();
        for (index, purchase) in self.run.bought.iter().enumerate() {
            let step = plain(purchase.project);
            left -= step.cost;
            let price = Ratio::from_big(
                &self.run.exact.prices[index] * unit,
                &self.run.exact.denominator * dashu_int::IBig::from(common),
            );
            steps.push(Step { left, price: Some(price), full_payers: Some(purchase.rich as u32), ..step });
        }
        steps
    }

    /// For each project that was not bought, has supporters and costs something: why they could not pay.
    pub(crate) fn shortfalls(&mut self) -> Vec<Option<Shortfall>> {
        let mut shortfalls = shortfall::shortfalls(&mut self.run);
        for shortfall in shortfalls.iter_mut().flatten() {
            if shortfall.after > 0 {
                shortfall.after += self.free.len();
            }
        }
        shortfalls
    }
}

/// Finds the number of increments that ends the raising: the first with which winners cost more than the election's
/// budget, or leave nothing that could still be added in the sense of `raise`.
fn raised(
    run: &mut Run<'_>,
    raise: Raise,
    budgets: &Budgets,
    (increment, max_runs): (i64, u64),
) -> Result<(u64, Stop), CountError> {
    let budget = run.election.budget();
    for raises in 0..max_runs {
        let spent = run.run(budgets.after(raises), budget);
        if spent > budget {
            return Ok((raises, Stop::Infeasible));
        }
        let exhausted = match raise {
            Raise::Once => true,
            Raise::Supported => supported_exhausted(run, budget - spent),
            Raise::Net { exhaustive, .. } => {
                // When all that can be bought is bought, larger budgets change nothing.
                supported_exhausted(run, i64::MAX) || exhaustive && all_exhausted(run, budget - spent)
            }
        };
        if exhausted {
            return Ok((raises, Stop::Exhaustive));
        }
    }
    Err(CountError::TooManyRuns { runs: max_runs, increment })
}

/// Whether no project is left that costs something, has supporters and fits.
fn supported_exhausted(run: &Run<'_>, left: i64) -> bool {
    run.election.projects().iter().enumerate().all(|(project, asked)| {
        let open = asked.cost > 0 && run.profile.n_supporters(project) > 0 && run.bought_at[project] == NEVER;
        !open || asked.cost > left
    })
}

/// Whether no project is left that fits, with supporters or without.
fn all_exhausted(run: &Run<'_>, left: i64) -> bool {
    run.election.projects().iter().zip(&run.bought_at).all(|(asked, at)| *at != NEVER || asked.cost > left)
}
