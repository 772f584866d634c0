//! The product of all chances as high as possible, by column generation.
//!
//! `Σ nₖ·log πₖ` over the panels known is maximised by a primal-dual interior point method. As the objective is
//! homogeneous up to a constant, `max Σ nₖ·log (A·x)ₖ − n·Σx` over `x ≥ 0` has its optimum at `Σx = 1`, so the only
//! conditions are `gₚ = Σₖ cₖₚ/πₖ ≤ n` with equality where `xₚ > 0`. A panel that is not known yet is of use when its
//! `gₚ` exceeds `n`; how far it does bounds what is missing to the optimum.

use super::oracle::{Counts, Cover, Oracle};
use super::{Effort, SolveError};

/// How far above `n` a panel's `g` may be, as a share of `n`, when the lottery is taken to be the best.
const GAP: f64 = 1e-10;

struct Known {
    /// Kind, seats.
    panels: Vec<Counts>,
    shares: Vec<f64>,
}

struct Nash<'a> {
    people: &'a [f64],
    /// People who can be drawn at all.
    n: f64,
    known: Known,
}

/// The panels of the lottery with their shares.
pub(super) fn nash(
    oracle: &mut Oracle<'_>,
    cover: Cover,
    effort: &mut Effort,
) -> Result<Vec<(Counts, f64)>, SolveError> {
    let people = oracle.people.clone();
    let n: f64 = people.iter().zip(&cover.possible).filter(|(_, possible)| **possible).map(|(people, _)| people).sum();
    let share = 1.0 / cover.panels.len() as f64;
    let shares = vec![share; cover.panels.len()];
    let mut nash = Nash { people: &people, n, known: Known { panels: cover.panels, shares } };
    let mut gap = 1.0_f64;
    loop {
        nash.improve((gap * 0.02).max(GAP * 0.05), effort)?;
        let chances = nash.chances();
        let worth: Vec<f64> = chances.iter().map(|chance| if *chance > 0.0 { 1.0 / chance } else { 0.0 }).collect();
        let found = oracle.ask(&worth, n * (1.0 + GAP), true, effort)?;
        let fresh: Vec<(Counts, f64)> =
            found.into_iter().filter(|(panel, _)| !nash.known.panels.contains(panel)).collect();
        let Some((_, best)) = fresh.last() else {
            if gap * 0.02 <= GAP * 0.05 {
                return Ok(nash.known.panels.into_iter().zip(nash.known.shares).collect());
            }
            gap *= 0.01;
            continue;
        };
        gap = gap.min(best / n - 1.0);
        nash.drop_idle();
        for (panel, _) in fresh {
            nash.known.panels.push(panel);
            nash.known.shares.push(0.0);
        }
    }
}

