//! How much a division into groups can be trusted: silhouettes, and agreement with resamples.

use serde::Serialize;

use crate::kmeans::{Clusters, Points, best_of, nearest, squared_distance};
use crate::rng::SplitMix;

/// Points that silhouettes are computed over; of more, as many at equal steps in the order of their places.
const SAMPLE: usize = 2_048;
/// Starts of k-means in a resample.
const RESAMPLE_STARTS: usize = 3;

/// What is known about a division.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Quality {
    /// For each number of groups that was possible, its mean silhouette, −1 to 1.
    pub silhouettes: Vec<(usize, f64)>,
    /// The mean silhouette of the division that was taken: near 1 groups are far apart, near 0 they touch.
    pub silhouette: f64,
    /// The mean adjusted Rand index between the division and those of the resamples: 1 is always the same, 0 is no
    /// better than chance. Nothing without resamples.
    pub stability: Option<f64>,
    /// For each group, the mean over the resamples of the largest Jaccard overlap with one of their groups: from 0.75
    /// on a group is stable, below 0.5 it dissolves (Hennig, *Cluster-wise assessment of cluster stability*,
    /// Computational Statistics and Data Analysis 52, 2007).
    pub group_stability: Vec<f64>,
}

/// The mean silhouette (Rousseeuw 1987) of a division of weighted points; 0 for one group.
pub(crate) fn silhouette(points: &Points, labels: &[usize], k: usize) -> f64 {
    let n = points.xy.len();
    let n_sample = n.min(SAMPLE);
    let mut groups: Vec<(Vec<[f64; 2]>, Vec<f64>)> = vec![Default::default(); k];
    for place in (0..n_sample).map(|i| i * n / n_sample.max(1)) {
        groups[labels[place]].0.push(points.xy[place]);
        groups[labels[place]].1.push(f64::from(points.weights[place]));
    }
    let totals: Vec<f64> = groups.iter().map(|(_, weights)| weights.iter().sum()).collect();
    let (mut sum, mut n_people) = (0.0, 0.0);
    for (own, (members, weights)) in groups.iter().enumerate() {
        for (point, weight) in members.iter().zip(weights) {
            n_people += weight;
            if totals[own] <= 1.0 {
                continue;
            }
            let far = |other: usize| distances(*point, &groups[other].0, &groups[other].1);
            let within = far(own) / (totals[own] - 1.0);
            let others = (0..k).filter(|other| *other != own && totals[*other] > 0.0);
            let without = others.map(|other| far(other) / totals[other]).fold(f64::INFINITY, f64::min);
            let larger = within.max(without);
            if without.is_finite() && larger > 0.0 {
                sum += weight * (without - within) / larger;
            }
        }
    }
    if n_people > 0.0 { sum / n_people } else { 0.0 }
}

/// The weighted sum of distances to some points.
fn distances(from: [f64; 2], to: &[[f64; 2]], weights: &[f64]) -> f64 {
    let (mut sums, mut rest) = ([0.0; 4], 0.0);
    let (fours, weight_fours) = (to.chunks_exact(4), weights.chunks_exact(4));
    for (point, weight) in fours.remainder().iter().zip(weight_fours.remainder()) {
        rest += weight * squared_distance(from, *point).sqrt();
    }
    for (four, weights) in fours.zip(weight_fours) {
        for ((sum, point), weight) in sums.iter_mut().zip(four).zip(weights) {
            *sum += weight * squared_distance(from, *point).sqrt();
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3]) + rest
}

/// Mean adjusted Rand index, and mean best Jaccard overlap of each group, over resamples of the people (with
/// replacement, as many as there are) on the same map.
pub(crate) fn resampled(
    points: &Points,
    clusters: &Clusters,
    n_resamples: usize,
    rng: &mut SplitMix,
) -> (Option<f64>, Vec<f64>) {
    let k = clusters.centers.len();
    if n_resamples == 0 || k < 2 {
        return (None, vec![]);
    }
    let (mut agreement, mut overlaps) = (0.0, vec![0.0; k]);
    for _ in 0..n_resamples {
        let weights = resample(&points.weights, rng);
        // fewer different people than groups: nothing agrees
        let Some(other) = best_of(points, &weights, k, RESAMPLE_STARTS, rng) else { continue };
        let labels: Vec<usize> = points.xy.iter().map(|p| nearest(*p, &other.centers).0).collect();
        let table = table(&clusters.labels, &labels, &points.weights, k);
        agreement += adjusted_rand_of(&table);
        for (overlap, best) in overlaps.iter_mut().zip(best_overlaps(&table)) {
            *overlap += best;
        }
    }
    let n = n_resamples as f64;
    (Some(agreement / n), overlaps.into_iter().map(|sum| sum / n).collect())
}

