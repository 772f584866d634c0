//! Whole numbers, percentages, sizes.

pub(super) fn split(number: i64) -> (&'static str, u64) {
    (if number < 0 { "−" } else { "" }, number.unsigned_abs())
}

pub(super) fn group_digits(digits: &str) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
