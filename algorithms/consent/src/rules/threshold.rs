//! A fraction that has to be reached or exceeded.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::area::Ratio;

/// The largest denominator of a threshold.
const MAX_DENOMINATOR: u32 = 1_000;

/// A threshold, written `>= 2/3` (以上, the number included) or `> 1/2` (过半数, not included): Civil Code article 1259.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Threshold {
    numerator: u32,
    denominator: u32,
    strict: bool,
}

/// A text that is no threshold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "`{0}` is no threshold: write `>= 2/3` or `> 1/2`, with a fraction from 0 to 1 and at most {MAX_DENOMINATOR} below"
)]
pub struct NotAThreshold(String);

impl Threshold {
    /// Numerator and denominator, as written.
    #[must_use]
    pub const fn fraction(self) -> (u32, u32) {
        (self.numerator, self.denominator)
    }

    /// Whether the fraction itself is not enough.
    #[must_use]
    pub const fn is_strict(self) -> bool {
        self.strict
    }

    /// The two products that are compared: `part · denominator` and `of · numerator`.
    #[must_use]
    pub fn products(self, ratio: Ratio) -> (u128, u128) {
        (u128::from(ratio.part) * u128::from(self.denominator), u128::from(ratio.of) * u128::from(self.numerator))
    }

    /// Whether a share meets it. A share of nothing never does.
    #[must_use]
    pub fn is_met(self, ratio: Ratio) -> bool {
        let (left, right) = self.products(ratio);
        ratio.of > 0 && if self.strict { left > right } else { left >= right }
    }

    /// By how much the part would have to be larger, the whole staying the same; 0 if it is met. May be more than
    /// there is left.
    #[must_use]
    pub fn missing(self, ratio: Ratio) -> u64 {
        if self.is_met(ratio) {
            return 0;
        }
        let denominator = u128::from(self.denominator.max(1));
        let (_, right) = self.products(ratio);
        // the smallest part that meets it: one more than the quotient, or the quotient rounded up
        let least = if self.strict { right / denominator + 1 } else { right.div_ceil(denominator) };
        u64::try_from(least).unwrap_or(u64::MAX).saturating_sub(ratio.part).max(1)
    }
}

impl FromStr for Threshold {
    type Err = NotAThreshold;
    fn from_str(text: &str) -> Result<Self, NotAThreshold> {
        let read = || {
            let (strict, fraction) = match text.strip_prefix(">=") {
                Some(rest) => (false, rest),
                None => (true, text.strip_prefix('>')?),
            };
            let (above, below) = fraction.trim().split_once('/')?;
            let digits =
                |part: &str| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u32>().ok()).flatten();
            let (numerator, denominator) = (digits(above)?, digits(below)?);
            let holds = (1..=MAX_DENOMINATOR).contains(&denominator)
                && if strict { numerator < denominator } else { (1..=denominator).contains(&numerator) };
            holds.then_some(Self { numerator, denominator, strict })
        };
        read().ok_or_else(|| NotAThreshold(crate::text::shown(text)))
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.strict { ">" } else { ">=" };
        write!(f, "{sign} {}/{}", self.numerator, self.denominator)
    }
}

impl TryFrom<String> for Threshold {
    type Error = NotAThreshold;
    fn try_from(text: String) -> Result<Self, NotAThreshold> {
        text.parse()
    }
}

impl From<Threshold> for String {
    fn from(threshold: Threshold) -> Self {
        threshold.to_string()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn thresholds_are_read_and_written() {
        for good in [">= 2/3", "> 1/2", ">= 3/4", ">= 1/1", "> 0/1", ">= 999/1000"] {
            assert_eq!(good.parse::<Threshold>().map(|threshold| threshold.to_string()), Ok(good.to_owned()));
        }
        assert_eq!(">=2/3".parse::<Threshold>(), ">=  2/3 ".parse());
        for bad in [
            "", "2/3", "= 2/3", "> 1/1", "> 2/1", ">= 0/3", ">= 2/0", ">= 4/3", "> 1/1001", "> -1/2", "> 0.5", "> +1/2",
        ] {
            assert!(bad.parse::<Threshold>().is_err(), "{bad}");
        }
    }

    #[test]
    fn nothing_of_nothing_meets_nothing() {
        for threshold in [">= 2/3", "> 0/1"] {
            assert!(!threshold.parse::<Threshold>().unwrap().is_met(Ratio { part: 0, of: 0 }));
        }
    }

    proptest! {
        #[test]
        fn what_is_missing_is_just_enough(part in 0_u64..200, more in 0_u64..200, n in 1_u32..12, d in 1_u32..12, strict: bool) {
            prop_assume!(n < d || (n == d && !strict));
            let threshold = Threshold { numerator: n, denominator: d, strict };
            let of = part + more + 1;
            let missing = threshold.missing(Ratio { part, of });
            prop_assert_eq!(missing == 0, threshold.is_met(Ratio { part, of }));
            let with = |part: u64| threshold.is_met(Ratio { part, of });
            prop_assert!(with(part + missing));
            prop_assert!(missing == 0 || !with(part + missing - 1));
        }
    }
}
