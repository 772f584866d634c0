//! Greedy by number of supporters: alone, or to complete equal shares.

use crate::election::Election;
use crate::outcome::{Phase, Step};

/// What the walk down the list yields.
pub(crate) struct Walk {
    pub(crate) steps: Vec<Step>,
    /// For each project that was passed over: what was left then, and how many winners there were.
    pub(crate) passed: Vec<Option<(i64, usize)>>,
}

/// Takes every project that still fits, most supporters first, ties by id.
///
/// With the cost as gain, supporters × cost / cost orders projects; one that costs nothing gains nothing, so it
/// comes with those that have no supporters, last. `done` are the winners so far.
pub(crate) fn complete(election: &Election, done: &[usize], phase: Phase) -> Walk {
    let projects = election.projects();
    let mut left = election.budget();
    let mut taken = vec![false; projects.len()];
    for project in done {
        taken[*project] = true;
        left -= projects[*project].cost;
    }
    let gain = |project: usize| if projects[project].cost > 0 { election.n_supporters(project) } else { 0 };
    let mut order: Vec<usize> = (0..projects.len()).filter(|project| !taken[*project]).collect();
    order.sort_unstable_by_key(|project| (std::cmp::Reverse(gain(*project)), election.rank(*project)));
    let mut walk = Walk { steps: Vec::new(), passed: vec![None; projects.len()] };
    for project in order {
        let cost = projects[project].cost;
        if cost > left {
            walk.passed[project] = Some((left, done.len() + walk.steps.len()));
            continue;
        }
        left -= cost;
        let supporters = election.n_supporters(project);
        walk.steps.push(Step { project, cost, supporters, phase, left, price: None, full_payers: None });
    }
    walk
}
