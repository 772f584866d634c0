//! A linear programme all of whose variables have finite bounds, solved by the dual simplex method.
//!
//! Rows are sums of columns, `r = A·x`, and rows have bounds as columns do, so the whole programme is one dictionary:
//! each basic variable is a combination of the nonbasic ones, and these sit at one of their bounds. With finite bounds
//! every basis is dual feasible once each nonbasic variable sits at the bound that its reduced cost prefers. So there is
//! one algorithm for a new objective, a new bound and the way back from it, and nothing is copied.
//! (Koberstein, *The dual simplex method, techniques for a fast and stable implementation*, 2005: bound flipping ratio
//! test, chapter 3.)

/// What a value may miss its bound by.
const FEASIBLE: f64 = 1e-9;
/// What a pivot has to exceed.
const PIVOT: f64 = 1e-8;
/// Pivots after which the dictionary is made anew from the matrix, so that rounding does not add up.
const FRESH: usize = 150;

/// What solving came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Status {
    /// The optimum.
    Optimal(f64),
    /// No values meet all bounds, or none reaches the cutoff.
    Nothing,
    /// Rounding or a cycle kept it from an end.
    Stuck,
}

pub(super) struct Dictionary {
    n_rows: usize,
    n_columns: usize,
    /// Columns of the matrix: rows with their factors.
    matrix: Vec<Vec<(usize, f64)>>,
    /// `basic[i] = Σ table[i][j] · nonbasic[j]`, by rows. Variables are columns first, then rows.
    table: Vec<f64>,
    basic: Vec<usize>,
    nonbasic: Vec<usize>,
    low: Vec<f64>,
    high: Vec<f64>,
    at_high: Vec<bool>,
    cost: Vec<f64>,
    reduced: Vec<f64>,
    values: Vec<f64>,
    since_fresh: usize,
    pivots: u64,
}

impl Dictionary {
    /// A programme of these columns; bounds of the columns, then of the rows.
    pub(super) fn new(matrix: Vec<Vec<(usize, f64)>>, bounds: &[(f64, f64)]) -> Self {
        let n_columns = matrix.len();
        let n_rows = bounds.len() - n_columns;
        let mut dictionary = Self {
            n_rows,
            n_columns,
            matrix,
            table: Vec::new(),
            basic: (n_columns..n_columns + n_rows).collect(),
            nonbasic: (0..n_columns).collect(),
            low: bounds.iter().map(|b| b.0).collect(),
            high: bounds.iter().map(|b| b.1).collect(),
            at_high: vec![false; bounds.len()],
            cost: vec![0.0; n_columns],
            reduced: vec![0.0; n_columns],
            values: vec![0.0; n_rows],
            since_fresh: 0,
            pivots: 0,
        };
        dictionary.reset();
        dictionary
    }

    /// Pivots made so far, each weighing as many steps as the table has cells.
    pub(super) fn work(&self) -> u64 {
        self.pivots * (self.n_rows * self.n_columns) as u64
    }

    pub(super) fn bounds(&self, variable: usize) -> (f64, f64) {
        (self.low[variable], self.high[variable])
    }

    pub(super) fn set_bounds(&mut self, variable: usize, (low, high): (f64, f64)) {
        self.low[variable] = low;
        self.high[variable] = high;
    }

    pub(super) fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// Sets what is to be made as large as possible: a factor for each column.
    pub(super) fn aim(&mut self, cost: &[f64]) {
        self.cost.copy_from_slice(cost);
        self.reckon_reduced();
    }

    /// The value of a basic variable by row, and which it is.
    pub(super) fn basics(&self) -> impl Iterator<Item = (usize, f64)> {
        self.basic.iter().copied().zip(self.values.iter().copied())
    }

    /// Reduced cost and variable of each nonbasic variable.
    pub(super) fn prices(&self) -> impl Iterator<Item = (usize, f64)> {
        self.nonbasic.iter().copied().zip(self.reduced.iter().copied())
    }

    /// The value of each column.
    pub(super) fn solution(&self) -> Vec<f64> {
        let mut solution = vec![0.0; self.n_columns];
        for variable in self.nonbasic.iter().copied().filter(|variable| *variable < self.n_columns) {
            solution[variable] = self.seat(variable);
        }
        for (variable, value) in self.basics().filter(|(variable, _)| *variable < self.n_columns) {
            solution[variable] = value;
        }
        solution
    }

