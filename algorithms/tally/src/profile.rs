//! The election as one utility sees it: who supports what, with which weight, and what a unit of weight gains.

use dashu_int::UBig;

use crate::election::{BallotKind, Election, Rows, rows};
use crate::rule::Utility;

/// Twice as many fraction digits as a square root has.
const ROOT_DIGITS: u8 = 24;

/// Supporters with weights. A supporter of weight `w` gains `w · gain` from the project and pays in that proportion.
#[derive(Debug)]
pub(crate) struct Profile<'a> {
    pub(crate) election: &'a Election,
    /// What a unit of weight gains from each project; 0 where nobody gains anything.
    gains: Vec<u128>,
    /// Cost per gain in lowest terms.
    per_gain: Vec<(u128, u128)>,
    /// `None`: whoever names a project supports it with weight 1.
    weighted: Option<Weighted>,
}

#[derive(Debug)]
struct Weighted {
    /// For each project the distinct ballots that support it, ascending, and their weights.
    backers: Rows,
    weights: Vec<u32>,
    /// Weights of all choices of all distinct ballots, 0 where one does not support.
    of_choices: Vec<u32>,
    /// For each project: voters, their weights together, the largest weight.
    totals: Vec<(u32, u64, u32)>,
    /// Units of points to a unit of weight.
    common: u32,
}

impl<'a> Profile<'a> {
    /// The profile for a utility that the kind of ballots has ([`Utility::counts`]).
    pub(crate) fn new(election: &'a Election, utility: Utility) -> Self {
        let gains: Vec<u128> =
            election.projects().iter().map(|project| gain(election, utility, project.cost)).collect();
        let per_gain = election.projects().iter().zip(&gains).map(|(project, gain)| {
            let cost = u128::from(project.cost.unsigned_abs());
            let common = gcd(cost, *gain).max(1);
            (cost / common, gain / common)
        });
        let weighted = matches!(utility, Utility::Points | Utility::Borda).then(|| Weighted::new(election));
        Self { election, per_gain: per_gain.collect(), gains, weighted }
    }

    /// Whether every supporter has weight 1.
    pub(crate) fn is_uniform(&self) -> bool {
        self.weighted.is_none()
    }

    /// What a unit of weight gains from a project.
    pub(crate) fn gain(&self, project: usize) -> u128 {
        self.gains[project]
    }

    /// Cost per gain in lowest terms; only where there is a gain.
    pub(crate) fn cost_per_gain(&self, project: usize) -> (u128, u128) {
        self.per_gain[project]
    }

    /// Distinct ballots that support a project, ascending.
    pub(crate) fn backers(&self, project: usize) -> &[u32] {
        self.weighted.as_ref().map_or_else(|| self.election.backers(project), |weighted| weighted.backers.get(project))
    }

    /// Their weights; empty where all are 1.
    pub(crate) fn weights(&self, project: usize) -> &[u32] {
        self.weighted.as_ref().map_or(&[], |weighted| &weighted.weights[weighted.backers.range(project)])
    }

    /// Distinct ballots that support a project, with their weights.
    pub(crate) fn supporters(&self, project: usize) -> impl Iterator<Item = (usize, u32)> {
        let weights = self.weights(project);
        let weight = move |place| weights.get(place).copied().unwrap_or(1);
        self.backers(project).iter().enumerate().map(move |(place, ballot)| (*ballot as usize, weight(place)))
    }

    /// Voters who support a project.
    pub(crate) fn n_supporters(&self, project: usize) -> u32 {
        self.weighted
            .as_ref()
            .map_or_else(|| self.election.n_supporters(project), |weighted| weighted.totals[project].0)
    }

    /// Their weights together: below `2^54`.
    pub(crate) fn weight(&self, project: usize) -> u64 {
        let n = || u64::from(self.election.n_supporters(project));
        self.weighted.as_ref().map_or_else(n, |weighted| weighted.totals[project].1)
    }

    /// The largest weight of a supporter.
    pub(crate) fn heaviest(&self, project: usize) -> u32 {
        self.weighted.as_ref().map_or(1, |weighted| weighted.totals[project].2)
    }

    /// What one point or place weighs, as a fraction.
    pub(crate) fn weight_of_point(&self) -> (i64, u32) {
        let unit = |weighted: &Weighted| (unit_of_points(self.election.kind()), weighted.common);
        self.weighted.as_ref().map_or((1, 1), unit)
    }

    /// The projects that a distinct ballot supports, with weights.
    pub(crate) fn supported(&self, ballot: usize) -> impl Iterator<Item = (usize, u32)> {
        let weights =
            self.weighted.as_ref().map_or(&[][..], |weighted| &weighted.of_choices[self.election.range(ballot)]);
        let choices = self.election.ballot(ballot).iter().enumerate();
        choices
            .map(move |(place, project)| (*project as usize, weights.get(place).copied().unwrap_or(1)))
            .filter(|(_, weight)| *weight > 0)
    }
}

