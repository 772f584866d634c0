//! An election: a budget, projects with costs, and ballots, of which equal ones are kept once with a count.

mod builder;

use std::ops::Range;

use thiserror::Error;

pub use builder::ElectionBuilder;

use crate::money::{MAX_AMOUNT, Scale, shown};

/// Most projects of one election.
pub const MAX_PROJECTS: usize = 5_000;
/// Most ballots of one election, empty ones included.
pub const MAX_BALLOTS: u32 = 10_000_000;
/// Most projects on one ballot.
pub const MAX_CHOICES: usize = 2_000;
/// Most points that a ballot gives to a project, and takes from it, in thousandths: a million.
pub const MAX_POINTS: i32 = 1_000_000_000;

/// What ballots say about the projects they name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum BallotKind {
    /// The voter wants each of them: approval, choose-1, knapsack.
    #[default]
    Approval,
    /// The voter wants them in this order, best first.
    Ordinal,
    /// The voter gives points to each of them: cumulative, scoring.
    Points,
}

/// One project that money is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// Name that is unique in the election. Ties are broken by it, as text: `10` comes before `9`.
    pub id: String,
    /// Cost in scaled units, `0..=MAX_AMOUNT`.
    pub cost: i64,
}

/// Why an election cannot be built.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ElectionError {
    /// More than [`MAX_PROJECTS`].
    #[error("{0} projects: at most {MAX_PROJECTS} can be counted")]
    TooManyProjects(usize),
    /// The budget is outside `0..=MAX_AMOUNT`.
    #[error("a budget of {0} scaled units: it must lie between 0 and {MAX_AMOUNT}")]
    Budget(i64),
    /// A cost is outside `0..=MAX_AMOUNT`.
    #[error("project `{id}` costs {cost} scaled units: a cost must lie between 0 and {MAX_AMOUNT}")]
    Cost {
        /// The project.
        id: String,
        /// Its cost.
        cost: i64,
    },
    /// Two projects share an id.
    #[error("two projects have the id `{0}`: give each its own")]
    DuplicateProject(String),
    /// More than [`MAX_BALLOTS`].
    #[error("more than {MAX_BALLOTS} ballots")]
    TooManyBallots,
    /// More than [`MAX_CHOICES`] on one ballot.
    #[error("a ballot names {0} projects: at most {MAX_CHOICES} can be counted")]
    TooManyChoices(usize),
    /// A ballot names a project that does not exist.
    #[error("a ballot names project number {0}, which is not there: numbers start at 0")]
    UnknownProject(u32),
    /// A ballot names a project twice.
    #[error("a ballot names project `{0}` twice")]
    DuplicateChoice(String),
    /// Points beyond [`MAX_POINTS`], or not one number for each project, or for ballots that have none.
    #[error("points belong to ballots with points, one number for each project, at most a million")]
    Points,
}

/// Rows of `u32` in one buffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rows {
    pub(crate) items: Vec<u32>,
    starts: Vec<usize>,
}

impl Rows {
    pub(crate) fn get(&self, row: usize) -> &[u32] {
        &self.items[self.range(row)]
    }

    /// Where a row stands in `items`, and in whatever is kept beside them.
    pub(crate) fn range(&self, row: usize) -> Range<usize> {
        self.starts[row]..self.starts[row + 1]
    }

    /// Puts a row before row number `row`.
    fn insert_row(&mut self, row: usize, items: &[u32]) {
        let start = self.starts[row];
        self.items.splice(start..start, items.iter().copied());
        self.starts.insert(row, start);
        self.starts[row + 1..].iter_mut().for_each(|start| *start += items.len());
    }

    /// Puts an item into a row.
    fn insert_item(&mut self, row: usize, place: usize, item: u32) {
        self.items.insert(self.starts[row] + place, item);
        self.starts[row + 1..].iter_mut().for_each(|start| *start += 1);
    }
}