    fn seat(&self, variable: usize) -> f64 {
        if self.at_high[variable] { self.high[variable] } else { self.low[variable] }
    }

    fn row(&self, row: usize) -> &[f64] {
        &self.table[row * self.n_columns..(row + 1) * self.n_columns]
    }

    /// Back to the matrix as it was given, with rows as the basic variables.
    fn reset(&mut self) {
        self.basic = (self.n_columns..self.n_columns + self.n_rows).collect();
        self.nonbasic = (0..self.n_columns).collect();
        self.table = vec![0.0; self.n_rows * self.n_columns];
        for (column, entries) in self.matrix.iter().enumerate() {
            for (row, factor) in entries {
                self.table[row * self.n_columns + column] = *factor;
            }
        }
        self.since_fresh = 0;
    }

    /// The same basis, reckoned anew from the matrix.
    fn refresh(&mut self) {
        let wanted: Vec<usize> = self.basic.iter().copied().filter(|variable| *variable < self.n_columns).collect();
        let stays: Vec<bool> = {
            let mut stays = vec![false; self.n_rows];
            self.basic.iter().filter_map(|v| v.checked_sub(self.n_columns)).for_each(|row| stays[row] = true);
            stays
        };
        self.reset();
        let mut free: Vec<usize> = (0..self.n_rows).filter(|row| !stays[*row]).collect();
        for variable in wanted {
            // columns have kept their places: each is exchanged once
            let weight = |row: &usize| self.table[row * self.n_columns + variable].abs();
            let best = (0..free.len()).max_by(|a, b| weight(&free[*a]).total_cmp(&weight(&free[*b])));
            let Some(best) = best.filter(|best| weight(&free[*best]) > PIVOT) else { continue };
            let row = free.swap_remove(best);
            self.exchange(row, variable);
        }
        self.since_fresh = 0;
        self.reckon_reduced();
    }

    fn reckon_reduced(&mut self) {
        let mut reduced: Vec<f64> =
            self.nonbasic.iter().map(|v| if *v < self.n_columns { self.cost[*v] } else { 0.0 }).collect();
        for (row, variable) in self.basic.iter().enumerate() {
            let cost = if *variable < self.n_columns { self.cost[*variable] } else { 0.0 };
            if cost != 0.0 {
                for (sum, factor) in reduced.iter_mut().zip(self.row(row)) {
                    *sum += cost * factor;
                }
            }
        }
        self.reduced = reduced;
    }

    /// Seats each nonbasic variable where its price prefers and reckons the basic ones.
    fn settle(&mut self) {
        for (variable, price) in self.nonbasic.iter().zip(&self.reduced) {
            if *price > 0.0 {
                self.at_high[*variable] = true;
            } else if *price < 0.0 {
                self.at_high[*variable] = false;
            }
        }
        let seats: Vec<f64> = self.nonbasic.iter().map(|variable| self.seat(*variable)).collect();
        for row in 0..self.n_rows {
            self.values[row] = self.row(row).iter().zip(&seats).map(|(factor, seat)| factor * seat).sum();
        }
    }

    fn objective(&self) -> f64 {
        self.prices().map(|(variable, price)| price * self.seat(variable)).sum()
    }

    /// Exchanges the basic variable of a row with the nonbasic one of a column.
    fn exchange(&mut self, row: usize, column: usize) {
        let width = self.n_columns;
        let inverse = 1.0 / self.table[row * width + column];
        let mut changed: Vec<f64> = self.row(row).iter().map(|factor| -factor * inverse).collect();
        changed[column] = inverse;
        for other in (0..self.n_rows).filter(|other| *other != row) {
            let cells = &mut self.table[other * width..(other + 1) * width];
            let factor = std::mem::replace(&mut cells[column], 0.0);
            if factor != 0.0 {
                cells.iter_mut().zip(&changed).for_each(|(cell, new)| *cell += factor * new);
            }
        }
        let factor = std::mem::replace(&mut self.reduced[column], 0.0);
        if factor != 0.0 {
            self.reduced.iter_mut().zip(&changed).for_each(|(cell, new)| *cell += factor * new);
        }
        self.table[row * width..(row + 1) * width].copy_from_slice(&changed);
        std::mem::swap(&mut self.basic[row], &mut self.nonbasic[column]);
        self.since_fresh += 1;
        self.pivots += 1;
    }

