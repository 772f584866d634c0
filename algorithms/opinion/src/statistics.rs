//! Tests of proportions, as they are used to say what is typical of a group.

use serde::Serialize;

use crate::counts::Count;

/// One side of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Side {
    /// Those who agree.
    Agree,
    /// Those who disagree.
    Disagree,
}

impl Side {
    /// How many of a count are on this side.
    #[must_use]
    pub const fn of(self, count: &Count) -> u32 {
        match self {
            Self::Agree => count.agree,
            Self::Disagree => count.disagree,
        }
    }
}

/// The quantile of the normal distribution from which on a test says "more than chance" at 90 %, one-sided.
pub const Z_90: f64 = 1.2816;

/// The estimated share of a side: (x + 1) / (n + 2), between 0 and 1. Few votes pull it to one half.
#[must_use]
pub fn share(count: &Count, side: Side) -> f64 {
    (f64::from(side.of(count)) + 1.0) / (f64::from(count.votes) + 2.0)
}

/// How far a share is above one half, in standard deviations, with one success and one trial added.
#[must_use]
pub fn proportion_test(successes: u32, trials: u32) -> f64 {
    let (successes, trials) = (f64::from(successes) + 1.0, f64::from(trials) + 1.0);
    2.0 * trials.sqrt() * (successes / trials - 0.5)
}

/// How far the share within is above the share without, in standard deviations of their pooled share, with one success
/// and one trial added to both; 0 where everybody succeeded.
#[must_use]
pub fn two_proportions_test(within: (u32, u32), without: (u32, u32)) -> f64 {
    let plus_one = |(successes, trials): (u32, u32)| (f64::from(successes) + 1.0, f64::from(trials) + 1.0);
    let ((s_in, n_in), (s_out, n_out)) = (plus_one(within), plus_one(without));
    let pooled = (s_in + s_out) / (n_in + n_out);
    if pooled >= 1.0 {
        return 0.0;
    }
    (s_in / n_in - s_out / n_out) / (pooled * (1.0 - pooled) * (1.0 / n_in + 1.0 / n_out)).sqrt()
}
