//! The map's two axes: principal components of the votes, where a missing vote says nothing.

use crate::conversation::{Cell, Conversation};
use crate::counts::Count;
use crate::eigen::{BLOCK, Block, leading};

/// Below this part of the first variance, a second direction is rounding.
const NO_VARIANCE: f64 = 1e-12;
/// Loadings so near to the largest are as large.
const AS_LARGE: f64 = 1e-9;

/// Principal components of a conversation, over all its participants. Columns that do not count are zero; a missing
/// vote is the column's mean, so that it moves nobody. The largest loading of an axis is positive.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Mean vote of each statement, −1 to 1; 0 for those that do not count.
    pub center: Vec<f64>,
    /// Loadings of each statement on each axis; an axis has length 1, or 0 where nothing varies along it.
    pub axes: [Vec<f64>; 2],
    /// Variance along each axis.
    pub variance: [f64; 2],
    /// Variance of all statements together.
    pub total_variance: f64,
}

impl Components {
    /// Computes them. `counts` are everybody's, by statement; `counted` tells which statements take part.
    #[must_use]
    pub fn new(conversation: &Conversation, counts: &[Count], counted: &[bool]) -> Self {
        let n = conversation.statements().len();
        let of = |column: usize| match counted.get(column) {
            Some(true) => counts.get(column).copied().unwrap_or_default(),
            _ => Count::default(),
        };
        let center: Vec<f64> = (0..n).map(|column| mean(&of(column))).collect();
        let total: f64 = (0..n).map(|column| squares(&of(column))).sum();
        let votes = Votes::new(conversation, &center, counted);
        let mut pairs = leading(n, 2, |block| votes.apply(block)).into_iter();
        let first = pairs.next().unwrap_or_default();
        let second = pairs.next().unwrap_or_default();
        let floor = first.0.max(0.0) * NO_VARIANCE;
        let axis = |(value, vector): (f64, Vec<f64>)| {
            if value > floor && total > 0.0 { (value, sign_fixed(vector)) } else { (0.0, vec![0.0; n]) }
        };
        let (first, second) = (axis(first), axis(second));
        let degrees = conversation.participants().len().saturating_sub(1).max(1) as f64;
        Self {
            center,
            variance: [first.0 / degrees, second.0 / degrees],
            axes: [first.1, second.1],
            total_variance: total / degrees,
        }
    }

    /// The part of the variance that each axis shows, 0 to 1.
    #[must_use]
    pub fn explained(&self) -> [f64; 2] {
        self.variance.map(|v| if self.total_variance > 0.0 { v / self.total_variance } else { 0.0 })
    }

    /// Where somebody with these votes stands; nothing without a vote that counts. It is scaled by √(n/votes), n the
    /// number of statements that count, so that few votes do not mean the middle.
    pub(crate) fn project(&self, row: &[Cell], counted: &[bool]) -> Option<[f64; 2]> {
        let n = counted.iter().filter(|c| **c).count();
        let (mut point, mut n_votes) = ([0.0; 2], 0_u32);
        for cell in row {
            let column = cell.column as usize;
            let (Some(true), Some(center)) = (counted.get(column), self.center.get(column)) else { continue };
            n_votes += 1;
            for (coordinate, axis) in point.iter_mut().zip(&self.axes) {
                *coordinate += (cell.vote.number() - center) * axis.get(column).copied().unwrap_or_default();
            }
        }
        let scale = (n as f64 / f64::from(n_votes.max(1))).sqrt();
        (n_votes > 0).then(|| point.map(|coordinate| coordinate * scale))
    }

    /// For each statement, how far from the middle somebody stands who only agreed with it.
    #[must_use]
    pub fn extremity(&self) -> Vec<f64> {
        let scale = (self.center.len() as f64).sqrt();
        let columns = self.center.iter().zip(self.axes[0].iter().zip(&self.axes[1]));
        columns.map(|(center, (x, y))| scale * (1.0 - center).abs() * (x * x + y * y).sqrt()).collect()
    }
}

fn mean(count: &Count) -> f64 {
    if count.votes == 0 {
        return 0.0;
    }
    (f64::from(count.agree) - f64::from(count.disagree)) / f64::from(count.votes)
}

/// Sum of squared differences from the mean.
fn squares(count: &Count) -> f64 {
    let sum = f64::from(count.agree) - f64::from(count.disagree);
    f64::from(count.agree) + f64::from(count.disagree) - sum * mean(count)
}

/// Turns an axis so that its largest loading is positive; of equally large ones the first decides.
fn sign_fixed(mut axis: Vec<f64>) -> Vec<f64> {
    let largest = axis.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let decides = axis.iter().find(|x| x.abs() >= largest * (1.0 - AS_LARGE));
    if decides.is_some_and(|x| *x < 0.0) {
        axis.iter_mut().for_each(|x| *x = -*x);
    }
    axis
}

/// Differences from the mean where somebody voted; everything else is zero. Rows are in the order of what they say,
/// and equal ones are kept once, so that neither ids nor the order of input change a sum.
struct Votes {
    starts: Vec<usize>,
    weights: Vec<f64>,
    columns: Vec<u32>,
    values: Vec<f64>,
}

impl Votes {
    fn new(conversation: &Conversation, center: &[f64], counted: &[bool]) -> Self {
        let mut order: Vec<usize> = (0..conversation.participants().len()).collect();
        let said = |index: usize| {
            let row = conversation.row(index).iter();
            row.map(|cell| (cell.column, cell.vote)).filter(|(column, _)| counted.get(*column as usize) == Some(&true))
        };
        order.sort_by(|a, b| said(*a).cmp(said(*b)));
        let (columns, values) = (Vec::new(), Vec::new());
        let mut votes = Self { starts: vec![0], weights: Vec::new(), columns, values };
        let mut last = None;
        for index in order {
            if last.is_some_and(|before| said(before).eq(said(index))) {
                if let Some(weight) = votes.weights.last_mut() {
                    *weight += 1.0;
                }
                continue;
            }
            last = Some(index);
            for (column, vote) in said(index) {
                votes.columns.push(column);
                votes.values.push(vote.number() - center.get(column as usize).copied().unwrap_or_default());
            }
            votes.starts.push(votes.columns.len());
            votes.weights.push(1.0);
        }
        votes
    }

    /// XᵀX on a block of vectors.
    fn apply(&self, block: &Block) -> Block {
        let mut image = vec![[0.0; BLOCK]; block.len()];
        for (range, weight) in self.starts.windows(2).zip(&self.weights) {
            let &[from, to] = range else { continue };
            let (columns, values) = (&self.columns[from..to], &self.values[from..to]);
            let mut sums = [0.0; BLOCK];
            for (column, value) in columns.iter().zip(values) {
                let row = &block[*column as usize];
                sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += value * x);
            }
            sums.iter_mut().for_each(|sum| *sum *= weight);
            for (column, value) in columns.iter().zip(values) {
                let row = &mut image[*column as usize];
                row.iter_mut().zip(&sums).for_each(|(x, sum)| *x += value * sum);
            }
        }
        image
    }
}