impl Nash<'_> {
    /// The chance of each kind; 0 for those that no panel holds.
    fn chances(&self) -> Vec<f64> {
        let mut seats = vec![0.0; self.people.len()];
        for (panel, share) in self.known.panels.iter().zip(&self.known.shares) {
            panel.iter().for_each(|(kind, count)| seats[*kind] += share * f64::from(*count));
        }
        seats.iter().zip(self.people).map(|(seats, people)| seats / people).collect()
    }

    /// Lets go of panels without a share when there are many.
    fn drop_idle(&mut self) {
        if self.known.panels.len() < 2 * self.people.len() + 100 {
            return;
        }
        let known = std::mem::replace(&mut self.known, Known { panels: Vec::new(), shares: Vec::new() });
        let held = known.panels.into_iter().zip(known.shares).filter(|(_, share)| *share > 1e-9);
        (self.known.panels, self.known.shares) = held.unzip();
    }

    /// The best shares of the panels known, up to a gap that is a share of `n`.
    fn improve(&mut self, aim: f64, effort: &mut Effort) -> Result<(), SolveError> {
        let m = self.known.panels.len();
        let least = 1e-3 / m as f64;
        let mut x: Vec<f64> = self.known.shares.iter().map(|share| share.max(least)).collect();
        let mut slack = vec![0.0; m];
        for step in 0..200 {
            effort.spend((m * m * m / 3 + m * m * 4) as u64)?;
            self.known.shares.clone_from(&x);
            let chances = self.chances();
            let gains: Vec<f64> = self.gains(&chances);
            if step == 0 {
                slack.iter_mut().zip(&gains).for_each(|(slack, gain)| *slack = (self.n - gain).max(0.01 * self.n));
            }
            let product: f64 = x.iter().zip(&slack).map(|(x, s)| x * s).sum::<f64>() / m as f64;
            let worst = gains.iter().fold(0.0, |worst: f64, gain| worst.max(gain - self.n));
            if worst <= aim * self.n && product * m as f64 <= aim * self.n {
                break;
            }
            let mu = 0.1 * product;
            let right: Vec<f64> = x.iter().zip(&gains).map(|(x, gain)| gain - self.n + mu / x).collect();
            let diagonal: Vec<f64> = x.iter().zip(&slack).map(|(x, s)| s / x).collect();
            let dx = self.newton(&chances, &diagonal, right)?;
            let ds: Vec<f64> = (0..m).map(|p| (mu - x[p] * slack[p] - slack[p] * dx[p]) / x[p]).collect();
            let reach = |value: &[f64], change: &[f64]| {
                let steps = value.iter().zip(change).filter(|(_, c)| **c < 0.0).map(|(v, c)| -0.95 * v / c);
                steps.fold(1.0, f64::min)
            };
            let (far_x, far_s) = (reach(&x, &dx), reach(&slack, &ds));
            x.iter_mut().zip(&dx).for_each(|(x, dx)| *x += far_x * dx);
            slack.iter_mut().zip(&ds).for_each(|(s, ds)| *s += far_s * ds);
        }
        // the optimum adds up to one by itself; what rounding left is taken off
        let sum: f64 = x.iter().sum();
        self.known.shares = x.into_iter().map(|x| x / sum).collect();
        Ok(())
    }

    /// `g` of each panel known.
    fn gains(&self, chances: &[f64]) -> Vec<f64> {
        let gain = |panel: &Counts| panel.iter().map(|(kind, count)| f64::from(*count) / chances[*kind]).sum();
        self.known.panels.iter().map(gain).collect()
    }

    /// Solves `(AᵀDA + diagonal)·dx = right` with `D = n/π²`.
    fn newton(&self, chances: &[f64], diagonal: &[f64], right: Vec<f64>) -> Result<Vec<f64>, SolveError> {
        let m = right.len();
        let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); chances.len()];
        for (at, panel) in self.known.panels.iter().enumerate() {
            for (kind, count) in panel {
                holders[*kind].push((at, f64::from(*count) / (chances[*kind] * self.people[*kind].sqrt())));
            }
        }
        let mut matrix = vec![0.0; m * m];
        for held in &holders {
            for (i, (row, a)) in held.iter().enumerate() {
                held[..=i].iter().for_each(|(column, b)| matrix[row * m + column] += a * b);
            }
        }
        (0..m).for_each(|at| matrix[at * m + at] += diagonal[at] + 1e-12 * self.n);
        cholesky(&mut matrix, right)
    }
}

/// Solves a positive definite system given by its lower half.
fn cholesky(matrix: &mut [f64], mut right: Vec<f64>) -> Result<Vec<f64>, SolveError> {
    let m = right.len();
    for row in 0..m {
        for column in 0..=row {
            let (upper, lower) = matrix.split_at_mut(row * m);
            let (above, this) = if column < row {
                (&upper[column * m..column * m + column], &lower[..column])
            } else {
                (&lower[..row], &lower[..row])
            };
            let dot: f64 = above.iter().zip(this).map(|(a, b)| a * b).sum();
            let rest = lower[column] - dot;
            lower[column] = if column < row {
                rest / upper[column * m + column]
            } else if rest > 0.0 {
                rest.sqrt()
            } else {
                return Err(SolveError::Numbers);
            };
        }
    }
    for row in 0..m {
        let dot: f64 = matrix[row * m..row * m + row].iter().zip(&right).map(|(a, b)| a * b).sum();
        right[row] = (right[row] - dot) / matrix[row * m + row];
    }
    for row in (0..m).rev() {
        let value = right[row] / matrix[row * m + row];
        right[row] = value;
        (0..row).for_each(|above| right[above] -= matrix[row * m + above] * value);
    }
    Ok(right)
}
