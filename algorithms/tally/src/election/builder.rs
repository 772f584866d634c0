//! Ballots one by one into an election.

use super::{
    BallotKind, Election, ElectionError, MAX_BALLOTS, MAX_CHOICES, MAX_POINTS, MAX_PROJECTS, Project, check_cost, rows,
};
use crate::intern::Interner;
use crate::money::{MAX_AMOUNT, Scale, shown};

/// Takes ballots one by one and keeps equal ones once, so that memory follows the number of different ballots.
#[derive(Clone, Debug)]
pub struct ElectionBuilder {
    scale: Scale,
    budget: i64,
    projects: Vec<Project>,
    rank: Vec<u32>,
    n_ballots: u32,
    kind: BallotKind,
    /// Choices ascending, then what each is given, as bits.
    distinct: Interner<u32>,
    counts: Vec<u32>,
    sorted: Vec<u32>,
    pairs: Vec<(u32, i32)>,
}

impl ElectionBuilder {
    /// An election without ballots.
    ///
    /// # Errors
    /// When the budget or a cost is out of bounds, an id occurs twice, or there are too many projects.
    pub fn new(scale: Scale, budget: i64, projects: Vec<Project>) -> Result<Self, ElectionError> {
        if projects.len() > MAX_PROJECTS {
            return Err(ElectionError::TooManyProjects(projects.len()));
        }
        if !(0..=MAX_AMOUNT).contains(&budget) {
            return Err(ElectionError::Budget(budget));
        }
        projects.iter().try_for_each(check_cost)?;
        let mut order: Vec<usize> = (0..projects.len()).collect();
        order.sort_unstable_by(|a, b| projects[*a].id.cmp(&projects[*b].id));
        let mut rank = vec![0; projects.len()];
        for (place, project) in order.iter().enumerate() {
            rank[*project] = place as u32;
        }
        if let Some(pair) = order.windows(2).find(|pair| projects[pair[0]].id == projects[pair[1]].id) {
            return Err(ElectionError::DuplicateProject(shown(&projects[pair[0]].id)));
        }
        let (distinct, counts, sorted) = (Interner::default(), Vec::new(), Vec::new());
        let (kind, pairs) = (BallotKind::Approval, Vec::new());
        Ok(Self { scale, budget, projects, rank, n_ballots: 0, kind, distinct, counts, sorted, pairs })
    }

    /// For ballots of this kind instead of approval. To be said before the first ballot.
    #[must_use]
    pub fn of_kind(mut self, kind: BallotKind) -> Self {
        self.kind = kind;
        self
    }

    /// Adds one ballot: the indices of the projects it names, for ordinal ballots best first, else in any order. An
    /// empty ballot counts as a voter.
    ///
    /// # Errors
    /// When an index is unknown or occurs twice, or a limit is passed; the ballot is then not added.
    pub fn add_ballot(&mut self, choices: &[u32]) -> Result<(), ElectionError> {
        self.add_ballots(choices, 1)
    }

    /// Adds `n` equal ballots; with `n` of 0 nothing.
    ///
    /// # Errors
    /// As for [`Self::add_ballot`].
    pub fn add_ballots(&mut self, choices: &[u32], n: u32) -> Result<(), ElectionError> {
        match self.kind {
            BallotKind::Approval => {
                self.sorted.clear();
                self.sorted.extend_from_slice(choices);
                self.sorted.sort_unstable();
                self.add_sorted(choices.len(), n)
            }
            BallotKind::Ordinal => self.add_pairs(choices, (0..choices.len() as i32).rev(), n),
            BallotKind::Points => self.add_points(choices, &[], n),
        }
    }

    /// Adds `n` equal ballots with points: for each choice how many, in thousandths, negative ones included.
    ///
    /// # Errors
    /// As for [`Self::add_ballot`]; and when the election is not of [`BallotKind::Points`], or the points are not one
    /// number within [`MAX_POINTS`] for each choice.
    pub fn add_points(&mut self, choices: &[u32], points: &[i32], n: u32) -> Result<(), ElectionError> {
        let bounded = points.iter().all(|points| (-MAX_POINTS..=MAX_POINTS).contains(points));
        if self.kind != BallotKind::Points || points.len() != choices.len() || !bounded {
            return Err(ElectionError::Points);
        }
        self.add_pairs(choices, points.iter().copied(), n)
    }

    fn add_pairs(&mut self, choices: &[u32], points: impl Iterator<Item = i32>, n: u32) -> Result<(), ElectionError> {
        self.pairs.clear();
        self.pairs.extend(choices.iter().copied().zip(points));
        self.pairs.sort_unstable();
        self.sorted.clear();
        self.sorted.extend(self.pairs.iter().map(|(project, _)| *project));
        self.sorted.extend(self.pairs.iter().map(|(_, points)| points.cast_unsigned()));
        self.add_sorted(choices.len(), n)
    }

    /// Adds what lies in `sorted`: so many choices, then what they are given.
    fn add_sorted(&mut self, n_choices: usize, n: u32) -> Result<(), ElectionError> {
        if n_choices > MAX_CHOICES {
            return Err(ElectionError::TooManyChoices(n_choices));
        }
        let choices = &self.sorted[..n_choices];
        if let Some(unknown) = choices.iter().find(|p| **p as usize >= self.projects.len()) {
            return Err(ElectionError::UnknownProject(*unknown));
        }
        if let Some(pair) = choices.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(ElectionError::DuplicateChoice(shown(&self.projects[pair[0] as usize].id)));
        }
        if n == 0 {
            return Ok(());
        }
        let total = self.n_ballots.checked_add(n).filter(|total| *total <= MAX_BALLOTS);
        self.n_ballots = total.ok_or(ElectionError::TooManyBallots)?;
        match self.distinct.intern(&self.sorted) {
            (_, true) => self.counts.push(n),
            (ballot, false) => self.counts[ballot] += n,
        }
        Ok(())
    }

    /// Ballots added so far.
    #[must_use]
    pub fn n_ballots(&self) -> u32 {
        self.n_ballots
    }

    /// The election.
    #[must_use]
    pub fn finish(self) -> Election {
        let valued = self.kind != BallotKind::Approval;
        let parts = |ballot: usize| {
            let key = self.distinct.get(ballot);
            key.split_at(if valued { key.len() / 2 } else { key.len() })
        };
        let points_of = |ballot: usize| parts(ballot).1.iter().map(|bits| bits.cast_signed());
        let mut order: Vec<usize> = (0..self.distinct.len()).collect();
        let by_choices = |a: usize, b: usize| parts(a).0.cmp(parts(b).0);
        order.sort_unstable_by(|a, b| by_choices(*a, *b).then_with(|| points_of(*a).cmp(points_of(*b))));
        let counts: Vec<u32> = order.iter().map(|ballot| self.counts[*ballot]).collect();
        let ballots = rows(order.iter().map(|ballot| parts(*ballot).0.iter().copied()));
        let points = order.iter().flat_map(|ballot| points_of(*ballot)).collect();
        let mut backers = vec![Vec::new(); self.projects.len()];
        let mut n_supporters = vec![0; self.projects.len()];
        for (ballot, n) in counts.iter().enumerate() {
            for project in ballots.get(ballot) {
                backers[*project as usize].push(ballot as u32);
                n_supporters[*project as usize] += n;
            }
        }
        let backers = rows(backers.into_iter().map(Vec::into_iter));
        let Self { scale, budget, projects, rank, n_ballots, kind, .. } = self;
        Election { scale, budget, projects, rank, n_ballots, kind, ballots, points, counts, backers, n_supporters }
    }
}
