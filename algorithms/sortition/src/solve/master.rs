//! The linear programme over the panels found so far, by the revised simplex method with an explicit inverse.
//!
//! One row for each kind, `Σ xₚ·aₖₚ − w·[k open] − sₖ = needₖ`, and one for `Σ xₚ = 1`; `aₖₚ` is the share of kind `k` that
//! sits in panel `p`. The rise `w` of the open kinds over their needs is made as large as possible.

use super::oracle::Counts;
use super::{Effort, SolveError};

/// What a basic variable may fall below zero by.
const FEASIBLE: f64 = 1e-12;
/// What a pivot has to exceed.
const PIVOT: f64 = 1e-9;
/// What a price has to exceed for a variable to enter.
const PRICE: f64 = 1e-11;
/// By how much needs are lowered, each by another amount, so that no two variables reach zero at once.
const NUDGE: f64 = 1e-9;
/// Pivots between two looks at the rounding error.
const LOOK: usize = 50;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Variable {
    Panel(usize),
    Slack(usize),
    Rise,
}

pub(super) struct Master {
    /// Kinds; the row of the sum comes after them.
    n_kinds: usize,
    people: Vec<f64>,
    panels: Vec<Vec<(usize, f64)>>,
    pub(super) counts: Vec<Counts>,
    open: Vec<bool>,
    need: Vec<f64>,
    nudge: Vec<f64>,
    inverse: Vec<f64>,
    basis: Vec<Variable>,
    values: Vec<f64>,
    since_look: usize,
}

impl Master {
    /// A master of at least one panel. Kinds that are not open from the start need nothing.
    pub(super) fn new(people: &[f64], counts: Vec<Counts>, open: Vec<bool>) -> Self {
        let n_kinds = people.len();
        // an irregular sequence: multiples of the golden ratio, modulo one
        let nudge: Vec<f64> =
            (0..n_kinds).map(|kind| NUDGE * (0.5 + (kind as f64 * 0.618_033_988_749_895).fract())).collect();
        let mut master = Self {
            n_kinds,
            people: people.to_vec(),
            panels: Vec::new(),
            counts: Vec::new(),
            open,
            need: nudge.iter().map(|nudge| -nudge).collect(),
            nudge,
            inverse: Vec::new(),
            basis: (0..n_kinds).map(Variable::Slack).chain([Variable::Panel(0)]).collect(),
            values: Vec::new(),
            since_look: 0,
        };
        counts.into_iter().for_each(|panel| master.add(panel));
        let m = n_kinds + 1;
        master.inverse = vec![0.0; m * m];
        for kind in 0..n_kinds {
            master.inverse[kind * m + kind] = -1.0;
        }
        for (kind, share) in master.panels.first().cloned().unwrap_or_default() {
            master.inverse[kind * m + n_kinds] = share;
        }
        master.inverse[m * m - 1] = 1.0;
        master.reckon_values();
        master
    }

    pub(super) fn add(&mut self, counts: Counts) {
        self.panels.push(counts.iter().map(|(kind, count)| (*kind, f64::from(*count) / self.people[*kind])).collect());
        self.counts.push(counts);
    }

    pub(super) fn any_open(&self) -> bool {
        self.open.iter().any(|open| *open)
    }

    fn right(&self) -> impl Iterator<Item = f64> {
        self.need.iter().copied().chain([1.0])
    }

    fn reckon_values(&mut self) {
        let m = self.n_kinds + 1;
        let right: Vec<f64> = self.right().collect();
        self.values =
            self.inverse.chunks_exact(m).map(|row| row.iter().zip(&right).map(|(a, b)| a * b).sum::<f64>()).collect();
    }

    /// A variable's column of the programme, by rows.
    fn column(&self, variable: Variable) -> Vec<(usize, f64)> {
        match variable {
            Variable::Panel(panel) => self.panels[panel].iter().copied().chain([(self.n_kinds, 1.0)]).collect(),
            Variable::Slack(kind) => vec![(kind, -1.0)],
            Variable::Rise => (0..self.n_kinds).filter(|kind| self.open[*kind]).map(|kind| (kind, -1.0)).collect(),
        }
    }

    /// What the rows are worth: the negated worth of each kind, then what the best panel known is worth.
    fn prices(&self) -> Vec<f64> {
        let m = self.n_kinds + 1;
        let rise = self.basis.iter().position(|variable| *variable == Variable::Rise);
        rise.map_or_else(|| vec![0.0; m], |row| self.inverse[row * m..(row + 1) * m].to_vec())
    }

    /// Worth of each kind's share in a panel, and the most that a known panel is worth.
    pub(super) fn worths(&self) -> (Vec<f64>, f64) {
        let mut prices = self.prices();
        let known = prices.pop().unwrap_or_default();
        (prices.into_iter().map(|price| (-price).max(0.0)).collect(), known)
    }

