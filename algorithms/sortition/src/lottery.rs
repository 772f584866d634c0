//! A lottery over panels in whole numbers, and the chances that follow from it.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use crate::kinds::Problem;

/// What the weights of a lottery's panels add up to.
pub const TOTAL: u64 = 1_000_000_000_000;

/// A chance as a fraction, not reduced; the denominator is above 0.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Chance {
    /// Numerator, not above the denominator.
    pub numerator: u64,
    /// Denominator.
    pub denominator: u64,
}

impl Ord for Chance {
    fn cmp(&self, other: &Self) -> Ordering {
        let cross = |a: &Self, b: &Self| u128::from(a.numerator) * u128::from(b.denominator);
        cross(self, other).cmp(&cross(other, self))
    }
}

impl PartialOrd for Chance {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Chance {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Chance {}

/// So many people of some kinds, and how likely.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypePanel {
    /// Kind and number of its members, in order of kinds; numbers above 0.
    pub members: Vec<(usize, u32)>,
    /// Its chance in parts of [`TOTAL`].
    pub weight: u64,
}

/// A lottery over panels: first one of these with its weight as chance, then people of each kind with equal chances.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lottery {
    /// The panels that have a weight, in order of their members. Weights add up to [`TOTAL`].
    pub panels: Vec<TypePanel>,
    /// For each kind, how many people it has.
    pub people: Vec<u64>,
    /// For each kind, the sum of weight times seats.
    pub seats: Vec<u64>,
}

impl Lottery {
    /// Nothing when weights do not add up or a panel is not admitted.
    pub(crate) fn new(problem: &Problem, mut panels: Vec<(Vec<(usize, u32)>, u64)>) -> Option<Self> {
        panels.retain(|(_, weight)| *weight > 0);
        panels.sort();
        let mut joined: Vec<TypePanel> = Vec::new();
        for (members, weight) in panels {
            match joined.last_mut().filter(|last| last.members == members) {
                Some(last) => last.weight += weight,
                None => joined.push(TypePanel { members, weight }),
            }
        }
        let mut seats = vec![0; problem.kinds.len()];
        for panel in &joined {
            if !problem.admits(&panel.members) {
                return None;
            }
            panel.members.iter().for_each(|(kind, count)| seats[*kind] += panel.weight * u64::from(*count));
        }
        let people = problem.kinds.iter().map(|kind| kind.people() as u64).collect();
        let whole = joined.iter().map(|panel| panel.weight).sum::<u64>() == TOTAL;
        whole.then_some(Self { panels: joined, people, seats })
    }

    /// The chance of everybody of a kind: seats of the kind over its people. None for a kind that there is not.
    #[must_use]
    pub fn chance_of_kind(&self, kind: usize) -> Option<Chance> {
        let (seats, people) = (self.seats.get(kind)?, self.people.get(kind)?);
        Some(Chance { numerator: *seats, denominator: TOTAL * people })
    }

    /// The chance of each person, in the order of the pool of the problem that this lottery was made for.
    #[must_use]
    pub fn chances(&self, problem: &Problem) -> Vec<Chance> {
        let none = Chance { numerator: 0, denominator: 1 };
        problem.kind_of.iter().map(|kind| self.chance_of_kind(*kind).unwrap_or(none)).collect()
    }
}
