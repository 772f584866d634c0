//! Schulze's method: who is stronger along chains of majorities.

use serde::{Deserialize, Serialize};

use super::{Profile, RankedError};
use crate::lots::Lots;

/// A ranking with all that it follows from.
///
/// For options `a` and `b`, [`Schulze::prefer`]`[a][b]` ballots rank `a` above `b`. Where more do so than the other way round,
/// `a` has a link to `b` of that strength ("winning votes"). A path is as strong as its weakest link, and
/// [`Schulze::strength`]`[a][b]` is the strength of the strongest path, 0 without any. `a` is better than `b` when
/// `strength[a][b] > strength[b][a]`; this never runs in circles (Schulze, *A new monotonic, clone-independent, reversal
/// symmetric, and Condorcet-consistent single-winner election method*, Social Choice and Welfare 36, 2011).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schulze {
    /// All options, first to last: of those that no option left is better than, the first in the order of lots.
    pub order: Vec<Placed>,
    /// The options that no other is better than; the first of [`Schulze::order`] is one of them.
    pub winners: Vec<usize>,
    /// The option that beats every other one by one, if there is one: then it is the only winner.
    pub condorcet: Option<usize>,
    /// How many ballots rank the row's option above the column's.
    pub prefer: Vec<Vec<u64>>,
    /// The strength of the strongest path from the row's option to the column's.
    pub strength: Vec<Vec<u64>>,
    /// The option before the column's on that path.
    before: Vec<Vec<usize>>,
}

/// An option in its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The option.
    pub option: usize,
    /// Options that could have stood here too and were put later by lot, in order of numbers.
    pub by_lot: Vec<usize>,
}

impl Schulze {
    /// Whether one option is better than another.
    #[must_use]
    pub fn better(&self, one: usize, other: usize) -> bool {
        self.strength_of(one, other) > self.strength_of(other, one)
    }

    /// The options of a strongest path from one option to another, both included; none where there is no path.
    #[must_use]
    pub fn path(&self, one: usize, other: usize) -> Option<Vec<usize>> {
        if one == other || self.strength_of(one, other) == 0 {
            return None;
        }
        let mut path = vec![other];
        let mut at = other;
        while at != one && path.len() <= self.before.len() {
            at = *self.before.get(one)?.get(at)?;
            path.push(at);
        }
        path.reverse();
        (path.first() == Some(&one)).then_some(path)
    }

    fn strength_of(&self, one: usize, other: usize) -> u64 {
        self.strength.get(one).and_then(|row| row.get(other)).copied().unwrap_or(0)
    }
}

/// Ranks the options.
///
/// # Errors
/// [`RankedError::Lots`].
pub fn schulze(profile: &Profile, lots: &Lots) -> Result<Schulze, RankedError> {
    profile.fits(lots)?;
    let prefer = preferences(profile);
    let (strength, before) = strongest(&prefer);
    let n = profile.options();
    let better = |one: usize, other: usize| strength[one][other] > strength[other][one];
    let mut left: Vec<usize> = (0..n).collect();
    let unbeaten = |left: &[usize]| -> Vec<usize> {
        left.iter().copied().filter(|one| !left.iter().any(|other| better(*other, *one))).collect()
    };
    let winners = unbeaten(&left);
    let condorcet = (0..n).find(|one| (0..n).all(|other| other == *one || prefer[*one][other] > prefer[other][*one]));
    let mut order = Vec::with_capacity(n);
    while let Some(option) = unbeaten(&left).into_iter().min_by_key(|option| lots.place(*option)) {
        let by_lot = unbeaten(&left).into_iter().filter(|other| *other != option).collect();
        order.push(Placed { option, by_lot });
        left.retain(|other| *other != option);
    }
    Ok(Schulze { order, winners, condorcet, prefer, strength, before })
}

fn preferences(profile: &Profile) -> Vec<Vec<u64>> {
    let n = profile.options();
    let mut prefer = vec![vec![0; n]; n];
    for (ballot, count) in &profile.ballots {
        // how many votes an option gets over each other one; options that are not named come after all others
        let mut below = vec![*count; n];
        for group in ballot {
            group.iter().for_each(|option| below[*option] = 0);
            for option in group {
                prefer[*option].iter_mut().zip(&below).for_each(|(votes, more)| *votes += more);
            }
        }
    }
    prefer
}

/// Strongest paths as Floyd and Warshall find shortest ones: through the first option, the first two, and so on.
fn strongest(prefer: &[Vec<u64>]) -> (Vec<Vec<u64>>, Vec<Vec<usize>>) {
    let n = prefer.len();
    let link = |a: usize, b: usize| if prefer[a][b] > prefer[b][a] { prefer[a][b] } else { 0 };
    let mut strength: Vec<Vec<u64>> = (0..n).map(|a| (0..n).map(|b| link(a, b)).collect()).collect();
    let mut before: Vec<Vec<usize>> = (0..n).map(|a| vec![a; n]).collect();
    for via in 0..n {
        for one in (0..n).filter(|one| *one != via) {
            for other in (0..n).filter(|other| *other != via && *other != one) {
                let along = strength[one][via].min(strength[via][other]);
                if strength[one][other] < along {
                    strength[one][other] = along;
                    before[one][other] = before[via][other];
                }
            }
        }
    }
    (strength, before)
}