impl Weighted {
    fn new(election: &Election) -> Self {
        // Points below 0 support nothing. Weights matter only in proportion, and small ones keep bounds tight.
        let positive = |points: &i32| u32::try_from(*points).unwrap_or(0);
        let common = election.all_points().iter().map(positive).fold(0, gcd32).max(1);
        let of_choices: Vec<u32> = election.all_points().iter().map(|points| positive(points) / common).collect();
        let mut lists = vec![Vec::new(); election.projects().len()];
        let mut totals = vec![(0, 0, 0); lists.len()];
        for (ballot, n) in election.counts().iter().enumerate() {
            for (project, weight) in election.ballot(ballot).iter().zip(&of_choices[election.range(ballot)]) {
                if *weight > 0 {
                    lists[*project as usize].push((ballot as u32, *weight));
                    let total: &mut (u32, u64, u32) = &mut totals[*project as usize];
                    *total = (total.0 + n, total.1 + u64::from(*n) * u64::from(*weight), total.2.max(*weight));
                }
            }
        }
        let weights = lists.iter().flatten().map(|(_, weight)| *weight).collect();
        let backers = rows(lists.iter().map(|list| list.iter().map(|(ballot, _)| *ballot)));
        Self { backers, weights, of_choices, totals, common }
    }
}

/// All points that voters gave to each project, those below 0 taken off, in thousandths for ballots with points. Below
/// `2^54`.
pub(crate) fn scores(election: &Election) -> Vec<i64> {
    let mut scores = vec![0; election.projects().len()];
    for (ballot, n) in election.counts().iter().enumerate() {
        for (project, points) in election.ballot(ballot).iter().zip(election.points(ballot)) {
            scores[*project as usize] += i64::from(*n) * i64::from(*points);
        }
    }
    scores
}

/// What one approving voter gains from a project that costs so much, in a unit of its own for each utility. Below `2^65`.
pub(crate) fn gain(election: &Election, utility: Utility, cost: i64) -> u128 {
    match utility {
        Utility::Cost => u128::from(cost.unsigned_abs()),
        Utility::CostSqrt => {
            let shift = ROOT_DIGITS - election.scale().digits();
            let scaled = UBig::from(cost.unsigned_abs()) * UBig::from(10_u8).pow(usize::from(shift));
            u128::try_from(scaled.nth_root(2)).unwrap_or(u128::MAX)
        }
        Utility::Cardinality | Utility::Points | Utility::Borda => 1,
    }
}

/// Whether a utility looks at points or places.
pub(crate) const fn is_weighted(utility: Utility) -> bool {
    matches!(utility, Utility::Points | Utility::Borda)
}

/// How many of its units a point is worth, for people to read.
pub(crate) const fn unit_of_points(kind: BallotKind) -> i64 {
    match kind {
        BallotKind::Points => 1_000,
        BallotKind::Approval | BallotKind::Ordinal => 1,
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

fn gcd32(mut a: u32, mut b: u32) -> u32 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ElectionBuilder, Project, Scale};

    fn election(digits: u8, kind: BallotKind) -> ElectionBuilder {
        let project = |id: &str, cost| Project { id: id.to_owned(), cost };
        let projects = vec![project("a", 200), project("b", 0), project("c", crate::MAX_AMOUNT)];
        ElectionBuilder::new(Scale::new(digits).unwrap(), 100, projects).unwrap().of_kind(kind)
    }

    #[test]
    fn square_roots_are_rounded_down_at_twelve_digits() {
        let whole = election(0, BallotKind::Approval).finish();
        let cents = election(2, BallotKind::Approval).finish();
        // √200 = 14.142135623730 950…, √2 = 1.414213562373 095…
        assert_eq!(gain(&whole, Utility::CostSqrt, 200), 14_142_135_623_730);
        assert_eq!(gain(&cents, Utility::CostSqrt, 200), 1_414_213_562_373);
        let largest = gain(&whole, Utility::CostSqrt, crate::MAX_AMOUNT);
        assert_eq!(largest, 31_622_776_601_683_793_319);
        assert!(largest < 1 << 65);
        assert_eq!(gain(&whole, Utility::CostSqrt, 0), 0);
    }

    #[test]
    fn weights_are_points_above_zero_in_lowest_proportion() {
        let mut builder = election(0, BallotKind::Points);
        builder.add_points(&[0, 1], &[6_000, -4_000], 2).unwrap();
        builder.add_points(&[2, 0, 1], &[0, 9_000, 3_000], 1).unwrap();
        let election = builder.finish();
        let profile = Profile::new(&election, Utility::Points);
        let numbers = |project| (profile.n_supporters(project), profile.weight(project), profile.heaviest(project));
        assert_eq!([0, 1, 2].map(numbers), [(3, 7, 3), (1, 1, 1), (0, 0, 0)]);
        assert_eq!(scores(&election), [21_000, -5_000, 0]);
    }

    #[test]
    fn the_last_of_an_ordinal_ballot_is_no_supporter() {
        let mut builder = election(0, BallotKind::Ordinal);
        builder.add_ballot(&[2, 0, 1]).unwrap();
        builder.add_ballot(&[1]).unwrap();
        let election = builder.finish();
        let profile = Profile::new(&election, Utility::Borda);
        assert_eq!([0, 1, 2].map(|project| profile.weight(project)), [1, 0, 2]);
        // The longer ballot, whose choices begin with 0, comes first.
        assert_eq!([0, 1].map(|ballot| profile.supported(ballot).count()), [2, 0]);
        assert_eq!([0, 1, 2].map(|project| election.n_supporters(project)), [1, 2, 1]);
    }
}