    pub(super) fn rise(&self) -> f64 {
        let row = self.basis.iter().position(|variable| *variable == Variable::Rise);
        row.map_or(0.0, |row| self.values[row])
    }

    /// The variable that raises the rise most, if any does.
    fn entering(&self) -> Option<Variable> {
        if !self.basis.contains(&Variable::Rise) {
            return Some(Variable::Rise);
        }
        let prices = self.prices();
        let slacks = (0..self.n_kinds).map(|kind| (prices[kind], Variable::Slack(kind)));
        let panels = self.panels.iter().enumerate().map(|(at, panel)| {
            let worth: f64 = panel.iter().map(|(kind, share)| prices[*kind] * share).sum();
            (-worth - prices[self.n_kinds], Variable::Panel(at))
        });
        let best = slacks.chain(panels).filter(|(gain, _)| *gain > PRICE);
        let best = best.fold(None, |best: Option<(f64, Variable)>, one| match best {
            Some(before) if before.0 >= one.0 => Some(before),
            _ => Some(one),
        });
        best.map(|(_, variable)| variable)
    }

    fn direction(&self, variable: Variable) -> Vec<f64> {
        let m = self.n_kinds + 1;
        let column = self.column(variable);
        self.inverse.chunks_exact(m).map(|row| column.iter().map(|(at, factor)| row[*at] * factor).sum()).collect()
    }

    /// The row that reaches zero first.
    fn leaving(&self, direction: &[f64]) -> Option<usize> {
        let ratio = |row: usize| self.values[row].max(0.0) / direction[row];
        let rows = (0..direction.len()).filter(|row| direction[*row] > PIVOT);
        rows.fold(None, |best: Option<usize>, row| match best {
            None => Some(row),
            Some(before) => {
                let (a, b) = (ratio(row), ratio(before));
                let near = (a - b).abs() <= FEASIBLE;
                let better = if near { direction[row] > direction[before] } else { a < b };
                Some(if better { row } else { before })
            }
        })
    }

    fn exchange(&mut self, row: usize, variable: Variable, direction: &[f64]) {
        let m = self.n_kinds + 1;
        let pivot = direction[row];
        let step = self.values[row] / pivot;
        for (value, slope) in self.values.iter_mut().zip(direction) {
            *value -= step * slope;
        }
        self.values[row] = step;
        let leading: Vec<f64> = self.inverse[row * m..(row + 1) * m].iter().map(|cell| cell / pivot).collect();
        for (other, slope) in direction.iter().enumerate().filter(|(other, slope)| *other != row && **slope != 0.0) {
            let cells = &mut self.inverse[other * m..(other + 1) * m];
            cells.iter_mut().zip(&leading).for_each(|(cell, lead)| *cell -= slope * lead);
        }
        self.inverse[row * m..(row + 1) * m].copy_from_slice(&leading);
        self.basis[row] = variable;
        self.since_look += 1;
    }

    /// Lets go of the panels furthest from use when there are many.
    fn prune(&mut self) {
        let m = self.n_kinds + 1;
        if self.panels.len() <= 3 * m + 100 {
            return;
        }
        let prices = self.prices();
        let worth = |panel: &[(usize, f64)]| panel.iter().map(|(kind, share)| prices[*kind] * share).sum::<f64>();
        let mut order: Vec<(bool, f64, usize)> = self
            .panels
            .iter()
            .enumerate()
            .map(|(at, panel)| (!self.basis.contains(&Variable::Panel(at)), worth(panel), at))
            .collect();
        order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
        let mut place = vec![None; self.panels.len()];
        let (mut panels, mut counts) = (Vec::new(), Vec::new());
        for (_, _, at) in order.into_iter().take(2 * m) {
            place[at] = Some(panels.len());
            panels.push(std::mem::take(&mut self.panels[at]));
            counts.push(std::mem::take(&mut self.counts[at]));
        }
        (self.panels, self.counts) = (panels, counts);
        for variable in &mut self.basis {
            if let Variable::Panel(at) = variable {
                *at = place[*at].unwrap_or_default();
            }
        }
    }

    /// As good as the known panels allow.
    pub(super) fn optimise(&mut self, effort: &mut Effort) -> Result<(), SolveError> {
        let m = self.n_kinds + 1;
        self.prune();
        for _ in 0..200 * m + 10_000 {
            if self.since_look >= LOOK {
                self.look(effort)?;
            }
            effort.spend((m * m + self.panels.len() * 16) as u64)?;
            let Some(variable) = self.entering() else { return Ok(()) };
            let direction = self.direction(variable);
            let Some(row) = self.leaving(&direction) else { return Err(SolveError::Numbers) };
            self.exchange(row, variable, &direction);
        }
        Err(SolveError::Numbers)
    }

