//! Which neighbours of a ranking its sheets do not part.

use dashu_ratio::RBig;
use serde::{Deserialize, Serialize};

use super::{
    PanelLine, Standing,
    rank::{fraction, mean_of},
};
use crate::outcome::Ratio;

/// Projects whose means are so near that other reviewers might well have turned them round.
///
/// Two means are near when `(x̄ − ȳ)² ≤ z²·s²·(1/nₓ + 1/n_y)`, with the variance `s²` of sheets about their project's mean,
/// pooled over all ranked projects, and the numbers `n` of sheets that count: the difference is no more than `z` standard
/// errors. All in exact fractions, no root is taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Band {
    /// How many standard errors are near.
    pub z: Ratio,
    /// The pooled variance of one sheet's value, dropped ones too, divided by the degrees of freedom.
    pub variance: Ratio,
    /// Degrees of freedom: sheets less projects.
    pub freedom: u64,
    /// Numbers of ranked neighbours that are near, better first, in order of ranks.
    pub pairs: Vec<(u32, u32)>,
    /// Projects near the line between the last proposed one and the first for which there was no place, in order of ranks:
    /// those proposed that are near the first below the line, and those below it that are near the last proposed. Empty
    /// where all that pass are proposed. For them rules often provide a second reading or a lot.
    pub cut: Vec<u32>,
}

/// Finds them among lines of [`super::rank`] or [`super::rank_by`]; `None` where no project has two sheets, so that nothing
/// is known of how far reviewers differ.
#[must_use]
pub fn near_ties(lines: &[PanelLine], z: &Ratio) -> Option<Band> {
    let ranked: Vec<One<'_>> = lines.iter().filter_map(One::of).collect();
    let (mut squares, mut freedom) = (RBig::ZERO, 0_u64);
    for one in &ranked {
        let values: Vec<&RBig> = one.line.sheets.iter().map(|sheet| sheet.total.big()).collect();
        let centre = mean_of(values.iter().copied());
        squares += values.iter().fold(RBig::ZERO, |sum, value| sum + (*value - &centre) * (*value - &centre));
        freedom += (values.len() as u64).saturating_sub(1);
    }
    if freedom == 0 {
        return None;
    }
    let variance = squares * fraction(1, freedom);
    let width = z.big() * z.big() * &variance;
    let near = |a: &One<'_>, b: &One<'_>| {
        let off = a.mean - b.mean;
        &off * &off <= &width * (fraction(1, a.n) + fraction(1, b.n))
    };
    let pairs = ranked.windows(2).filter_map(|pair| match pair {
        [a, b] if near(a, b) => Some((a.line.number, b.line.number)),
        _ => None,
    });
    let last = ranked.iter().rfind(|one| one.line.standing == Standing::Proposed);
    let first = ranked.iter().find(|one| matches!(one.line.standing, Standing::Reserve | Standing::NoPlace));
    let cut = match (last, first) {
        (Some(last), Some(first)) => (ranked.iter())
            .filter(|one| match one.line.standing {
                Standing::Proposed => near(one, first),
                Standing::Reserve | Standing::NoPlace => near(one, last),
                Standing::Below | Standing::TooFewSheets => false,
            })
            .map(|one| one.line.number)
            .collect(),
        _ => vec![],
    };
    Some(Band { z: z.clone(), variance: Ratio::of(variance.clone()), freedom, pairs: pairs.collect(), cut })
}

/// A ranked project.
struct One<'a> {
    line: &'a PanelLine,
    mean: &'a RBig,
    /// Sheets that count.
    n: u64,
}

impl<'a> One<'a> {
    fn of(line: &'a PanelLine) -> Option<Self> {
        line.rank?;
        let n = line.sheets.iter().filter(|sheet| sheet.dropped.is_none()).count() as u64;
        (n > 0).then_some(Self { line, mean: line.mean.as_ref()?.big(), n })
    }
}
