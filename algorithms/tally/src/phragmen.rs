//! Sequential Phragmén: Brill, Freeman, Janson, Lackner, *Phragmén's voting methods and justified representation*,
//! AAAI 2017, with costs as in Los, Christoff, Grossi, *Proportional budget allocations*, IJCAI 2022.
//!
//! A ballot's load is that of the last winner it supports, or 0. So the loads of a project's supporters together are a
//! sum of earlier winners' loads with voters as coefficients ([`Candidate::voters`]), and a winner's load is that sum and
//! its cost, divided by its supporters. Loads never fall, so projects wait in the order of their last lower bound.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use dashu_int::IBig;
use dashu_ratio::RBig;

use crate::election::Election;
use crate::outcome::{Phase, Ratio, Step, Stop};

/// A load is below twice the budget, so below `2^51`; with so many fraction bits the loads of `2^24` voters add up
/// within 127 bits.
const FRACTION_BITS: u32 = 50;

/// What a count by Phragmén yields.
pub(crate) struct Loaded {
    pub(crate) steps: Vec<Step>,
    pub(crate) stop: Stop,
    /// The projects that stopped the count: least load, but not all of them fit.
    pub(crate) stopped_by: Vec<usize>,
}

/// A winner's load: bounds of `load · 2^FRACTION_BITS`, and the exact value.
struct Load {
    lo: u128,
    hi: u128,
    exact: RBig,
}

/// A project whose load is looked at.
struct Candidate {
    project: usize,
    lo: u128,
    hi: u128,
    /// Supporters by the winner (step) whose load they bear; those who bear none are left out.
    voters: Vec<(u32, u32)>,
}

struct Count<'a> {
    election: &'a Election,
    /// For each distinct ballot the last winner it supports.
    last: Vec<u32>,
    loads: Vec<Load>,
    steps: Vec<Step>,
    left: i64,
}

const NONE: u32 = u32::MAX;

/// Counts. Projects that cost more than the budget take no part. Of projects with equal loads the first by id is taken,
/// but if one of them does not fit the count ends. Without supporters a load is infinite.
pub(crate) fn count(election: &Election) -> Loaded {
    let last = vec![NONE; election.n_distinct()];
    let mut count = Count { election, last, loads: Vec::new(), steps: Vec::new(), left: election.budget() };
    let open = (0..election.projects().len()).filter(|p| election.projects()[*p].cost <= election.budget());
    let (supported, unsupported): (Vec<usize>, Vec<usize>) = open.partition(|p| election.n_supporters(*p) > 0);
    let mut queue: BinaryHeap<(Reverse<u128>, Reverse<usize>)> =
        supported.into_iter().map(|project| (Reverse(count.candidate(project).lo), Reverse(project))).collect();
    while let Some(tied) = count.least(&mut queue) {
        if let Some(stopped_by) = count.stopped(&tied) {
            return count.loaded(Stop::WouldExceed, stopped_by);
        }
        count.take(&mut queue, tied);
    }
    let mut rest = unsupported;
    rest.sort_unstable_by_key(|project| Reverse(election.rank(*project)));
    while let Some(project) = rest.last().copied() {
        if let Some(stopped_by) = count.stopped(&rest) {
            return count.loaded(Stop::WouldExceed, stopped_by);
        }
        count.step(project, None);
        rest.pop();
    }
    count.loaded(Stop::EndOfList, Vec::new())
}

