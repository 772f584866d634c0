//! The panel that is worth most when each kind of people has a worth: the step that column generation rests on.

use std::collections::BTreeSet;

use super::dictionary::Dictionary;
use super::search::{Aim, search};
use super::{Effort, SolveError};
use crate::kinds::Problem;

/// A panel by kinds: kind and number of members, in order of kinds.
pub(super) type Counts = Vec<(usize, u32)>;

/// Panels to begin with, and who can be drawn at all.
pub(super) struct Cover {
    pub(super) panels: Vec<Counts>,
    /// Whether a kind is in any panel.
    pub(super) possible: Vec<bool>,
}

pub(super) struct Oracle<'a> {
    problem: &'a Problem,
    lp: Dictionary,
    /// People of each kind.
    pub(super) people: Vec<f64>,
}

/// What every panel has to meet.
pub(super) struct Programme {
    /// For each kind its rows with their factors: size, features, then classes of several kinds.
    pub(super) matrix: Vec<Vec<(usize, f64)>>,
    /// Bounds of the kinds, then of the rows.
    pub(super) bounds: Vec<(f64, f64)>,
}

pub(super) fn programme(problem: &Problem) -> Programme {
    let n_features = problem.quotas.features().count();
    let mut matrix: Vec<Vec<(usize, f64)>> = problem
        .kinds
        .iter()
        .map(|kind| std::iter::once(0).chain(kind.features.iter().map(|row| row + 1)).map(|row| (row, 1.0)).collect())
        .collect();
    let size = f64::from(problem.size);
    let mut bounds: Vec<(f64, f64)> =
        problem.kinds.iter().map(|kind| (0.0, f64::from(kind.most().min(problem.size)))).collect();
    bounds.push((size, size));
    let quota = |f: &crate::Feature| (f64::from(f.min.min(problem.size + 1)), f64::from(f.max.min(problem.size + 1)));
    bounds.extend(problem.quotas.features().map(|(_, feature)| quota(feature)));
    let several = problem.classes.iter().filter(|class| class.len() > 1);
    for (row, class) in (n_features + 1..).zip(several) {
        let households = class.first().map_or(0, |kind| problem.kinds[*kind].most());
        bounds.push((0.0, f64::from(households.min(problem.size))));
        for kind in class {
            matrix[*kind].push((row, 1.0));
        }
    }
    Programme { matrix, bounds }
}

impl<'a> Oracle<'a> {
    pub(super) fn new(problem: &'a Problem) -> Self {
        let Programme { matrix, bounds } = programme(problem);
        let people = problem.kinds.iter().map(|kind| kind.people() as f64).collect();
        Self { problem, lp: Dictionary::new(matrix, &bounds), people }
    }

    pub(super) fn size(&self) -> f64 {
        f64::from(self.problem.size)
    }

    /// Panels worth more than `above`, the best last, each with its worth; none proves that there is none. With `quick`
    /// the best may be missed.
    pub(super) fn ask(
        &mut self,
        worth: &[f64],
        above: f64,
        quick: bool,
        effort: &mut Effort,
    ) -> Result<Vec<(Counts, f64)>, SolveError> {
        // worths near one, so that the tolerances mean the same always
        let scale = worth.iter().fold(0.0_f64, |most, one| most.max(one.abs()));
        let scale = if scale > 0.0 { scale } else { 1.0 };
        let scaled: Vec<f64> = worth.iter().map(|one| one / scale).collect();
        let aim = Aim { above: above / scale, nodes_after: quick.then_some(20) };
        let found = search(&mut self.lp, &scaled, aim, effort)?;
        let mut panels = Vec::new();
        for one in found {
            let counts: Counts = one.counts.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
            if !self.problem.admits(&counts) {
                return Err(SolveError::Numbers);
            }
            panels.push((counts, one.value * scale));
        }
        Ok(panels)
    }

    /// Panels that together hold every kind that any panel can hold.
    pub(super) fn cover(&mut self, effort: &mut Effort) -> Result<Cover, SolveError> {
        let n_kinds = self.people.len();
        let (mut panels, mut known) = (Vec::new(), BTreeSet::new());
        let mut possible = vec![false; n_kinds];
        let mut take = |panel: Counts, possible: &mut Vec<bool>| {
            panel.iter().for_each(|(kind, _)| possible[*kind] = true);
            if known.insert(panel.clone()) {
                panels.push(panel);
            }
        };
        loop {
            let worth: Vec<f64> =
                possible.iter().zip(&self.people).map(|(p, n)| if *p { 0.0 } else { 1.0 / n }).collect();
            let first = possible.iter().all(|possible| !possible);
            let above = if first { f64::NEG_INFINITY } else { 0.0 };
            let Some((panel, _)) = self.ask(&worth, above, true, effort)?.pop() else { break };
            take(panel, &mut possible);
            if possible.iter().all(|possible| *possible) {
                break;
            }
        }
        Ok(Cover { panels, possible })
    }
}
