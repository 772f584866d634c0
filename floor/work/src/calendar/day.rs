//! Reckoning with civil days.

use jiff::{ToSpan, civil::Date};
use kernel::{Day, Instant};

/// Microseconds of a day of 24 hours. The jurisdiction has no daylight saving (see [`kernel::local_day`]).
const DAY_MICROS: i64 = 86_400_000_000;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// 周一
    Monday,
    /// 周二
    Tuesday,
    /// 周三
    Wednesday,
    /// 周四
    Thursday,
    /// 周五
    Friday,
    /// 周六
    Saturday,
    /// 周日
    Sunday,
}

pub(crate) fn date(day: &Day) -> Date {
    day.as_str().parse().unwrap_or_default()
}

/// The date as a day. Outside the years 0 to 9999, which no reckoning here leaves, it is the nearest one inside.
pub(crate) fn day(date: Date) -> Day {
    let nearest = if date.year() < 0 { Date::ZERO } else { date };
    match Day::parse(&nearest.to_string()) {
        Some(day) => day,
        None => kernel::local_day(Instant(0), 0),
    }
}

/// The day `n` days later (earlier when negative). Stays within the years 0 to 9999.
pub fn add_days(from: &Day, n: i32) -> Day {
    day(date(from).saturating_add(n.days()))
}

/// Days from `from` to `to`; negative when `to` is earlier.
pub fn days_between(from: &Day, to: &Day) -> i64 {
    number(date(to)) - number(date(from))
}

/// The first day of the month.
pub fn first_of_month(of: &Day) -> Day {
    day(date(of).first_of_month())
}

/// The last day of the month.
pub fn last_of_month(of: &Day) -> Day {
    day(date(of).last_of_month())
}

/// The first day of the next month.
pub fn next_month(of: &Day) -> Day {
    add_days(&last_of_month(of), 1)
}

/// The last day of the year.
pub fn last_of_year(of: &Day) -> Day {
    day(date(of).last_of_year())
}

/// The first day of the next year.
pub fn next_year(of: &Day) -> Day {
    add_days(&last_of_year(of), 1)
}

/// The day of the week.
pub fn weekday(of: &Day) -> Weekday {
    match date(of).weekday() {
        jiff::civil::Weekday::Monday => Weekday::Monday,
        jiff::civil::Weekday::Tuesday => Weekday::Tuesday,
        jiff::civil::Weekday::Wednesday => Weekday::Wednesday,
        jiff::civil::Weekday::Thursday => Weekday::Thursday,
        jiff::civil::Weekday::Friday => Weekday::Friday,
        jiff::civil::Weekday::Saturday => Weekday::Saturday,
        jiff::civil::Weekday::Sunday => Weekday::Sunday,
    }
}

/// The instant at which the day begins, `offset_minutes` east of UTC: the inverse of [`kernel::local_day`].
pub fn midnight(of: &Day, offset_minutes: i32) -> Instant {
    Instant(number(date(of)) * DAY_MICROS - i64::from(offset_minutes) * 60_000_000)
}

/// Days since 1970-01-01 (H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
fn number(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn months_and_years_end_where_they_do() {
        assert_eq!(last_of_month(&d("2024-02-10")), d("2024-02-29"));
        assert_eq!(last_of_month(&d("2025-02-10")), d("2025-02-28"));
        assert_eq!(first_of_month(&d("2025-02-10")), d("2025-02-01"));
        assert_eq!(next_month(&d("2024-12-31")), d("2025-01-01"));
        assert_eq!(last_of_year(&d("2024-06-10")), d("2024-12-31"));
        assert_eq!(next_year(&d("2024-06-10")), d("2025-01-01"));
        assert_eq!(weekday(&d("2026-11-22")), Weekday::Sunday);
        assert_eq!(add_days(&d("9999-12-31"), 5), d("9999-12-31"));
    }

    proptest! {
        #[test]
        fn midnight_is_the_first_instant_of_its_local_day(micros in 0_i64..4_000_000_000_000_000, hours in -12_i32..14) {
            let offset = hours * 60;
            let today = kernel::local_day(Instant(micros), offset);
            let begins = midnight(&today, offset);
            prop_assert_eq!(kernel::local_day(begins, offset), today.clone());
            prop_assert_eq!(kernel::local_day(Instant(begins.0 - 1), offset), add_days(&today, -1));
            prop_assert!(begins.0 <= micros && micros < begins.0 + DAY_MICROS);
        }

        #[test]
        fn days_between_undoes_adding(micros in 0_i64..4_000_000_000_000_000, n in -40_000_i32..40_000) {
            let from = kernel::local_day(Instant(micros), 480);
            prop_assert_eq!(days_between(&from, &add_days(&from, n)), i64::from(n));
        }
    }
}