impl Count<'_> {
    fn candidate(&self, project: usize) -> Candidate {
        let mut voters = vec![0_u32; self.loads.len()];
        for ballot in self.election.backers(project) {
            let last = self.last[*ballot as usize];
            if last != NONE {
                voters[last as usize] += self.election.counts()[*ballot as usize];
            }
        }
        let voters: Vec<(u32, u32)> = (0..).zip(voters).filter(|(_, n)| *n > 0).collect();
        let sum = |bound: fn(&Load) -> u128| -> u128 {
            voters.iter().map(|(step, n)| bound(&self.loads[*step as usize]) * u128::from(*n)).sum()
        };
        let cost = u128::from(self.election.projects()[project].cost.unsigned_abs()) << FRACTION_BITS;
        let n = u128::from(self.election.n_supporters(project));
        let (lo, hi) = ((sum(|load| load.lo) + cost) / n, (sum(|load| load.hi) + cost).div_ceil(n));
        Candidate { project, lo, hi, voters }
    }

    fn exact(&self, candidate: &Candidate) -> RBig {
        let cost = RBig::from(self.election.projects()[candidate.project].cost);
        let sum = candidate
            .voters
            .iter()
            .fold(cost, |sum, (step, n)| sum + &self.loads[*step as usize].exact * RBig::from(*n));
        sum / RBig::from(self.election.n_supporters(candidate.project))
    }

    /// Takes the projects with the least load out of the queue, the first by id last; `None` when it is empty.
    fn least(&self, queue: &mut BinaryHeap<(Reverse<u128>, Reverse<usize>)>) -> Option<Vec<usize>> {
        let mut tied: Vec<Candidate> = Vec::new();
        let mut exact: Option<RBig> = None;
        let mut seen = Vec::new();
        while let Some((Reverse(bound), Reverse(project))) = queue.peek().copied() {
            if tied.first().is_some_and(|best| bound > best.hi) {
                break;
            }
            queue.pop();
            let candidate = self.candidate(project);
            seen.push((candidate.lo, project));
            let Some(best) = tied.first() else {
                tied.push(candidate);
                continue;
            };
            let order = if candidate.hi < best.lo {
                Ordering::Less
            } else if candidate.lo > best.hi {
                Ordering::Greater
            } else {
                let value = self.exact(&candidate);
                let order = value.cmp(exact.get_or_insert_with(|| self.exact(best)));
                if order == Ordering::Less {
                    exact = Some(value);
                }
                order
            };
            match order {
                Ordering::Less => {
                    if candidate.hi < best.lo {
                        exact = None;
                    }
                    tied = vec![candidate];
                }
                Ordering::Equal => tied.push(candidate),
                Ordering::Greater => {}
            }
        }
        let mut tied: Vec<usize> = tied.into_iter().map(|candidate| candidate.project).collect();
        let waiting = seen.into_iter().filter(|(_, project)| !tied.contains(project));
        queue.extend(waiting.map(|(bound, project)| (Reverse(bound), Reverse(project))));
        tied.sort_unstable_by_key(|project| Reverse(self.election.rank(*project)));
        (!tied.is_empty()).then_some(tied)
    }

    /// Those of `tied` that do not fit, if any.
    fn stopped(&self, tied: &[usize]) -> Option<Vec<usize>> {
        let too_dear = tied.iter().copied().filter(|p| self.election.projects()[*p].cost > self.left);
        Some(too_dear.collect::<Vec<_>>()).filter(|projects| !projects.is_empty())
    }

    /// Funds the last of `tied` and puts the others back.
    fn take(&mut self, queue: &mut BinaryHeap<(Reverse<u128>, Reverse<usize>)>, mut tied: Vec<usize>) {
        let Some(project) = tied.pop() else { return };
        let candidate = self.candidate(project);
        queue.extend(tied.into_iter().map(|other| (Reverse(candidate.lo), Reverse(other))));
        let exact = self.exact(&candidate);
        let scaled = exact.numerator() << FRACTION_BITS as usize;
        let denominator = IBig::from(exact.denominator().clone());
        let floor = |n: IBig| u128::try_from(n / &denominator).unwrap_or(0);
        let (lo, hi) = (floor(scaled.clone()), floor(scaled + &denominator - IBig::ONE));
        let index = self.loads.len() as u32;
        for ballot in self.election.backers(project) {
            self.last[*ballot as usize] = index;
        }
        self.step(project, Some(Ratio::of(exact.clone())));
        self.loads.push(Load { lo, hi, exact });
    }

    fn step(&mut self, project: usize, load: Option<Ratio>) {
        let cost = self.election.projects()[project].cost;
        self.left -= cost;
        let step = Step::plain(project, cost, self.election.n_supporters(project), Phase::Phragmen);
        self.steps.push(Step { left: self.left, load, ..step });
    }

    fn loaded(self, stop: Stop, stopped_by: Vec<usize>) -> Loaded {
        Loaded { steps: self.steps, stop, stopped_by }
    }
}
