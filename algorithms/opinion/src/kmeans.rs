//! Groups of points in the plane: k-means with a seeded start (Arthur, Vassilvitskii, *k-means++: the advantages of
//! careful seeding*, SODA 2007) and Lloyd's iteration.

use crate::rng::SplitMix;

/// Rounds of Lloyd's iteration at most.
const MAX_ROUNDS: usize = 100;
/// How often points that stand alone are set aside before a number of groups is given up.
const MAX_SET_ASIDE: usize = 8;

/// Different points in ascending order, with how many people stand on each.
#[derive(Clone, Debug, Default)]
pub(crate) struct Points {
    pub(crate) xy: Vec<[f64; 2]>,
    pub(crate) weights: Vec<u32>,
}

impl Points {
    /// Sorts and merges; also tells each given point's place.
    pub(crate) fn new(given: &[[f64; 2]]) -> (Self, Vec<usize>) {
        // −0 and 0 are one place
        let given: Vec<[f64; 2]> = given.iter().map(|p| p.map(|c| c + 0.0)).collect();
        let compare = |a: &[f64; 2], b: &[f64; 2]| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1]));
        let mut order: Vec<usize> = (0..given.len()).collect();
        order.sort_by(|a, b| compare(&given[*a], &given[*b]));
        let mut points = Self::default();
        let mut places = vec![0; given.len()];
        for index in order {
            if points.xy.last() == Some(&given[index]) {
                if let Some(weight) = points.weights.last_mut() {
                    *weight += 1;
                }
            } else {
                points.xy.push(given[index]);
                points.weights.push(1);
            }
            places[index] = points.xy.len() - 1;
        }
        (points, places)
    }

    pub(crate) fn n_people(&self) -> u64 {
        self.weights.iter().map(|w| u64::from(*w)).sum()
    }
}

/// A division of points: each is with its nearest center, the first of equally near ones.
#[derive(Clone, Debug)]
pub(crate) struct Clusters {
    pub(crate) centers: Vec<[f64; 2]>,
    pub(crate) labels: Vec<usize>,
    inertia: f64,
}

impl Clusters {
    /// How many people are in each.
    pub(crate) fn sizes(&self, weights: &[u32]) -> Vec<u64> {
        let mut sizes = vec![0; self.centers.len()];
        for (label, weight) in self.labels.iter().zip(weights) {
            sizes[*label] += u64::from(*weight);
        }
        sizes
    }
}

/// Place of the nearest center, and its squared distance.
pub(crate) fn nearest(point: [f64; 2], centers: &[[f64; 2]]) -> (usize, f64) {
    let mut best = (0, f64::INFINITY);
    for (place, center) in centers.iter().enumerate() {
        let squared = squared_distance(point, *center);
        if squared < best.1 {
            best = (place, squared);
        }
    }
    best
}

pub(crate) fn squared_distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (x, y) = (a[0] - b[0], a[1] - b[1]);
    x * x + y * y
}

/// The best of several starts; nothing where there are fewer than `k` different points.
pub(crate) fn best_of(
    points: &Points,
    weights: &[u32],
    k: usize,
    n_starts: usize,
    rng: &mut SplitMix,
) -> Option<Clusters> {
    let mut best: Option<Clusters> = None;
    for _ in 0..n_starts {
        let found = lloyd(points, weights, seeds(points, weights, k, rng)?);
        if best.as_ref().is_none_or(|b| found.inertia < b.inertia) {
            best = Some(found);
        }
    }
    best
}

/// Starting centers: each next one drawn in proportion to its squared distance from those before.
fn seeds(points: &Points, weights: &[u32], k: usize, rng: &mut SplitMix) -> Option<Vec<[f64; 2]>> {
    let mut chances: Vec<f64> = weights.iter().map(|w| f64::from(*w)).collect();
    let mut distances = vec![f64::INFINITY; points.xy.len()];
    let mut centers: Vec<[f64; 2]> = Vec::with_capacity(k);
    while centers.len() < k {
        let total: f64 = chances.iter().sum();
        if total <= 0.0 {
            return None;
        }
        let aim = rng.unit() * total;
        let mut sum = 0.0;
        let mut drawn = None;
        for (place, chance) in chances.iter().enumerate().filter(|(_, chance)| **chance > 0.0) {
            sum += chance;
            drawn = Some(place);
            if sum > aim {
                break;
            }
        }
        let center = *points.xy.get(drawn?)?;
        centers.push(center);
        for (place, point) in points.xy.iter().enumerate() {
            distances[place] = distances[place].min(squared_distance(*point, center));
            chances[place] = distances[place] * f64::from(weights[place]);
        }
    }
    Some(centers)
}

