//! Money as integers: how many fraction digits an election uses, and exact decimal text in and out.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Largest budget, cost or increment, in scaled units: with [`crate::MAX_PROJECTS`] projects no sum of costs can
/// leave an `i64`.
pub const MAX_AMOUNT: i64 = 1_000_000_000_000_000;

/// Most fraction digits an amount may have.
pub const MAX_DIGITS: u8 = 6;

/// How many fraction digits the amounts of one election have: an amount of `i64` scaled units is worth
/// `amount / 10^digits` units of the currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Scale(u8);

/// Why a text is not an amount of money.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum AmountError {
    /// Empty, or a character that is neither a digit nor one decimal point or comma.
    #[error("`{0}` is not an amount: write digits, with a point before the fraction, such as 1500 or 1500.50")]
    NotANumber(String),
    /// A minus sign.
    #[error("`{0}` is negative: an amount is 0 or more")]
    Negative(String),
    /// More than [`MAX_DIGITS`] fraction digits.
    #[error("`{0}` has more than {MAX_DIGITS} fraction digits: round it in the file")]
    TooFine(String),
    /// A comma followed by exactly three digits may part thousands or start a fraction.
    #[error("`{0}` can be read in two ways: write thousands without a comma, or the fraction after a point")]
    Ambiguous(String),
    /// More than [`MAX_AMOUNT`] scaled units.
    #[error("`{0}` is too large: at most {MAX_AMOUNT} in the smallest unit that the file uses")]
    TooLarge(String),
}

impl Scale {
    /// A scale of `digits` fraction digits, if there are at most [`MAX_DIGITS`].
    #[must_use]
    pub const fn new(digits: u8) -> Option<Self> {
        if digits <= MAX_DIGITS { Some(Self(digits)) } else { None }
    }

    /// Number of fraction digits, `0..=MAX_DIGITS`.
    #[must_use]
    pub const fn digits(self) -> u8 {
        self.0
    }

    /// One unit of the currency in scaled units: `10^digits`.
    #[must_use]
    pub const fn unit(self) -> i64 {
        10_i64.pow(self.0 as u32)
    }

    /// The scale that `text` needs: as many digits as stand after its decimal sign.
    ///
    /// # Errors
    /// Whatever keeps `text` from being an amount.
    pub fn of(text: &str) -> Result<Self, AmountError> {
        let (_, fraction) = split(text)?;
        Ok(Self(fraction.len() as u8))
    }

    /// Reads a decimal amount (point or comma) as scaled units.
    ///
    /// # Errors
    /// When the text is not an amount, is negative, too large, or finer than this scale.
    pub fn parse(self, text: &str) -> Result<i64, AmountError> {
        let (whole, fraction) = split(text)?;
        let fraction = if fraction.len() > usize::from(self.0) { fraction.trim_end_matches('0') } else { fraction };
        if fraction.len() > usize::from(self.0) {
            return Err(AmountError::TooFine(shown(text)));
        }
        let too_large = || AmountError::TooLarge(shown(text));
        let mut amount = 0_i64;
        let zeros = std::iter::repeat_n(b'0', usize::from(self.0) - fraction.len());
        for digit in whole.bytes().chain(fraction.bytes()).chain(zeros) {
            amount = amount
                .checked_mul(10)
                .and_then(|a| a.checked_add(i64::from(digit - b'0')))
                .filter(|a| *a <= MAX_AMOUNT)
                .ok_or_else(too_large)?;
        }
        Ok(amount)
    }

    /// Writes scaled units as a decimal with exactly `digits` fraction digits and a point.
    #[must_use]
    pub fn format(self, amount: i64) -> String {
        let unit = self.unit().unsigned_abs();
        let sign = if amount < 0 { "-" } else { "" };
        let (whole, fraction) = (amount.unsigned_abs() / unit, amount.unsigned_abs() % unit);
        match usize::from(self.0) {
            0 => format!("{sign}{whole}"),
            digits => format!("{sign}{whole}.{fraction:0digits$}"),
        }
    }

    /// Writes scaled units as the shortest decimal: `7998220` and not `7998220.0`, however the file wrote its costs.
    #[must_use]
    pub fn shortest(self, amount: i64) -> String {
        let text = self.format(amount);
        match text.contains('.') {
            true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
            false => text,
        }
    }
}

impl TryFrom<u8> for Scale {
    type Error = String;
    fn try_from(digits: u8) -> Result<Self, String> {
        Self::new(digits).ok_or_else(|| format!("{digits} fraction digits: at most {MAX_DIGITS}"))
    }
}

impl From<Scale> for u8 {
    fn from(scale: Scale) -> Self {
        scale.0
    }
}

/// Whole and fraction digits of a decimal text.
fn split(text: &str) -> Result<(&str, &str), AmountError> {
    let trimmed = text.trim();
    if trimmed.starts_with('-') {
        return Err(AmountError::Negative(shown(text)));
    }
    let (whole, fraction) = trimmed.split_once(['.', ',']).unwrap_or((trimmed, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(AmountError::NotANumber(shown(text)));
    }
    if trimmed.contains(',') && fraction.len() == 3 {
        return Err(AmountError::Ambiguous(shown(text)));
    }
    if fraction.len() > usize::from(MAX_DIGITS) {
        return Err(AmountError::TooFine(shown(text)));
    }
    Ok((whole, fraction))
}

/// A text cut to a length that fits in a message.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    text.chars().take(LONGEST).chain("…".chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_decimals() {
        let table: &[(u8, &str, i64, &str)] = &[
            (0, "1500", 1500, "1500"),
            (0, "1500.0", 1500, "1500"),
            (1, "4000.0", 40_000, "4000.0"),
            (2, "12,5", 1250, "12.50"),
            (2, " 12.05 ", 1205, "12.05"),
            (3, "1.234", 1234, "1.234"),
            (2, "0", 0, "0.00"),
            (0, "1000000000000000", MAX_AMOUNT, "1000000000000000"),
        ];
        for (digits, text, amount, back) in table {
            let scale = Scale::new(*digits).unwrap();
            assert_eq!(scale.parse(text), Ok(*amount), "{text}");
            assert_eq!(scale.format(*amount), *back);
        }
        assert_eq!(Scale(2).format(-5), "-0.05");
        assert_eq!([500, 550, 5, 0].map(|n| Scale(2).shortest(n)), ["5", "5.5", "0.05", "0"]);
        assert_eq!(Scale(0).shortest(500), "500");
    }

    #[test]
    fn refuses_what_is_not_an_amount() {
        let long = "9".repeat(300);
        for text in ["", " ", "x", "1.2.3", "1 000", "+5", ".5", "1e6", "٣", "1,5,0"] {
            assert!(matches!(Scale(2).parse(text), Err(AmountError::NotANumber(_))), "{text}");
        }
        assert!(matches!(Scale(2).parse("-1"), Err(AmountError::Negative(_))));
        assert!(matches!(Scale(0).parse("1,234"), Err(AmountError::Ambiguous(_))));
        assert!(matches!(Scale(2).parse("1.234"), Err(AmountError::TooFine(_))));
        assert!(matches!(Scale::of("1.2345678"), Err(AmountError::TooFine(_))));
        assert!(matches!(Scale(0).parse("1000000000000001"), Err(AmountError::TooLarge(_))));
        assert!(matches!(Scale(1).parse("1000000000000000"), Err(AmountError::TooLarge(_))));
        assert!(Scale(0).parse(&long).unwrap_err().to_string().len() < 200);
        assert_eq!(Scale::new(MAX_DIGITS + 1), None);
    }
}