/// A finished election, ready to be counted. Two elections are equal when they hold the same budget, projects in
/// the same order, and ballots as a multiset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Election {
    scale: Scale,
    budget: i64,
    projects: Vec<Project>,
    /// Place of each project when all ids are sorted as text.
    rank: Vec<u32>,
    n_ballots: u32,
    kind: BallotKind,
    /// Choices of each distinct ballot, ascending; distinct ballots are sorted too.
    ballots: Rows,
    /// What each of these choices is given: points in thousandths, or for ordinal ballots the number of projects
    /// placed after it. Empty for approval.
    points: Vec<i32>,
    counts: Vec<u32>,
    /// Distinct ballots that name each project, ascending.
    backers: Rows,
    n_supporters: Vec<u32>,
}

impl Election {
    /// Fraction digits of all amounts.
    #[must_use]
    pub fn scale(&self) -> Scale {
        self.scale
    }

    /// Budget in scaled units.
    #[must_use]
    pub fn budget(&self) -> i64 {
        self.budget
    }

    /// Projects in the order in which they were given; everywhere in this crate a project is its index here.
    #[must_use]
    pub fn projects(&self) -> &[Project] {
        &self.projects
    }

    /// What ballots say.
    #[must_use]
    pub fn kind(&self) -> BallotKind {
        self.kind
    }

    /// Number of ballots, empty ones included.
    #[must_use]
    pub fn n_ballots(&self) -> u32 {
        self.n_ballots
    }

    /// Number of different ballots.
    #[must_use]
    pub fn n_distinct(&self) -> usize {
        self.counts.len()
    }

    /// Different ballots, each as its projects in ascending order and how many voters cast it.
    pub fn ballots(&self) -> impl ExactSizeIterator<Item = (&[u32], u32)> {
        self.counts.iter().enumerate().map(|(ballot, n)| (self.ballots.get(ballot), *n))
    }

    /// How many ballots name a project.
    ///
    /// # Panics
    /// If there is no such project.
    #[must_use]
    pub fn n_supporters(&self, project: usize) -> u32 {
        self.n_supporters[project]
    }

    /// The same election in which `project` costs `cost`.
    ///
    /// # Errors
    /// When there is no such project, or the cost is outside `0..=MAX_AMOUNT`.
    pub fn with_cost(&self, project: usize, cost: i64) -> Result<Self, ElectionError> {
        let mut other = self.clone();
        let asked = other.projects.get_mut(project).ok_or(ElectionError::UnknownProject(project as u32))?;
        asked.cost = cost;
        check_cost(asked)?;
        Ok(other)
    }

    /// The same election with amounts in a finer scale, so that an increment below its unit can be told. A coarser scale
    /// changes nothing.
    ///
    /// # Errors
    /// When the budget or a cost is above [`MAX_AMOUNT`] in that scale.
    pub fn finer(mut self, scale: Scale) -> Result<Self, ElectionError> {
        if scale <= self.scale {
            return Ok(self);
        }
        let factor = scale.unit() / self.scale.unit();
        self.budget = self.budget.saturating_mul(factor);
        if self.budget > MAX_AMOUNT {
            return Err(ElectionError::Budget(self.budget));
        }
        for asked in &mut self.projects {
            asked.cost = asked.cost.saturating_mul(factor);
            check_cost(asked)?;
        }
        self.scale = scale;
        Ok(self)
    }

    /// The same election with `extra` more ballots that name `project` alone. Where ballots have points or an order,
    /// each gives it as much as any ballot has given to a project.
    ///
    /// # Errors
    /// When there is no such project, or there would be more than [`MAX_BALLOTS`].
    pub fn with_supporters(&self, project: usize, extra: u32) -> Result<Self, ElectionError> {
        if project >= self.projects.len() {
            return Err(ElectionError::UnknownProject(project as u32));
        }
        let mut other = self.clone();
        let total = self.n_ballots.checked_add(extra).filter(|total| *total <= MAX_BALLOTS);
        other.n_ballots = total.ok_or(ElectionError::TooManyBallots)?;
        if extra == 0 {
            return Ok(other);
        }
        let choices = [project as u32];
        let most = [self.points.iter().copied().max().unwrap_or(1).max(1)];
        let points = if self.kind == BallotKind::Approval { &[][..] } else { &most[..] };
        let after = self.place(&choices, points);
        if after == self.n_distinct() || self.ballots.get(after) != choices || self.points(after) != points {
            let start = self.ballots.starts[after].min(self.points.len());
            other.points.splice(start..start, points.iter().copied());
            other.ballots.insert_row(after, &choices);
            other.counts.insert(after, 0);
            other.backers.items.iter_mut().filter(|row| **row >= after as u32).for_each(|row| *row += 1);
            let place = self.backers.get(project).partition_point(|row| *row < after as u32);
            other.backers.insert_item(project, place, after as u32);
        }
        other.counts[after] += extra;
        other.n_supporters[project] += extra;
        Ok(other)
    }