    /// The row whose variable misses its bounds most, with what it misses: negative below, positive above. In a careful
    /// run the row of the lowest variable.
    fn leaving(&self, careful: bool) -> Option<(usize, f64)> {
        let mut worst: Option<(usize, f64)> = None;
        for (row, (variable, value)) in self.basics().enumerate() {
            let miss = (value - self.low[variable]).min(0.0) + (value - self.high[variable]).max(0.0);
            if miss.abs() <= FEASIBLE {
                continue;
            }
            let better = match worst {
                None => true,
                Some((other, _)) if careful => variable < self.basic[other],
                Some((_, most)) => miss.abs() > most.abs(),
            };
            if better {
                worst = Some((row, miss));
            }
        }
        worst
    }

    /// The column that enters for a row, after columns that are cheaper to move to their other bound have been moved.
    /// Nothing if not even all of them bring the row within its bounds.
    fn entering(&mut self, row: usize, miss: f64, careful: bool) -> Option<usize> {
        let mut candidates: Vec<(f64, usize)> = Vec::new();
        for (column, factor) in self.row(row).iter().enumerate() {
            let variable = self.nonbasic[column];
            if factor.abs() <= PIVOT || self.high[variable] <= self.low[variable] {
                continue;
            }
            // moving the variable off its bound has to move the row towards its bounds
            let up = !self.at_high[variable];
            if (factor * -miss > 0.0) == up {
                candidates.push((self.reduced[column].abs() / factor.abs(), column));
            }
        }
        let weight = |column: usize| self.row(row)[column].abs();
        candidates.sort_by(|a, b| {
            let ties = if careful { a.1.cmp(&b.1) } else { weight(b.1).total_cmp(&weight(a.1)).then(a.1.cmp(&b.1)) };
            a.0.total_cmp(&b.0).then(ties)
        });
        let mut slope = miss.abs();
        let mut flips = Vec::new();
        let mut chosen = None;
        for (_, column) in candidates {
            let variable = self.nonbasic[column];
            let step = weight(column) * (self.high[variable] - self.low[variable]);
            if careful || slope - step <= FEASIBLE {
                chosen = Some(column);
                break;
            }
            slope -= step;
            flips.push(column);
        }
        chosen?;
        for column in flips {
            let variable = self.nonbasic[column];
            let before = self.seat(variable);
            self.at_high[variable] = !self.at_high[variable];
            self.shift(column, self.seat(variable) - before);
        }
        chosen
    }

    /// Moves a nonbasic variable by so much: the basic ones follow.
    fn shift(&mut self, column: usize, by: f64) {
        for row in 0..self.n_rows {
            self.values[row] += self.table[row * self.n_columns + column] * by;
        }
    }

    /// Brings a row to the bound that it misses.
    fn pivot(&mut self, row: usize, column: usize) {
        let (leaves, enters) = (self.basic[row], self.nonbasic[column]);
        let above = self.values[row] > self.high[leaves];
        let target = if above { self.high[leaves] } else { self.low[leaves] };
        let by = (target - self.values[row]) / self.row(row)[column];
        let entered = self.seat(enters) + by;
        self.shift(column, by);
        self.at_high[leaves] = above;
        self.exchange(row, column);
        self.values[row] = entered;
    }

    /// Solves from the present basis. Gives up as soon as it is certain that the optimum does not exceed `cutoff`.
    pub(super) fn solve(&mut self, cutoff: f64) -> Status {
        let patience = 10 * (self.n_rows + self.n_columns) + 200;
        if self.since_fresh >= FRESH {
            self.refresh();
        }
        self.settle();
        for step in 0..3 * patience {
            let careful = step > patience;
            if step == patience || self.since_fresh >= 2 * FRESH {
                self.refresh();
                self.settle();
            }
            if self.objective() <= cutoff {
                return Status::Nothing;
            }
            let Some((row, miss)) = self.leaving(careful) else { return Status::Optimal(self.objective()) };
            let Some(column) = self.entering(row, miss, careful) else { return Status::Nothing };
            self.pivot(row, column);
        }
        Status::Stuck
    }
}
