//! What is made of a sheet's points before projects are compared.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use dashu_int::IBig;
use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::{
    Panel, PanelError,
    check::check,
    rank::{Mark, deviation, fraction, marks, mean_of},
};
use crate::{money::shown, outcome::Ratio};

/// Sheets that a reviewer's own mean and deviation weigh as much as those of all, unless something else is said.
const SHRINK: u32 = 5;
/// Calibrated points are whole multiples of one over this.
const STEP: u64 = 1_000_000;

/// What is made of a sheet's points of 100, so that a strict and a kind reviewer can be compared. All but [`Method::Raw`]
/// need reviewers with several sheets each (five or more), given out by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method", rename_all = "kebab-case")]
pub enum Method {
    /// The points as they are.
    Raw,
    /// Each reviewer's points are brought to the mean `μ` and the standard deviation `σ` of all sheets:
    /// `μ + σ·(s − μⱼ′)/σⱼ′`. With `λ = nⱼ/(nⱼ + shrink)` for the number `nⱼ` of the reviewer's sheets,
    /// `μⱼ′ = λ·μⱼ + (1−λ)·μ` and `σⱼ′ = λ·σⱼ + (1−λ)·σ`: who has few sheets is changed little, who has one not at all.
    /// Where `σⱼ′` is 0 the value is `μ`.
    ///
    /// In fixed point: deviations (divided by the number of sheets, not by one less) are rounded down to 10⁻¹², all else
    /// is exact, and the value is rounded to 10⁻⁶ points, half up, which also keeps equal what differs in the roots'
    /// last digits only. Values may lie outside 0 to 100.
    Zscore {
        /// The number `m` of sheets from which on a reviewer's own habits count for more than half; 0: they count alone.
        shrink: u32,
    },
    /// The project's rank among those that the reviewer read, 1 for the best; equal points share the mean of their ranks.
    /// The lower mean comes first. Fair only where all read equally many.
    MeanRank,
    /// Borda's count as a share: of the other projects that the reviewer read, how many per cent stand below it, those
    /// with equal points by half; 50 for who read one alone. So long and short lists weigh the same.
    Borda,
}

/// What a reviewer is like.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judge {
    /// The reviewer's number.
    pub reviewer: u32,
    /// How many sheets they gave.
    pub sheets: u32,
    /// The mean of their totals.
    pub mean: Ratio,
    /// The standard deviation of their totals in units of 10⁻¹², rounded down; divided by their number, not by one less.
    pub deviation: u64,
}

/// The reviewers with a sheet, in order of numbers.
///
/// # Errors
/// As [`super::rank`].
pub fn judges(panel: &Panel) -> Result<Vec<Judge>, PanelError> {
    check(panel)?;
    let marks = marks(panel);
    let judge = |(reviewer, list): (u32, Vec<usize>)| {
        let totals: Vec<&RBig> = list.iter().map(|at| &marks[*at].total).collect();
        Judge {
            reviewer,
            sheets: u32::try_from(totals.len()).unwrap_or(u32::MAX),
            mean: Ratio::of(mean_of(totals.iter().copied())),
            deviation: u64::try_from(deviation(&totals)).unwrap_or(u64::MAX),
        }
    };
    Ok(by_reviewer(&marks).into_iter().map(judge).collect())
}

impl Method {
    /// The method called `zscore`, with the usual shrinkage of 5 sheets.
    pub const ZSCORE: Self = Self::Zscore { shrink: SHRINK };

    /// Whether the lower value comes first.
    #[must_use]
    pub const fn lower_first(self) -> bool {
        matches!(self, Self::MeanRank)
    }

    /// The value of each mark.
    pub(super) fn values(self, marks: &[Mark<'_>]) -> Vec<RBig> {
        match self {
            Self::Raw => marks.iter().map(|mark| mark.total.clone()).collect(),
            Self::Zscore { shrink } => calibrated(marks, shrink),
            Self::MeanRank => ranks(marks).into_iter().map(|(_, twice)| fraction(twice, 2)).collect(),
            Self::Borda => ranks(marks).into_iter().map(|(n, twice)| share_below(n, twice)).collect(),
        }
    }
}

fn by_reviewer(marks: &[Mark<'_>]) -> BTreeMap<u32, Vec<usize>> {
    let mut lists: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        lists.entry(mark.sheet.reviewer).or_default().push(at);
    }
    lists
}

fn calibrated(marks: &[Mark<'_>], shrink: u32) -> Vec<RBig> {
    let all: Vec<&RBig> = marks.iter().map(|mark| &mark.total).collect();
    // the unit of deviations, 10⁻¹², cancels out
    let (mean, spread) = (mean_of(all.iter().copied()), RBig::from(deviation(&all)));
    let mut values = vec![RBig::ZERO; marks.len()];
    for list in by_reviewer(marks).into_values() {
        let own: Vec<&RBig> = list.iter().map(|at| all[*at]).collect();
        let (own_mean, own_spread) = (mean_of(own.iter().copied()), RBig::from(deviation(&own)));
        let own_share = fraction(own.len() as u64, own.len() as u64 + u64::from(shrink));
        let rest = RBig::ONE - &own_share;
        let centre = own_mean * &own_share + &mean * &rest;
        let scale = own_spread * own_share + &spread * rest;
        for at in list {
            let value = if scale.is_zero() { mean.clone() } else { &mean + &spread * (all[at] - &centre) / &scale };
            values[at] = rounded(&value);
        }
    }
    values
}

/// To 10⁻⁶, half up.
fn rounded(value: &RBig) -> RBig {
    let whole: IBig = (value * RBig::from(STEP) + fraction(1, 2)).floor();
    RBig::from(whole) * fraction(1, STEP)
}

/// For each mark how many its reviewer gave, and twice its rank among them, 1 for the best.
fn ranks(marks: &[Mark<'_>]) -> Vec<(u64, u64)> {
    let mut ranks = vec![(0, 0); marks.len()];
    for mut list in by_reviewer(marks).into_values() {
        list.sort_by(|a, b| marks[*b].total.cmp(&marks[*a].total));
        let n = list.len() as u64;
        let mut before = 0;
        for equal in list.chunk_by(|a, b| marks[*a].total == marks[*b].total) {
            // the first of them has the rank before + 1, the last before + their number
            let twice = 2 * before + 1 + equal.len() as u64;
            equal.iter().for_each(|at| ranks[*at] = (n, twice));
            before += equal.len() as u64;
        }
    }
    ranks
}

/// Per cent of the others that stand below, from how many there are and twice the rank.
fn share_below(n: u64, twice: u64) -> RBig {
    if n < 2 { RBig::from(50_u64) } else { fraction(50 * (2 * n - twice), n - 1) }
}

const NAMES: [(Method, &str); 4] =
    [(Method::Raw, "raw"), (Method::ZSCORE, "zscore"), (Method::MeanRank, "mean-rank"), (Method::Borda, "borda")];

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Raw => "raw",
            Self::Zscore { .. } => "zscore",
            Self::MeanRank => "mean-rank",
            Self::Borda => "borda",
        })
    }
}

/// A name that is no method's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no method is called `{0}`: choose raw, zscore, mean-rank or borda")]
pub struct UnknownMethod(String);

impl FromStr for Method {
    type Err = UnknownMethod;
    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        let found = NAMES.iter().find(|(_, known)| *known == name);
        found.map(|(method, _)| *method).ok_or_else(|| UnknownMethod(shown(name)))
    }
}