    /// Number of distinct ballots before this one in their order.
    fn place(&self, choices: &[u32], points: &[i32]) -> usize {
        let (mut low, mut high) = (0, self.n_distinct());
        while low < high {
            let middle = low.midpoint(high);
            if (self.ballots.get(middle), self.points(middle)) < (choices, points) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// What a distinct ballot gives to each of its choices; empty for approval.
    pub(crate) fn points(&self, ballot: usize) -> &[i32] {
        if self.points.is_empty() { &[] } else { &self.points[self.ballots.range(ballot)] }
    }

    pub(crate) fn all_points(&self) -> &[i32] {
        &self.points
    }

    /// Where the choices of a distinct ballot stand among those of all.
    pub(crate) fn range(&self, ballot: usize) -> Range<usize> {
        self.ballots.range(ballot)
    }

    pub(crate) fn ballot(&self, ballot: usize) -> &[u32] {
        self.ballots.get(ballot)
    }

    pub(crate) fn counts(&self) -> &[u32] {
        &self.counts
    }

    pub(crate) fn backers(&self, project: usize) -> &[u32] {
        self.backers.get(project)
    }

    pub(crate) fn rank(&self, project: usize) -> u32 {
        self.rank[project]
    }
}

pub(crate) fn rows(lists: impl Iterator<Item = impl Iterator<Item = u32>>) -> Rows {
    let mut rows = Rows { items: Vec::new(), starts: vec![0] };
    for list in lists {
        rows.items.extend(list);
        rows.starts.push(rows.items.len());
    }
    rows
}

fn check_cost(project: &Project) -> Result<(), ElectionError> {
    if (0..=MAX_AMOUNT).contains(&project.cost) {
        return Ok(());
    }
    Err(ElectionError::Cost { id: shown(&project.id), cost: project.cost })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(costs: &[(&str, i64)], budget: i64) -> Result<ElectionBuilder, ElectionError> {
        let projects = costs.iter().map(|(id, cost)| Project { id: (*id).to_owned(), cost: *cost });
        ElectionBuilder::new(Scale::default(), budget, projects.collect())
    }

    fn election(ballots: &[&[u32]]) -> Election {
        let mut builder = builder(&[("10", 5), ("9", 7), ("b", 1)], 20).unwrap();
        ballots.iter().for_each(|ballot| builder.add_ballot(ballot).unwrap());
        builder.finish()
    }

    #[test]
    fn merges_equal_ballots_in_any_order() {
        let one = election(&[&[0, 2], &[], &[1], &[2, 0], &[]]);
        assert_eq!(one, election(&[&[2, 0], &[2, 0], &[1], &[], &[]]));
        assert_eq!((one.n_ballots(), one.n_distinct()), (5, 3));
        assert_eq!(one.ballots().collect::<Vec<_>>(), [(&[][..], 2), (&[0, 2][..], 2), (&[1][..], 1)]);
        assert_eq!([0, 1, 2].map(|project| one.n_supporters(project)), [2, 1, 2]);
        assert_eq!([0, 1, 2].map(|project| one.rank(project)), [0, 1, 2]);
    }

    #[test]
    fn supporters_added_later_are_as_if_added_before() {
        let base: [&[u32]; 4] = [&[0, 2], &[], &[1], &[1, 2]];
        for project in 0..3_u32 {
            let mut more = base.to_vec();
            let extra = [project];
            more.extend([&extra[..]; 4]);
            assert_eq!(election(&base).with_supporters(project as usize, 4).unwrap(), election(&more));
        }
        assert_eq!(election(&base).with_supporters(1, 0).unwrap(), election(&base));
        assert!(matches!(election(&base).with_supporters(3, 1), Err(ElectionError::UnknownProject(3))));
        assert!(matches!(election(&base).with_supporters(0, MAX_BALLOTS), Err(ElectionError::TooManyBallots)));
        assert_eq!(election(&base).with_cost(1, 3).unwrap().projects()[1].cost, 3);
        assert!(matches!(election(&base).with_cost(1, -3), Err(ElectionError::Cost { .. })));
    }

    #[test]
    fn supporters_added_later_give_as_many_points_as_any_ballot() {
        let with_points = |more: &[(u32, u32)]| {
            let mut builder = builder(&[("10", 5), ("9", 7), ("b", 1)], 20).unwrap().of_kind(BallotKind::Points);
            builder.add_points(&[2, 0], &[5_000, -1_000], 1).unwrap();
            builder.add_points(&[1], &[5_000], 1).unwrap();
            builder.add_ballot(&[]).unwrap();
            more.iter().for_each(|(project, n)| builder.add_points(&[*project], &[5_000], *n).unwrap());
            builder.finish()
        };
        for project in 0..3_u32 {
            assert_eq!(with_points(&[]).with_supporters(project as usize, 4).unwrap(), with_points(&[(project, 4)]));
        }
        let mut ordinal = builder(&[("10", 5), ("9", 7), ("b", 1)], 20).unwrap().of_kind(BallotKind::Ordinal);
        ordinal.add_ballot(&[2, 1, 0]).unwrap();
        let more = ordinal.finish().with_supporters(0, 3).unwrap();
        assert_eq!((more.points(0), more.points(1), more.n_ballots()), (&[2][..], &[0, 1, 2][..], 4));
    }

    #[test]
    fn refuses_what_is_out_of_bounds() {
        assert!(
            matches!(builder(&[("a", 1), ("b", 1), ("a", 2)], 1), Err(ElectionError::DuplicateProject(id)) if id == "a")
        );
        assert!(matches!(builder(&[("a", -1)], 1), Err(ElectionError::Cost { cost: -1, .. })));
        assert!(matches!(builder(&[("a", MAX_AMOUNT + 1)], 1), Err(ElectionError::Cost { .. })));
        assert!(matches!(builder(&[], MAX_AMOUNT + 1), Err(ElectionError::Budget(_))));
        let mut builder = builder(&[("a", 1)], 1).unwrap();
        assert!(matches!(builder.add_ballot(&[1]), Err(ElectionError::UnknownProject(1))));
        assert!(matches!(builder.add_ballot(&[0, 0]), Err(ElectionError::DuplicateChoice(_))));
        assert!(matches!(builder.add_ballot(&vec![0; MAX_CHOICES + 1]), Err(ElectionError::TooManyChoices(_))));
        assert!(matches!(builder.add_ballots(&[0], MAX_BALLOTS + 1), Err(ElectionError::TooManyBallots)));
        assert!(matches!(builder.add_points(&[0], &[1], 1), Err(ElectionError::Points)));
        let mut builder = builder.of_kind(BallotKind::Points);
        for (choices, points) in [(&[0][..], &[][..]), (&[0], &[1, 2]), (&[0], &[MAX_POINTS + 1]), (&[0], &[i32::MIN])]
        {
            assert!(matches!(builder.add_points(choices, points, 1), Err(ElectionError::Points)));
        }
        assert!(matches!(builder.add_ballot(&[0]), Err(ElectionError::Points)));
        assert_eq!(builder.n_ballots(), 0);
        let many = vec![Project { id: String::new(), cost: 0 }; MAX_PROJECTS + 1];
        assert!(matches!(ElectionBuilder::new(Scale::default(), 0, many), Err(ElectionError::TooManyProjects(_))));
    }
}
