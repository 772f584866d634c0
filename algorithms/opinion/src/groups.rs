//! Finding groups among those in the conversation, and giving them the ids they had.

use crate::kmeans::{Clusters, Points, best_of, with_floor};
use crate::options::Options;
use crate::rng::SplitMix;
use crate::stability::{Quality, resampled, silhouette};

/// Groups a map may have.
pub const MAX_GROUPS: usize = 5;

/// A number of groups that was there before stays while another's silhouette is better by no more than this.
const STAYS: f64 = 0.02;
/// Different points for each further group that is tried, from two on.
const POINTS_A_GROUP: usize = 12;

/// Groups of the points that were asked about.
pub(crate) struct Found {
    /// Id of each point's group.
    pub(crate) labels: Vec<u32>,
    /// Center of each group, by ascending id.
    pub(crate) centers: Vec<[f64; 2]>,
    pub(crate) quality: Quality,
}

/// Divides points into groups. `before` is each point's group of the last division.
pub(crate) fn find(given: &[[f64; 2]], before: &[Option<u32>], options: &Options) -> Found {
    let (points, places) = Points::new(given);
    let floor = options.group_floor(given.len());
    let most = options.max_groups.min(2 + points.xy.len() / POINTS_A_GROUP);
    let mut candidates = Vec::new();
    for k in 2..=most {
        let mut rng = SplitMix::new(options.seed, k as u64);
        if let Some(clusters) = with_floor(&points, k, floor, options.restarts, &mut rng) {
            candidates.push((k, silhouette(&points, &clusters.labels, k), clusters));
        }
    }
    let silhouettes: Vec<(usize, f64)> = candidates.iter().map(|(k, value, _)| (*k, *value)).collect();
    let taken = choose(&silhouettes, number_of(before));
    let mut rng = SplitMix::new(options.seed, 0);
    let clusters = match taken.and_then(|place| candidates.into_iter().nth(place)) {
        Some((_, _, clusters)) => Some(clusters),
        None => best_of(&points, &points.weights, 1, 1, &mut rng),
    };
    let Some(clusters) = clusters else {
        return Found { labels: Vec::new(), centers: Vec::new(), quality: Quality::default() };
    };
    let (stability, group_stability) = resampled(&points, &clusters, options.resamples, &mut rng);
    let value = taken.and_then(|place| silhouettes.get(place)).map_or(0.0, |(_, value)| *value);
    let quality = Quality { silhouettes, silhouette: value, stability, group_stability };
    named(&points, &places, &clusters, before, quality)
}

fn number_of(before: &[Option<u32>]) -> usize {
    let mut ids: Vec<u32> = before.iter().flatten().copied().collect();
    ids.sort_unstable();
    ids.dedup();
    ids.len()
}

/// The place of the highest silhouette, the smaller number of equally high ones; the number there was before stays
/// while it is nearly as good.
fn choose(silhouettes: &[(usize, f64)], n_before: usize) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (place, (_, value)) in silhouettes.iter().enumerate() {
        if best.is_none_or(|(_, highest)| *value > highest) {
            best = Some((place, *value));
        }
    }
    let (place, highest) = best?;
    let stays = silhouettes.iter().position(|(k, value)| *k == n_before && value + STAYS >= highest);
    Some(stays.unwrap_or(place))
}

