//! Whole numbers by branch and bound over a [`Dictionary`].

use super::dictionary::{Dictionary, Status};
use super::{Effort, SolveError};

/// How far from a whole number a value may be and count as one.
const WHOLE: f64 = 1e-6;

/// What a search is for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Aim {
    /// Only what exceeds this is of interest.
    pub(super) above: f64,
    /// Nodes to look at after something was found; without it the best is found and proved.
    pub(super) nodes_after: Option<u32>,
}

/// A whole solution and what it is worth.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// One number for each column.
    pub(super) counts: Vec<u32>,
    /// Sum over the objective.
    pub(super) value: f64,
}

/// A branch: a variable, its bounds before, and the half that has not been looked at.
struct Branch {
    variable: usize,
    before: (f64, f64),
    other: Option<(f64, f64)>,
}

/// Every solution that was better than all before it, in that order: the last is the best. Nothing found proves that
/// there is nothing above the aim.
///
/// # Errors
/// [`SolveError::Effort`].
pub(super) fn search(
    lp: &mut Dictionary,
    cost: &[f64],
    aim: Aim,
    effort: &mut Effort,
) -> Result<Vec<Found>, SolveError> {
    lp.aim(cost);
    let mut found: Vec<Found> = Vec::new();
    let mut open: Vec<Branch> = Vec::new();
    let (mut floor, mut after, mut spent) = (aim.above, 0, lp.work());
    loop {
        let status = lp.solve(floor);
        let work = lp.work();
        effort.spend(work - spent + 1 + lp.n_columns() as u64)?;
        spent = work;
        let mut deeper = None;
        match status {
            Status::Stuck => return Err(SolveError::Numbers),
            Status::Nothing => {}
            Status::Optimal(_) => match fractional(lp) {
                Some(split) => deeper = Some(split),
                None => {
                    let counts = whole(lp);
                    let value = counts.iter().zip(cost).map(|(count, factor)| f64::from(*count) * factor).sum();
                    if value > floor {
                        floor = value;
                        found.push(Found { counts, value });
                    }
                }
            },
        }
        after += u32::from(!found.is_empty());
        if !found.is_empty() && aim.nodes_after.is_some_and(|most| after > most) {
            break;
        }
        if let Some((variable, value)) = deeper {
            let before = lp.bounds(variable);
            let (down, up) = ((before.0, value.floor()), (value.floor() + 1.0, before.1));
            let (first, second) = if value - value.floor() > 0.5 { (up, down) } else { (down, up) };
            lp.set_bounds(variable, first);
            open.push(Branch { variable, before, other: Some(second) });
        } else if !back(lp, &mut open) {
            return Ok(found);
        }
    }
    for branch in open.into_iter().rev() {
        lp.set_bounds(branch.variable, branch.before);
    }
    Ok(found)
}

/// To the nearest half that has not been looked at.
fn back(lp: &mut Dictionary, open: &mut Vec<Branch>) -> bool {
    while let Some(mut branch) = open.pop() {
        if let Some(half) = branch.other.take() {
            lp.set_bounds(branch.variable, half);
            open.push(branch);
            return true;
        }
        lp.set_bounds(branch.variable, branch.before);
    }
    false
}

/// The variable to branch on: a row before a column, and the one nearest to a half.
fn fractional(lp: &Dictionary) -> Option<(usize, f64)> {
    let n_columns = lp.n_columns();
    let distance = |value: f64| (value - value.round()).abs();
    let split = |rows: bool| {
        lp.basics()
            .filter(|(variable, value)| (*variable >= n_columns) == rows && distance(*value) > WHOLE)
            .max_by(|a, b| distance(a.1).total_cmp(&distance(b.1)).then(b.0.cmp(&a.0)))
    };
    split(true).or_else(|| split(false))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number between finite bounds")]
fn whole(lp: &Dictionary) -> Vec<u32> {
    lp.solution().iter().map(|value| value.round().max(0.0) as u32).collect()
}
