//! The leading eigenvectors of a symmetric positive semidefinite operator that is only known by what it does to
//! vectors: block Krylov subspaces with Rayleigh–Ritz and restarts (Saad, *Numerical methods for large eigenvalue
//! problems*, 2011, chapters 5 to 7).
//!
//! A block of four starts together, so that equal eigenvalues are found with all their vectors. The start is fixed and
//! every sum has a fixed order; nothing but the four operations and square roots is used, so the result is the same on
//! every machine.

use crate::rng::SplitMix;

/// Vectors that the operator is applied to at once.
pub(crate) const BLOCK: usize = 4;
/// Vectors of a basis before it is restarted.
const BASIS: usize = 40;
/// Vectors that a restart keeps.
const KEPT: usize = 8;
/// Restarts at most: some 400 applications of the operator.
const MAX_CYCLES: usize = 40;
/// Residual at which a vector is taken, in parts of the largest eigenvalue.
const TOLERANCE: f64 = 1e-12;
/// Length at which what is left of a unit vector is rounding.
const NOTHING: f64 = 1e-10;

/// A vector of the operator's space for each place of a block.
pub(crate) type Block = Vec<[f64; BLOCK]>;

/// The `n_wanted` largest eigenvalues of an operator on `n` dimensions with their unit vectors, the largest first;
/// fewer where the space has fewer dimensions.
pub(crate) fn leading(n: usize, n_wanted: usize, apply: impl Fn(&Block) -> Block) -> Vec<(f64, Vec<f64>)> {
    let mut stream = SplitMix::new(1, 0);
    let start: Block = (0..n).map(|_| std::array::from_fn(|_| stream.unit() - 0.5)).collect();
    // images from the beginning: where the operator gives nothing, vectors are zero and not rounding
    let mut fresh = vectors_of(&apply(&start), BLOCK);
    let mut basis = Basis::default();
    let mut pairs = Vec::new();
    for _ in 0..MAX_CYCLES {
        while basis.q.len() < BASIS.min(n) {
            let n_added = basis.extend(&fresh, n);
            if n_added == 0 {
                break;
            }
            basis.apply(n, n_added, &apply);
            fresh = basis.image[basis.image.len() - n_added..].to_vec();
        }
        let (values, vectors) = jacobi(basis.projected());
        let ritz = basis.combined(&values, &vectors);
        pairs = values.iter().copied().zip(ritz.q.iter().cloned()).take(n_wanted).collect();
        let largest = values.first().copied().unwrap_or_default().max(0.0);
        let residuals: Vec<Vec<f64>> = ritz.residuals(&values).into_iter().take(BLOCK).collect();
        let exact = basis.q.len() >= n || basis.q.len() < BASIS;
        if exact || residuals.iter().take(n_wanted).all(|r| length(r) <= TOLERANCE * largest) {
            break;
        }
        basis = ritz;
        fresh = residuals;
    }
    pairs
}

/// An orthonormal basis and what the operator makes of it.
#[derive(Default)]
struct Basis {
    q: Vec<Vec<f64>>,
    image: Vec<Vec<f64>>,
}

impl Basis {
    /// Adds what is new in some vectors, and tells how many were.
    fn extend(&mut self, fresh: &[Vec<f64>], n: usize) -> usize {
        let before = self.q.len();
        for vector in fresh {
            let mut vector = vector.clone();
            let size = length(&vector);
            if size == 0.0 || self.q.len() >= n {
                continue;
            }
            scale(&mut vector, 1.0 / size);
            // twice is enough (Kahan, Parlett)
            for _ in 0..2 {
                for q in &self.q {
                    let shared = dot(q, &vector);
                    subtract(&mut vector, shared, q);
                }
            }
            let left = length(&vector);
            if left > NOTHING {
                scale(&mut vector, 1.0 / left);
                self.q.push(vector);
            }
        }
        self.q.len() - before
    }

    /// Applies the operator to the last vectors.
    fn apply(&mut self, n: usize, n_added: usize, apply: &impl Fn(&Block) -> Block) {
        let added = &self.q[self.q.len() - n_added..];
        let block: Block = (0..n).map(|i| std::array::from_fn(|b| added.get(b).map_or(0.0, |q| q[i]))).collect();
        self.image.extend(vectors_of(&apply(&block), n_added));
    }

    /// The operator in this basis.
    fn projected(&self) -> Vec<Vec<f64>> {
        let both = |i: usize, j: usize| dot(&self.q[i], &self.image[j]);
        let entry = |i: usize, j: usize| 0.5 * (both(i, j) + both(j, i));
        let lower: Vec<Vec<f64>> = (0..self.q.len()).map(|i| (0..=i).map(|j| entry(i, j)).collect()).collect();
        let at = |i: usize, j: usize| lower[i.max(j)][i.min(j)];
        (0..lower.len()).map(|i| (0..lower.len()).map(|j| at(i, j)).collect()).collect()
    }