/// Gives each cluster the id of the group before that it shares most people with, new ones the smallest free ids, the
/// larger first, of equally large ones the one further left.
fn named(points: &Points, places: &[usize], clusters: &Clusters, before: &[Option<u32>], quality: Quality) -> Found {
    let sizes = clusters.sizes(&points.weights);
    let k = sizes.len();
    let mut order: Vec<usize> = (0..k).collect();
    let center = |i: usize| clusters.centers[i];
    order.sort_by(|a, b| {
        let by_place = center(*a)[0].total_cmp(&center(*b)[0]).then(center(*a)[1].total_cmp(&center(*b)[1]));
        sizes[*b].cmp(&sizes[*a]).then(by_place)
    });
    let mut old: Vec<u32> = before.iter().flatten().copied().collect();
    old.sort_unstable();
    old.dedup();
    let mut shared = vec![vec![0_u64; old.len()]; k];
    for (place, id) in places.iter().zip(before) {
        if let Some(column) = id.and_then(|id| old.binary_search(&id).ok()) {
            shared[clusters.labels[*place]][column] += 1;
        }
    }
    let rows: Vec<Vec<u64>> = order.iter().map(|i| shared[*i].clone()).collect();
    let matched = match_rows(&rows, old.len());
    let mut ids = vec![u32::MAX; k];
    for (i, column) in order.iter().zip(&matched) {
        ids[*i] = column.and_then(|column| old.get(column)).copied().unwrap_or(u32::MAX);
    }
    for i in &order {
        if ids[*i] == u32::MAX {
            ids[*i] = (0..).find(|id| !ids.contains(id)).unwrap_or_default();
        }
    }
    let mut by_id: Vec<usize> = (0..k).collect();
    by_id.sort_by_key(|i| ids[*i]);
    let pick = |of: &[f64]| -> Vec<f64> { by_id.iter().filter_map(|i| of.get(*i).copied()).collect() };
    Found {
        labels: places.iter().map(|place| ids[clusters.labels[*place]]).collect(),
        centers: by_id.iter().map(|i| clusters.centers[*i]).collect(),
        quality: Quality { group_stability: pick(&quality.group_stability), ..quality },
    }
}

/// For each row a column of its own, or none, so that the entries taken sum to the most; entries of 0 are not taken.
/// Rows are at most [`MAX_GROUPS`], so all ways are tried where columns are as few, and else the largest first.
fn match_rows(rows: &[Vec<u64>], n_columns: usize) -> Vec<Option<usize>> {
    if n_columns > MAX_GROUPS {
        return match_greedily(rows, n_columns);
    }
    let mut best = (0, vec![None; rows.len()]);
    let mut taken = vec![None; rows.len()];
    try_row(rows, 0, 0, &mut taken, &mut best);
    best.1
}

fn try_row(
    rows: &[Vec<u64>],
    row: usize,
    sum: u64,
    taken: &mut Vec<Option<usize>>,
    best: &mut (u64, Vec<Option<usize>>),
) {
    let Some(entries) = rows.get(row) else {
        if sum > best.0 {
            *best = (sum, taken.clone());
        }
        return;
    };
    for (column, entry) in entries.iter().enumerate().filter(|(_, entry)| **entry > 0) {
        if !taken[..row].contains(&Some(column)) {
            taken[row] = Some(column);
            try_row(rows, row + 1, sum + entry, taken, best);
        }
    }
    taken[row] = None;
    try_row(rows, row + 1, sum, taken, best);
}

fn match_greedily(rows: &[Vec<u64>], n_columns: usize) -> Vec<Option<usize>> {
    let mut entries: Vec<(u64, usize, usize)> = Vec::new();
    for (row, values) in rows.iter().enumerate() {
        entries.extend(values.iter().enumerate().filter(|(_, v)| **v > 0).map(|(column, v)| (*v, row, column)));
    }
    entries.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut matched, mut used) = (vec![None; rows.len()], vec![false; n_columns]);
    for (_, row, column) in entries {
        if matched[row].is_none() && !used[column] {
            matched[row] = Some(column);
            used[column] = true;
        }
    }
    matched
}

#[cfg(test)]
mod tests {
    use super::{choose, match_greedily, match_rows};

    #[test]
    fn the_most_people_keep_their_colour() {
        // the largest entry alone would leave 8 + 1; the best is 7 + 7
        let rows = [vec![8, 7], vec![7, 1]];
        assert_eq!(match_rows(&rows, 2), [Some(1), Some(0)]);
        assert_eq!(match_greedily(&rows, 2), [Some(0), Some(1)]);
        assert_eq!(match_rows(&[vec![0, 3], vec![0, 5], vec![0, 0]], 2), [None, Some(1), None]);
    }

    #[test]
    fn a_number_of_groups_stays_while_it_is_nearly_as_good() {
        let silhouettes = [(2, 0.40), (3, 0.41), (4, 0.30)];
        assert_eq!(choose(&silhouettes, 0), Some(1));
        assert_eq!(choose(&silhouettes, 2), Some(0));
        assert_eq!(choose(&silhouettes, 4), Some(1));
        assert_eq!(choose(&[], 2), None);
    }
}
