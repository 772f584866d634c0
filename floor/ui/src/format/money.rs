//! Amounts of money.

use super::number::{group_digits, split};
use crate::locale::Locale;

/// An amount in the smallest unit of its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money<'a> {
    /// Smallest units: fen for CNY. Any `i64`.
    pub minor: i64,
    /// ISO 4217 code, or whatever code the data uses.
    pub code: &'a str,
    /// How many decimal digits the smallest unit is away from the main one: 2 for CNY, 0 for KRW; at most 18.
    pub digits: u8,
}

impl<'a> Money<'a> {
    /// Renminbi, in fen.
    #[must_use]
    pub const fn cny(fen: i64) -> Money<'static> {
        Money { minor: fen, code: "CNY", digits: 2 }
    }

    /// Any currency.
    #[must_use]
    pub const fn new(minor: i64, code: &'a str, digits: u8) -> Money<'a> {
        Money { minor, code, digits }
    }

    /// For reading at a glance, and still exact: `2.6 万元`, `6,210 元`, `12.50 元`; `¥26,000` in English;
    /// `PLN 1,500`. Round amounts of renminbi from 10,000 yuan are counted in 万 (亿) when two decimals say them
    /// fully; all others are written out. The fraction is left out when it is zero.
    #[must_use]
    pub fn short(self, locale: Locale) -> String {
        if self.code == "CNY" && self.digits == 2 && locale != Locale::En {
            for (units, fen_each) in [(Unit::Yi, 10_000_000_000_u64), (Unit::Wan, 1_000_000)] {
                if let Some(text) = hundredths_of(self.minor, fen_each) {
                    return match (locale, units) {
                        (Locale::ZhHant, Unit::Wan) => format!("{text} 萬元"),
                        (Locale::ZhHant, Unit::Yi) => format!("{text} 億元"),
                        (Locale::Ko, Unit::Wan) => format!("{text}만 위안"),
                        (Locale::Ko, Unit::Yi) => format!("{text}억 위안"),
                        (_, Unit::Wan) => format!("{text} 万元"),
                        (_, Unit::Yi) => format!("{text} 亿元"),
                    };
                }
            }
        }
        self.with_unit(locale, &decimal(self.minor, self.digits, true))
    }

    /// With every digit: `26,000.00 元`, `¥26,000.00` in English, `PLN 1,500.00`.
    #[must_use]
    pub fn exact(self, locale: Locale) -> String {
        self.with_unit(locale, &decimal(self.minor, self.digits, false))
    }

    fn with_unit(self, locale: Locale, number: &str) -> String {
        if self.code != "CNY" {
            return format!("{} {number}", self.code);
        }
        match locale {
            Locale::ZhHans | Locale::ZhHant => format!("{number} 元"),
            Locale::Ko => format!("{number}위안"),
            Locale::En => match number.strip_prefix('−') {
                Some(number) => format!("−¥{number}"),
                None => format!("¥{number}"),
            },
        }
    }
}

#[derive(Clone, Copy)]
enum Unit {
    Wan,
    Yi,
}

/// `minor` in units of `each`, if it is at least one and two decimals say it fully.
fn hundredths_of(minor: i64, each: u64) -> Option<String> {
    let (sign, most) = split(minor);
    let step = each / 100;
    if most < each || !most.is_multiple_of(step) {
        return None;
    }
    let part = most % each / step;
    let part = match part {
        0 => String::new(),
        _ if part.is_multiple_of(10) => format!(".{}", part / 10),
        _ => format!(".{part:02}"),
    };
    Some(format!("{sign}{}{part}", group_digits(&(most / each).to_string())))
}

fn decimal(minor: i64, digits: u8, drop_zero: bool) -> String {
    let (sign, most) = split(minor);
    let digits = usize::from(digits.min(18));
    let text = format!("{most:0>width$}", width = digits + 1);
    let (whole, part) = text.split_at(text.len() - digits);
    let whole = group_digits(whole);
    if digits == 0 || (drop_zero && part.bytes().all(|b| b == b'0')) {
        return format!("{sign}{whole}");
    }
    format!("{sign}{whole}.{part}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_short_only_where_that_is_exact() {
        use Locale::{En, Ko, ZhHans, ZhHant};
        for (fen, locale, want) in [
            (2_600_000, ZhHans, "2.6 万元"),
            (2_600_000, ZhHant, "2.6 萬元"),
            (2_600_000, Ko, "2.6만 위안"),
            (2_600_000, En, "¥26,000"),
            (4_180_000, ZhHans, "4.18 万元"),
            (1_005_000, ZhHans, "10,050 元"),
            (1_000_000, ZhHans, "1 万元"),
            (1_010_000, ZhHans, "1.01 万元"),
            (999_999, ZhHans, "9,999.99 元"),
            (621_000, ZhHans, "6,210 元"),
            (2_612_345, ZhHans, "26,123.45 元"),
            (12_000_000_000, ZhHans, "1.2 亿元"),
            (12_000_010_000, ZhHans, "12,000.01 万元"),
            (0, ZhHans, "0 元"),
            (-2_600_000, ZhHans, "−2.6 万元"),
            (-5, En, "−¥0.05"),
            (i64::MIN, Ko, "−92,233,720,368,547,758.08위안"),
        ] {
            assert_eq!(Money::cny(fen).short(locale), want, "{fen} {locale:?}");
        }
        assert_eq!(Money::cny(2_600_000).exact(ZhHans), "26,000.00 元");
        assert_eq!(Money::new(150_000, "PLN", 2).short(ZhHans), "PLN 1,500");
        assert_eq!(Money::new(150_050, "PLN", 2).short(ZhHans), "PLN 1,500.50");
        assert_eq!(Money::new(1_234_567, "KRW", 0).exact(Ko), "KRW 1,234,567");
        assert_eq!(Money::new(7, "BHD", 3).exact(En), "BHD 0.007");
    }
}