/// Weights of a resample: as many draws as people.
fn resample(weights: &[u32], rng: &mut SplitMix) -> Vec<u32> {
    let people: Vec<usize> =
        weights.iter().enumerate().flat_map(|(place, w)| std::iter::repeat_n(place, *w as usize)).collect();
    let mut drawn = vec![0; weights.len()];
    for _ in 0..people.len() {
        drawn[people[rng.below(people.len() as u64) as usize]] += 1;
    }
    drawn
}

/// How many people are in group i of the one and j of the other division.
fn table(a: &[usize], b: &[usize], weights: &[u32], k: usize) -> Vec<Vec<u64>> {
    let mut table = vec![vec![0; k]; k];
    for ((a, b), weight) in a.iter().zip(b).zip(weights) {
        table[*a][*b] += u64::from(*weight);
    }
    table
}

fn best_overlaps(table: &[Vec<u64>]) -> Vec<f64> {
    let columns: Vec<u64> = (0..table.len()).map(|j| table.iter().map(|row| row[j]).sum()).collect();
    let of_row = |row: &Vec<u64>| {
        let size: u64 = row.iter().sum();
        let overlap = |(both, column): (&u64, &u64)| *both as f64 / ((size + column - both).max(1)) as f64;
        row.iter().zip(&columns).map(overlap).fold(0.0, f64::max)
    };
    table.iter().map(of_row).collect()
}

/// The adjusted Rand index (Hubert, Arabie 1985) of two divisions of the same people: 1 when equal, about 0 by chance.
/// People who are in no group of one of them are left out; with one group in both it is 1.
#[must_use]
pub fn adjusted_rand(a: &[Option<u32>], b: &[Option<u32>]) -> f64 {
    let pairs: Vec<(u32, u32)> = a.iter().zip(b).filter_map(|(a, b)| Some(((*a)?, (*b)?))).collect();
    let ids = |of: fn(&(u32, u32)) -> u32| {
        let mut ids: Vec<u32> = pairs.iter().map(of).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    let (rows, columns) = (ids(|p| p.0), ids(|p| p.1));
    let mut table = vec![vec![0; columns.len()]; rows.len()];
    for (a, b) in &pairs {
        if let (Ok(i), Ok(j)) = (rows.binary_search(a), columns.binary_search(b)) {
            table[i][j] += 1;
        }
    }
    adjusted_rand_of(&table)
}

fn adjusted_rand_of(table: &[Vec<u64>]) -> f64 {
    let pairs = |n: u64| i128::from(n) * (i128::from(n) - 1) / 2;
    let n_columns = table.first().map_or(0, Vec::len);
    let together: i128 = table.iter().flatten().map(|n| pairs(*n)).sum();
    let rows: i128 = table.iter().map(|row| pairs(row.iter().sum())).sum();
    let columns: i128 = (0..n_columns).map(|j| pairs(table.iter().map(|row| row[j]).sum())).sum();
    let all = pairs(table.iter().flatten().sum());
    // (together − rows·columns/all) / ((rows + columns)/2 − rows·columns/all), in whole numbers
    let above = 2 * (together * all - rows * columns);
    let below = (rows + columns) * all - 2 * rows * columns;
    if below == 0 { 1.0 } else { above as f64 / below as f64 }
}

#[cfg(test)]
mod tests {
    use super::{adjusted_rand, silhouette};
    use crate::kmeans::Points;

    #[test]
    fn the_index_is_that_of_the_paper() {
        let groups = |text: &str| text.chars().map(|c| c.to_digit(10)).collect::<Vec<_>>();
        assert_eq!(adjusted_rand(&groups("001122"), &groups("112200")), 1.0);
        // scikit-learn's documentation: adjusted_rand_score([0, 0, 1, 2], [0, 0, 1, 1]) is 0.57
        assert!((adjusted_rand(&groups("0012"), &groups("0011")) - 4.0 / 7.0).abs() < 1e-15);
        assert_eq!(adjusted_rand(&groups("0011-"), &groups("00110")), 1.0);
    }

    #[test]
    fn silhouettes_follow_their_definition() {
        let given = [[0.0, 0.0], [0.0, 1.0], [4.0, 0.0], [4.0, 0.0]];
        let (points, places) = Points::new(&given);
        let labels_of: Vec<usize> = vec![0, 0, 1];
        assert_eq!(places, [0, 1, 2, 2]);
        // a = 1, b = 4 and √17; the two on one place have a = 0
        let by_hand = (0.75 + (1.0 - 1.0 / 17_f64.sqrt()) + 1.0 + 1.0) / 4.0;
        assert!((silhouette(&points, &labels_of, 2) - by_hand).abs() < 1e-15);
        assert_eq!(silhouette(&points, &[0, 0, 0], 1), 0.0);
    }
}
