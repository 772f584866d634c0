//! Money, exact.

use std::fmt;

/// An amount in the smallest unit (fen, grosz, cent): an `i64`, so up to 92 quadrillion yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Fen(pub i64);

/// Why a text is not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an amount: expected digits with at most two decimals, such as 26000 or 26000.50")]
pub struct MoneyError;

impl Fen {
    /// Parses `26000`, `26000.5` or `26000.50` (no sign, no grouping) into the smallest unit.
    pub fn parse(text: &str) -> Result<Fen, MoneyError> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(rest) || rest.len() > 2 {
            return Err(MoneyError);
        }
        let whole: i64 = whole.parse().map_err(|_| MoneyError)?;
        let part: i64 = rest.parse().map_err(|_| MoneyError)?;
        let part = if rest.len() == 1 { part * 10 } else { part };
        whole.checked_mul(100).and_then(|w| w.checked_add(part)).map(Fen).ok_or(MoneyError)
    }
}

impl fmt::Display for Fen {
    /// Shortest exact decimal: `26000`, `26000.50`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (sign, n) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match n % 100 {
            0 => write!(f, "{sign}{}", n / 100),
            part => write!(f, "{sign}{}.{part:02}", n / 100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_and_print_exactly() {
        for (text, fen) in [("0", 0), ("26000", 2_600_000), ("0.5", 50), ("0.05", 5), ("12.34", 1234)] {
            assert_eq!(Fen::parse(text), Ok(Fen(fen)), "{text}");
        }
        for bad in ["", "-1", "1.234", "1,2", "1e3", ".5", "5.", "99999999999999999999", " 1"] {
            assert_eq!(Fen::parse(bad), Err(MoneyError), "{bad}");
        }
        assert_eq!(Fen(1205).to_string(), "12.05");
        assert_eq!(Fen(-100).to_string(), "-1");
    }
}