    /// The first Ritz vectors and their images.
    fn combined(&self, values: &[f64], vectors: &[Vec<f64>]) -> Self {
        let n_kept = KEPT.min(values.len());
        let combine = |of: &[Vec<f64>], weights: &[f64]| {
            let mut sum = vec![0.0; of.first().map_or(0, Vec::len)];
            for (vector, weight) in of.iter().zip(weights) {
                subtract(&mut sum, -weight, vector);
            }
            sum
        };
        let kept = &vectors[..n_kept];
        let q = kept.iter().map(|weights| combine(&self.q, weights)).collect();
        let image = kept.iter().map(|weights| combine(&self.image, weights)).collect();
        Self { q, image }
    }

    /// What is missing for each to be an eigenvector.
    fn residuals(&self, values: &[f64]) -> Vec<Vec<f64>> {
        let pairs = self.q.iter().zip(&self.image).zip(values);
        pairs
            .map(|((q, image), value)| {
                let mut residual = image.clone();
                subtract(&mut residual, *value, q);
                residual
            })
            .collect()
    }
}

fn vectors_of(block: &Block, n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|b| block.iter().map(|row| row[b]).collect()).collect()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // four sums side by side, in a fixed order, so that the processor need not wait for each addition
    let mut sums = [0.0; 4];
    let (a_fours, b_fours) = (a.chunks_exact(4), b.chunks_exact(4));
    let rest: f64 = a_fours.remainder().iter().zip(b_fours.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a_fours.zip(b_fours) {
        for (sum, (x, y)) in sums.iter_mut().zip(x.iter().zip(y)) {
            *sum += x * y;
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

fn length(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

fn scale(a: &mut [f64], by: f64) {
    a.iter_mut().for_each(|x| *x *= by);
}

fn subtract(a: &mut [f64], times: f64, b: &[f64]) {
    a.iter_mut().zip(b).for_each(|(x, y)| *x -= times * y);
}

/// All eigenvalues of a small symmetric matrix, the largest first, with their unit vectors, by cyclic Jacobi rotations
/// (Golub, Van Loan, *Matrix computations*, section 8.5).
pub(crate) fn jacobi(mut a: Vec<Vec<f64>>) -> (Vec<f64>, Vec<Vec<f64>>) {
    let n = a.len();
    let mut v: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..60 {
        let diagonal: f64 = (0..n).map(|i| a[i][i] * a[i][i]).sum();
        let outside: f64 = (0..n).map(|i| (0..i).map(|j| a[i][j] * a[i][j]).sum::<f64>()).sum();
        if outside <= 1e-32 * diagonal || outside == 0.0 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                if a[p][q] != 0.0 {
                    rotate(&mut a, &mut v, p, q);
                }
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|i, j| a[*j][*j].total_cmp(&a[*i][*i]));
    let values = order.iter().map(|i| a[*i][*i]).collect();
    (values, order.iter().map(|i| v[*i].clone()).collect())
}

/// Makes the entry at (p, q) zero. The rows of `v` are the vectors.
fn rotate(a: &mut [Vec<f64>], v: &mut [Vec<f64>], p: usize, q: usize) {
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    let turn = |x: &mut f64, y: &mut f64| (*x, *y) = (c * *x - s * *y, s * *x + c * *y);
    for row in a.iter_mut() {
        let (mut x, mut y) = (row[p], row[q]);
        turn(&mut x, &mut y);
        (row[p], row[q]) = (x, y);
    }
    for of in [a, v] {
        let (before, after) = of.split_at_mut(q);
        before[p].iter_mut().zip(after[0].iter_mut()).for_each(|(x, y)| turn(x, y));
    }
}

#[cfg(test)]
mod tests {
    use super::{Block, jacobi, leading};

    #[test]
    fn a_known_matrix_is_taken_apart() {
        let (values, vectors) = jacobi(vec![vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((values[0] - 3.0).abs() < 1e-14 && (values[1] - 1.0).abs() < 1e-14);
        assert!((vectors[0][0].abs() - 0.5_f64.sqrt()).abs() < 1e-14 && vectors[0][0] * vectors[0][1] > 0.0);
    }

    #[test]
    fn a_long_diagonal_gives_its_largest_entries() {
        // the largest two are close, the third equals the second
        let entries: Vec<f64> =
            (0..300).map(|i| if i < 3 { [5.0, 4.9, 4.9][i] } else { 4.0 / f64::from(i as u32) }).collect();
        let apply = |x: &Block| -> Block { x.iter().zip(&entries).map(|(row, e)| row.map(|y| e * y)).collect() };
        let found = leading(300, 2, apply);
        assert!((found[0].0 - 5.0).abs() < 1e-11 && (found[0].1[0].abs() - 1.0).abs() < 1e-9);
        assert!((found[1].0 - 4.9).abs() < 1e-11);
        assert!((found[1].1[1].powi(2) + found[1].1[2].powi(2) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn nothing_has_no_direction() {
        assert!(leading(0, 2, |x: &Block| x.clone()).is_empty());
        let zero = leading(3, 2, |x: &Block| x.iter().map(|_| [0.0; 4]).collect());
        assert!(zero.iter().all(|(value, _)| *value == 0.0));
    }
}
