//! Numbers, money, dates and sizes as text. Integers in, text out; nothing is rounded unless the function says so.

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

fn split(number: i64) -> (&'static str, u64) {
    (if number < 0 { "−" } else { "" }, number.unsigned_abs())
}

fn group_digits(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A whole number with a comma between thousands: `1,204`; negative numbers with the minus sign `−`.
#[must_use]
pub fn group(number: i64) -> String {
    let (sign, most) = split(number);
    format!("{sign}{}", group_digits(&most.to_string()))
}

/// A count with a comma between thousands.
#[must_use]
pub fn count(number: u64) -> String {
    group_digits(&number.to_string())
}

/// `part` of `whole` in percent with one decimal, rounded **down**, so that 100.0% is only ever said of all of it
/// (and 50.0% never of less than half). `—` when `whole` is 0.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let thousandths = u128::from(part) * 1000 / u128::from(whole);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// A size in bytes, powers of 1000, one decimal rounded **down**: `999 B`, `1.2 kB`, `3.0 MB`.
#[must_use]
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 6] = ["kB", "MB", "GB", "TB", "PB", "EB"];
    if size < 1000 {
        return format!("{size} B");
    }
    let mut each = 1000_u64;
    let mut unit = 0;
    while size / each >= 1000 && unit + 1 < UNITS.len() {
        each *= 1000;
        unit += 1;
    }
    format!("{}.{} {}", size / each, size % each / (each / 10), UNITS[unit])
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Civil {
    /// Year, such as 2026.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day, 1 to 31.
    pub day: u8,
}

impl Civil {
    /// A day. Nothing is checked: a month outside 1–12 is shown as digits.
    #[must_use]
    pub const fn new(year: i32, month: u8, day: u8) -> Civil {
        Civil { year, month, day }
    }

    /// ISO 8601, for `<time datetime>`: `2024-09-18`.
    #[must_use]
    pub fn iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// In full: `2024年9月18日`, `18 September 2024`, `2024년 9월 18일`.
    #[must_use]
    pub fn long(self, locale: Locale) -> String {
        let Civil { year, month, day } = self;
        match locale {
            Locale::ZhHans | Locale::ZhHant => format!("{year}年{month}月{day}日"),
            Locale::Ko => format!("{year}년 {month}월 {day}일"),
            Locale::En => match month_name(month) {
                Some(name) => format!("{day} {name} {year}"),
                None => self.iso(),
            },
        }
    }

    /// Without the year: `9月18日`, `18 Sep`, `9월 18일`.
    #[must_use]
    pub fn short(self, locale: Locale) -> String {
        let Civil { month, day, .. } = self;
        match locale {
            Locale::ZhHans | Locale::ZhHant => format!("{month}月{day}日"),
            Locale::Ko => format!("{month}월 {day}일"),
            Locale::En => match month_name(month) {
                Some(name) => format!("{day} {}", &name[..3]),
                None => self.iso(),
            },
        }
    }
}

fn month_name(month: u8) -> Option<&'static str> {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(month).checked_sub(1)?).copied()
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

    #[test]
    fn counts_percents_and_sizes() {
        assert_eq!((group(-1_234_567).as_str(), group(0).as_str()), ("−1,234,567", "0"));
        assert_eq!(count(u64::MAX), "18,446,744,073,709,551,615");
        for (part, whole, want) in
            [(9_999, 10_000, "99.9%"), (1, 3, "33.3%"), (0, 7, "0.0%"), (3, 2, "150.0%"), (1, 0, "—")]
        {
            assert_eq!(percent(part, whole), want);
        }
        assert_eq!(percent(u64::MAX, u64::MAX), "100.0%");
        for (size, want) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (1_299, "1.2 kB"),
            (999_999, "999.9 kB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(bytes(size), want);
        }
    }

    #[test]
    fn days_are_told_in_each_language() {
        let day = Civil::new(2024, 9, 18);
        let all: Vec<_> = Locale::ALL.iter().map(|locale| (day.long(*locale), day.short(*locale))).collect();
        let want = [
            ("2024年9月18日", "9月18日"),
            ("2024年9月18日", "9月18日"),
            ("18 September 2024", "18 Sep"),
            ("2024년 9월 18일", "9월 18일"),
        ];
        assert!(all.iter().map(|(a, b)| (a.as_str(), b.as_str())).eq(want));
        assert_eq!(Civil::new(2024, 13, 1).long(Locale::En), "2024-13-01");
    }
}