    /// Makes the inverse anew where rounding has crept into it.
    fn look(&mut self, effort: &mut Effort) -> Result<(), SolveError> {
        self.since_look = 0;
        let m = self.n_kinds + 1;
        let mut rest: Vec<f64> = self.right().collect();
        for (variable, value) in self.basis.iter().zip(&self.values) {
            for (row, factor) in self.column(*variable) {
                rest[row] -= factor * value;
            }
        }
        if rest.iter().all(|rest| rest.abs() < 1e-13) {
            return Ok(());
        }
        effort.spend((m * m * m) as u64)?;
        self.invert()?;
        self.reckon_values();
        Ok(())
    }

    /// The inverse of the basis by Gauss and Jordan with pivots of largest size.
    fn invert(&mut self) -> Result<(), SolveError> {
        let m = self.n_kinds + 1;
        let width = 2 * m;
        let mut cells = vec![0.0; m * width];
        for (at, variable) in self.basis.iter().enumerate() {
            self.column(*variable).into_iter().for_each(|(row, factor)| cells[row * width + at] = factor);
        }
        (0..m).for_each(|row| cells[row * width + m + row] = 1.0);
        for at in 0..m {
            let best = (at..m).max_by(|a, b| cells[a * width + at].abs().total_cmp(&cells[b * width + at].abs()));
            let best = best.filter(|row| cells[row * width + at].abs() > 1e-14).ok_or(SolveError::Numbers)?;
            if best != at {
                let (upper, lower) = cells.split_at_mut(best * width);
                upper[at * width..(at + 1) * width].swap_with_slice(&mut lower[..width]);
            }
            let inverse = 1.0 / cells[at * width + at];
            let lead: Vec<f64> = cells[at * width..(at + 1) * width].iter().map(|cell| cell * inverse).collect();
            cells[at * width..(at + 1) * width].copy_from_slice(&lead);
            for row in (0..m).filter(|row| *row != at) {
                let factor = cells[row * width + at];
                if factor != 0.0 {
                    let target = &mut cells[row * width..(row + 1) * width];
                    target.iter_mut().zip(&lead).skip(at).for_each(|(cell, lead)| *cell -= factor * lead);
                }
            }
        }
        for row in 0..m {
            self.inverse[row * m..(row + 1) * m].copy_from_slice(&cells[row * width + m..(row + 1) * width]);
        }
        Ok(())
    }

    /// Ends a stage: the rise is added to the needs of the open kinds, and of these the ones named are closed. The present
    /// shares remain the shares of a basis.
    pub(super) fn close(&mut self, closing: &[usize]) -> Result<(), SolveError> {
        let (worths, _) = self.worths();
        let rise = self.rise();
        if let Some(row) = self.basis.iter().position(|variable| *variable == Variable::Rise) {
            // a closed kind's slack is zero and stays so: it takes the place of the rise
            let slack = closing.iter().copied().max_by(|a, b| worths[*a].total_cmp(&worths[*b]).then(b.cmp(a)));
            let variable = Variable::Slack(slack.ok_or(SolveError::Numbers)?);
            let direction = self.direction(variable);
            if direction[row].abs() <= PIVOT {
                return Err(SolveError::Numbers);
            }
            self.values[row] = 0.0;
            self.exchange(row, variable, &direction);
        }
        for kind in 0..self.n_kinds {
            if self.open[kind] {
                self.need[kind] += rise;
            }
        }
        closing.iter().for_each(|kind| self.open[*kind] = false);
        Ok(())
    }

    pub(super) fn is_open(&self, kind: usize) -> bool {
        self.open[kind]
    }

    /// The chance that a kind is sure of.
    pub(super) fn level(&self, kind: usize) -> f64 {
        self.need[kind] + self.nudge[kind]
    }

    /// The panels of the present lottery with their shares: without the nudges, if the basis allows that.
    pub(super) fn shares(&mut self) -> Vec<(Counts, f64)> {
        let nudged = self.values.clone();
        self.need.iter_mut().zip(&self.nudge).for_each(|(need, nudge)| *need += nudge);
        self.nudge.fill(0.0);
        self.reckon_values();
        if self.values.iter().any(|value| *value < -NUDGE) {
            self.values = nudged;
        }
        let held = self.basis.iter().zip(&self.values).filter_map(|(variable, value)| match variable {
            Variable::Panel(panel) => Some((self.counts[*panel].clone(), value.max(0.0))),
            _ => None,
        });
        held.collect()
    }
}
