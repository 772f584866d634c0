//! Greedy by utility per cost: alone, or to complete equal shares.

use std::cmp::Ordering;

use dashu_int::UBig;

use crate::election::Election;
use crate::outcome::{Phase, Step};
use crate::profile::{gain, is_weighted, scores};
use crate::rule::Utility;

/// What the walk down the list yields.
pub(crate) struct Walk {
    pub(crate) steps: Vec<Step>,
    /// For each project that was passed over: what was left then, and how many winners there were.
    pub(crate) passed: Vec<Option<(i64, usize)>>,
}

/// What all voters together gain from a project, for each unit that it costs.
#[derive(Clone, Copy, Debug)]
enum Density {
    /// Nothing, or less: last.
    None,
    /// A fraction above 0.
    Some { gain: u128, cost: u128 },
    /// Something for nothing: first.
    Free,
}

/// Takes every project that still fits, most utility per cost first, ties by id. `done` are the winners so far.
///
/// With the cost as utility, supporters × cost / cost orders projects by supporters; one that costs nothing gains
/// nothing then, so it comes with those that have no supporters, last.
pub(crate) fn complete(election: &Election, utility: Utility, done: &[usize], phase: Phase) -> Walk {
    let projects = election.projects();
    let mut left = election.budget();
    let mut taken = vec![false; projects.len()];
    for project in done {
        taken[*project] = true;
        left -= projects[*project].cost;
    }
    let densities = densities(election, utility);
    let mut order: Vec<usize> = (0..projects.len()).filter(|project| !taken[*project]).collect();
    order.sort_unstable_by(|a, b| {
        densities[*b].cmp(&densities[*a]).then_with(|| election.rank(*a).cmp(&election.rank(*b)))
    });
    let mut walk = Walk { steps: Vec::new(), passed: vec![None; projects.len()] };
    for project in order {
        let cost = projects[project].cost;
        if cost > left {
            walk.passed[project] = Some((left, done.len() + walk.steps.len()));
            continue;
        }
        left -= cost;
        let supporters = supporters(election, utility, project);
        walk.steps.push(Step { left, ..Step::plain(project, cost, supporters, phase) });
    }
    walk
}

/// Voters who gain something from a project by its utility, its cost aside.
fn supporters(election: &Election, utility: Utility, project: usize) -> u32 {
    if !is_weighted(utility) {
        return election.n_supporters(project);
    }
    let gives = |ballot: usize| {
        let place = election.ballot(ballot).binary_search(&(project as u32));
        place.is_ok_and(|place| election.points(ballot).get(place).is_some_and(|points| *points > 0))
    };
    let backers = election.backers(project).iter().map(|ballot| *ballot as usize);
    backers.filter(|ballot| gives(*ballot)).map(|ballot| election.counts()[ballot]).sum()
}

fn densities(election: &Election, utility: Utility) -> Vec<Density> {
    let scores = is_weighted(utility).then(|| scores(election));
    let density = |project: usize| {
        let cost = election.projects()[project].cost;
        let total = match &scores {
            Some(scores) => u128::try_from(scores[project]).unwrap_or(0),
            // `gain` is below 2^65 and supporters are fewer than 2^24.
            None => u128::from(election.n_supporters(project)) * gain(election, utility, cost),
        };
        match (total, cost) {
            (0, _) => Density::None,
            (_, 0) => Density::Free,
            // The cost cancels: small numbers compare fast.
            _ if utility == Utility::Cost => Density::Some { gain: election.n_supporters(project).into(), cost: 1 },
            _ => Density::Some { gain: total, cost: cost.unsigned_abs().into() },
        }
    };
    (0..election.projects().len()).map(density).collect()
}

impl Density {
    fn cmp(&self, other: &Self) -> Ordering {
        let order = |density: &Self| match density {
            Self::None => 0,
            Self::Some { .. } => 1,
            Self::Free => 2,
        };
        let (Self::Some { gain: a, cost: of_a }, Self::Some { gain: b, cost: of_b }) = (self, other) else {
            return order(self).cmp(&order(other));
        };
        match (a.checked_mul(*of_b), b.checked_mul(*of_a)) {
            (Some(a), Some(b)) => a.cmp(&b),
            _ => (UBig::from(*a) * UBig::from(*of_b)).cmp(&(UBig::from(*b) * UBig::from(*of_a))),
        }
    }
}