/// Moves centers to the mean of their points until no point changes its center.
pub(crate) fn lloyd(points: &Points, weights: &[u32], mut centers: Vec<[f64; 2]>) -> Clusters {
    let mut labels = vec![usize::MAX; points.xy.len()];
    for round in 0..=MAX_ROUNDS {
        let mut changed = false;
        for (label, point) in labels.iter_mut().zip(&points.xy) {
            let (place, _) = nearest(*point, &centers);
            changed |= *label != place;
            *label = place;
        }
        if !changed || round == MAX_ROUNDS {
            break;
        }
        let mut sums = vec![[0.0; 3]; centers.len()];
        for ((label, point), weight) in labels.iter().zip(&points.xy).zip(weights) {
            let weight = f64::from(*weight);
            let sum = &mut sums[*label];
            sum[0] += weight * point[0];
            sum[1] += weight * point[1];
            sum[2] += weight;
        }
        for (center, sum) in centers.iter_mut().zip(&sums) {
            if sum[2] > 0.0 {
                *center = [sum[0] / sum[2], sum[1] / sum[2]];
            }
        }
    }
    let of_point = |(point, weight): (&[f64; 2], &u32)| f64::from(*weight) * nearest(*point, &centers).1;
    let inertia = points.xy.iter().zip(weights).map(of_point).sum();
    Clusters { centers, labels, inertia }
}

/// The best division into `k` groups of at least `floor` people each. People who would make a smaller one stand aside
/// while the centers are found, and join the nearest afterwards. Nothing where more than a tenth would.
pub(crate) fn with_floor(
    points: &Points,
    k: usize,
    floor: usize,
    n_starts: usize,
    rng: &mut SplitMix,
) -> Option<Clusters> {
    let mut weights = points.weights.clone();
    let n_people = points.n_people();
    for _ in 0..MAX_SET_ASIDE {
        let found = best_of(points, &weights, k, n_starts, rng)?;
        let sizes = found.sizes(&weights);
        let too_small = |label: usize| sizes[label] < floor as u64;
        if !(0..k).any(too_small) {
            return Some(found);
        }
        for (weight, label) in weights.iter_mut().zip(&found.labels) {
            if too_small(*label) {
                *weight = 0;
            }
        }
        let n_aside = n_people - weights.iter().map(|w| u64::from(*w)).sum::<u64>();
        if n_aside == 0 || n_aside * 10 > n_people {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Points, best_of, with_floor};
    use crate::rng::SplitMix;

    fn square(corner: [f64; 2], side: usize) -> Vec<[f64; 2]> {
        let step = |i: usize| i as f64 * 0.1;
        (0..side * side).map(|i| [corner[0] + step(i % side), corner[1] + step(i / side)]).collect()
    }

    #[test]
    fn three_heaps_are_three_groups() {
        let given = [square([0.0, 0.0], 4), square([9.0, 0.0], 5), square([0.0, 9.0], 3)].concat();
        let (points, places) = Points::new(&given);
        let found =
            best_of(&points, &points.weights, 3, 10, &mut SplitMix::new(5, 0)).unwrap_or_else(|| unreachable!());
        let mut sizes = found.sizes(&points.weights);
        sizes.sort_unstable();
        assert_eq!(sizes, [9, 16, 25]);
        assert!((0..16).all(|i| found.labels[places[i]] == found.labels[places[0]]));
    }

    #[test]
    fn somebody_far_away_is_no_group() {
        let given = [square([0.0, 0.0], 5), square([3.0, 0.0], 5), vec![[90.0, 0.0]]].concat();
        let (points, places) = Points::new(&given);
        let mut rng = SplitMix::new(5, 0);
        let found = with_floor(&points, 2, 5, 10, &mut rng).unwrap_or_else(|| unreachable!());
        let mut sizes = found.sizes(&points.weights);
        sizes.sort_unstable();
        assert_eq!(sizes, [25, 26]);
        assert_eq!(found.labels[places[50]], found.labels[places[25]]);
        assert!(with_floor(&points, 3, 20, 10, &mut rng).is_none());
    }

    #[test]
    fn one_place_is_not_two_groups() {
        let (points, _) = Points::new(&[[1.0, -0.0], [1.0, 0.0], [1.0, 0.0]]);
        assert_eq!(points.weights, [3]);
        assert!(best_of(&points, &points.weights, 2, 3, &mut SplitMix::new(0, 0)).is_none());
    }
}
