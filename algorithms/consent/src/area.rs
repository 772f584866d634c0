//! Areas in hundredths of a square metre, and pairs of counts.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The largest area of one unit, in 0.01 m²: a million square metres. With [`MAX_UNITS`](crate::MAX_UNITS) of them no
/// product of a sum and a threshold leaves 64 bits.
pub const MAX_AREA: u64 = 100_000_000;

/// An area in 0.01 m², above 0 and at most [`MAX_AREA`] for one unit; sums of such areas are larger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Area(pub u64);

/// Why a text is no area of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[expect(missing_docs, reason = "each variant is told by its message")]
pub enum AreaError {
    #[error(
        "is no area: write square metres in digits with at most two decimals, such as 89.50, without unit or comma"
    )]
    NotANumber,
    #[error("has more than two decimals: write the area as it stands in the register, which has two")]
    TooFine,
    #[error("is zero: every unit has an area (register, else survey, else contract); leave out what is no unit")]
    Zero,
    #[error("is more than a million square metres: is the decimal point missing?")]
    TooLarge,
}

impl FromStr for Area {
    type Err = AreaError;

    /// Square metres with at most two decimals, such as `89`, `89.5` or `89.50`; more decimals only if they are zeros.
    fn from_str(text: &str) -> Result<Self, AreaError> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(decimals) {
            return Err(AreaError::NotANumber);
        }
        let (fine, rest) = decimals.split_at(decimals.len().min(2));
        if rest.bytes().any(|b| b != b'0') {
            return Err(AreaError::TooFine);
        }
        // only the length can be wrong now
        let whole: u64 = whole.parse().map_err(|_| AreaError::TooLarge)?;
        let tenths = if fine.len() == 1 { 10 } else { 1 };
        let fine = tenths * fine.parse::<u64>().map_err(|_| AreaError::NotANumber)?;
        match whole.checked_mul(100).and_then(|hundredths| hundredths.checked_add(fine)) {
            Some(0) => Err(AreaError::Zero),
            Some(area) if area <= MAX_AREA => Ok(Self(area)),
            _ => Err(AreaError::TooLarge),
        }
    }
}

impl fmt::Display for Area {
    /// Square metres with two decimals.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:02}", self.0 / 100, self.0 % 100)
    }
}

/// A part and what it is a part of, as counted and never reduced: areas in 0.01 m², or heads. Written as
/// `[part, of]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "[u64; 2]", from = "[u64; 2]")]
pub struct Ratio {
    /// The part.
    pub part: u64,
    /// The whole; 0 where nothing was there.
    pub of: u64,
}

impl From<Ratio> for [u64; 2] {
    fn from(ratio: Ratio) -> Self {
        [ratio.part, ratio.of]
    }
}

impl From<[u64; 2]> for Ratio {
    fn from([part, of]: [u64; 2]) -> Self {
        Self { part, of }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn areas_are_read_and_written_in_hundredths() {
        for (text, want) in [
            ("89.50", Ok(8_950)),
            ("89.5", Ok(8_950)),
            ("89", Ok(8_900)),
            ("0.01", Ok(1)),
            ("089.05", Ok(8_905)),
            ("89.1200", Ok(8_912)),
            ("1000000", Ok(MAX_AREA)),
            ("1000000.01", Err(AreaError::TooLarge)),
            ("99999999999999999999999", Err(AreaError::TooLarge)),
            ("184467440737095517", Err(AreaError::TooLarge)),
            ("89.125", Err(AreaError::TooFine)),
            ("0", Err(AreaError::Zero)),
            ("0.00", Err(AreaError::Zero)),
            ("", Err(AreaError::NotANumber)),
            (".5", Err(AreaError::NotANumber)),
            ("5.", Err(AreaError::NotANumber)),
            ("-5", Err(AreaError::NotANumber)),
            ("+5", Err(AreaError::NotANumber)),
            ("1,234.50", Err(AreaError::NotANumber)),
            ("1.2.3", Err(AreaError::NotANumber)),
            ("8e1", Err(AreaError::NotANumber)),
            ("89㎡", Err(AreaError::NotANumber)),
            ("8９", Err(AreaError::NotANumber)),
        ] {
            assert_eq!(text.parse::<Area>().map(|area| area.0), want, "{text}");
        }
        assert_eq!((Area(8_905).to_string().as_str(), Area(7).to_string().as_str()), ("89.05", "0.07"));
    }
}
