//! Instants and local days.

use std::fmt;

/// Microseconds since 1970-01-01T00:00:00Z. The unit in which every instant is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(pub i64);

/// A civil day of the jurisdiction, `"2026-11-22"`. Stored beside each instant that is ever counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Box<str>);

impl Day {
    /// The day as `YYYY-MM-DD`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Parses `YYYY-MM-DD`; `None` when it is no day of the calendar.
    pub fn parse(text: &str) -> Option<Day> {
        let date: jiff::civil::Date = text.parse().ok()?;
        (date.to_string() == text).then(|| Day(text.into()))
    }

    /// Year, month and day as numbers.
    pub fn parts(&self) -> (i16, i8, i8) {
        let date: jiff::civil::Date = self.0.parse().unwrap_or_default();
        (date.year(), date.month(), date.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where the time comes from. The system's clock lives at the rim; tests hand in a fixed one.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> Instant;
}

/// The local day of an instant, `offset_minutes` east of UTC.
///
/// China has one offset and no daylight saving time (480 minutes). A jurisdiction with daylight saving needs a time
/// zone here instead of a number.
pub fn local_day(now: Instant, offset_minutes: i32) -> Day {
    let micros = now.0.saturating_add(i64::from(offset_minutes) * 60_000_000);
    let stamp = jiff::Timestamp::from_microsecond(micros).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    Day(stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string().into())
}

/// The local time of day of an instant as `HH:MM`, `offset_minutes` east of UTC.
pub fn local_time(at: Instant, offset_minutes: i32) -> String {
    let local = at.0.div_euclid(60_000_000).saturating_add(i64::from(offset_minutes)).rem_euclid(1_440);
    format!("{:02}:{:02}", local / 60, local % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_time_is_that_of_the_offset() {
        assert_eq!(local_time(Instant(0), 480), "08:00");
        assert_eq!(local_time(Instant(-1), 0), "23:59");
    }

    #[test]
    fn the_local_day_turns_at_local_midnight() {
        // 2026-11-22T15:59:59.999999Z is 23:59:59 in Beijing
        let before = Instant(1_795_363_199_999_999);
        assert_eq!(local_day(before, 480).as_str(), "2026-11-22");
        assert_eq!(local_day(Instant(before.0 + 1), 480).as_str(), "2026-11-23");
    }

    #[test]
    fn only_real_days_parse() {
        assert!(Day::parse("2026-02-28").is_some());
        for bad in ["2026-02-30", "2026-2-3", "26-02-03", "", "2026-02-28T00:00"] {
            assert!(Day::parse(bad).is_none(), "{bad}");
        }
    }
}
