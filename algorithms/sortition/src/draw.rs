//! The draw: which number of a published list, and who stands in for whom.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use thiserror::Error;

use crate::kinds::Problem;
use crate::list::{PanelList, hex};

/// A public value that nobody knew when the list was published: lottery numbers, a round of a randomness beacon.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Seed(String);

/// Why a text is no seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("a seed has 1 to 200 bytes, no control characters, and no space at its ends")]
pub struct SeedError;

impl Seed {
    /// A seed of this text, taken as it is.
    ///
    /// # Errors
    /// [`SeedError`].
    pub fn new(text: &str) -> Result<Self, SeedError> {
        if crate::pool::is_key(text) { Ok(Self(text.to_owned())) } else { Err(SeedError) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Seed {
    type Error = SeedError;
    fn try_from(text: String) -> Result<Self, SeedError> {
        Self::new(&text)
    }
}

impl From<Seed> for String {
    fn from(seed: Seed) -> Self {
        seed.0
    }
}

/// The outcome of a draw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// Digest of the list that was drawn from.
    pub digest: String,
    /// The seed.
    pub seed: Seed,
    /// Panels of the list.
    pub panels: usize,
    /// The number drawn, from 1.
    pub number: usize,
    /// How many hashes it took: 1 nearly always.
    pub attempts: u32,
    /// Keys of the panel's members.
    pub panel: Vec<String>,
}

impl Draw {
    /// Whether the list and the seed give this very draw again.
    #[must_use]
    pub fn holds(&self, list: &PanelList) -> bool {
        *self == draw(list, &self.seed)
    }
}

/// Draws a number. The SHA-256 of `DIGEST/SEED/draw/1` begins with 16 hexadecimal digits: a number `v` below 2⁶⁴. Its
/// remainder by the number of panels, and one more, is the number drawn. If `v` is so high that low remainders would be
/// likelier, that is not below the largest multiple of the number of panels, the text with `2` instead of `1` is taken,
/// and so on.
#[must_use]
pub fn draw(list: &PanelList, seed: &Seed) -> Draw {
    let (digest, panels) = (list.digest(), list.panels().len());
    // a list has at least one panel
    let n = (panels as u128).max(1);
    let limit = (1_u128 << 64) / n * n;
    let first = |attempt: u32| u128::from(number(&format!("{digest}/{}/draw/{attempt}", seed.0)));
    let mut attempts = 1;
    let mut value = first(attempts);
    while value >= limit {
        attempts += 1;
        value = first(attempts);
    }
    let at = usize::try_from(value % n).unwrap_or_default();
    let panel = list.panels().get(at).cloned().unwrap_or_default();
    Draw { digest, seed: seed.clone(), panels, number: at + 1, attempts, panel }
}

/// The first 8 bytes of a text's SHA-256 as a number, highest first.
fn number(text: &str) -> u64 {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Everybody who was not drawn, as indices into the pool, in the order in which they are asked to stand in: by the SHA-256
/// of `DIGEST/SEED/reserve/KEY` in hexadecimal, lowest first.
#[must_use]
pub fn reserve_order(problem: &Problem, draw: &Draw) -> Vec<usize> {
    let text = |key: &str| format!("{}/{}/reserve/{key}", draw.digest, draw.seed.0);
    let people = problem.pool().people().iter().enumerate();
    let others = people.filter(|(_, person)| draw.panel.binary_search(&person.key).is_err());
    let mut order: Vec<(String, usize)> =
        others.map(|(at, person)| (hex(&Sha256::digest(text(&person.key).as_bytes())), at)).collect();
    order.sort();
    order.into_iter().map(|(_, at)| at).collect()
}

/// The first `most` of the reserve order who can take a member's place so that size, every quota and the rule of addresses
/// hold. The panel and the member are indices into the pool.
#[must_use]
pub fn stand_ins(problem: &Problem, panel: &[usize], leaves: usize, order: &[usize], most: usize) -> Vec<usize> {
    let mut trial: Vec<usize> = panel.iter().copied().filter(|person| *person != leaves).collect();
    let fits = |person: &&usize| {
        trial.push(**person);
        let fits = problem.fault(&trial).is_none();
        trial.pop();
        fits
    };
    order.iter().filter(|person| !panel.contains(person)).filter(fits).take(most).copied().collect()
}

/// Somebody who withdrew, and who takes the place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Replacement {
    /// Who withdrew.
    pub leaves: String,
    /// Who takes the place; nobody when with none of the others all quotas hold.
    pub enters: Option<String>,
}

/// Replaces those who withdraw, one after the other in the order given, each by the first of the reserve order with whom
/// every quota holds. Nobody who withdrew enters again. A place that nobody can take is left empty at the end.
///
/// # Errors
/// A sentence when a key is of nobody in the panel at that point, or stands twice.
pub fn withdraw(
    problem: &Problem,
    draw: &Draw,
    withdrawn: &[String],
) -> Result<(Vec<String>, Vec<Replacement>), String> {
    let people = problem.pool().people();
    let index: BTreeMap<&str, usize> = people.iter().map(|person| person.key.as_str()).zip(0..).collect();
    let find = |key: &String| {
        index.get(key.as_str()).copied().ok_or_else(|| format!("there is no person `{key}` among the people"))
    };
    let mut panel: Vec<usize> = draw.panel.iter().map(find).collect::<Result<_, _>>()?;
    let mut order = reserve_order(problem, draw);
    let (mut replacements, mut empty) = (Vec::new(), Vec::new());
    for key in withdrawn {
        let leaves = find(key)?;
        if !panel.contains(&leaves) || empty.contains(&leaves) {
            return Err(format!("`{key}` does not sit in the panel"));
        }
        let enters = stand_ins(problem, &panel, leaves, &order, 1).first().copied();
        match enters {
            Some(enters) => {
                panel.iter_mut().filter(|person| **person == leaves).for_each(|person| *person = enters);
                order.retain(|person| *person != enters);
            }
            // the seat is kept, so that the quotas of the others can still be checked
            None => empty.push(leaves),
        }
        replacements.push(Replacement { leaves: key.clone(), enters: enters.map(|at| people[at].key.clone()) });
    }
    panel.retain(|person| !empty.contains(person));
    let mut keys: Vec<String> = panel.into_iter().map(|person| people[person].key.clone()).collect();
    keys.sort_unstable();
    Ok((keys, replacements))
}
