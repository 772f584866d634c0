//! Facts in, a reasoned answer out.

use kernel::{Day, FieldError, Instant, Kind, Refusal, Shape};
use work::calendar::{add_days, midnight};

use super::{Activity, THEMES, hold::HoldActivity};

/// People who fit in, at most.
pub const MAX_CAPACITY: u32 = 100_000;
/// How long before its start an activity can be entered at most: two years, in days.
pub const MAX_AHEAD: i64 = 731;
/// How long after its day an activity that belongs to no project can be entered, in days: a quarter of a year.
pub const MAX_BACK: i32 = 92;
const MINUTE: i64 = 60_000_000;

/// Between which days an activity may lie.
#[derive(Debug, Clone, Copy)]
pub struct Days<'a> {
    /// The local day on which it is typed.
    pub today: &'a Day,
    /// The first day of its project's season; none where it stands alone, and then lies [`MAX_BACK`] days back at most.
    pub season: Option<&'a Day>,
    /// The day it had before, which it may keep.
    pub before: Option<&'a Day>,
}

impl Days<'_> {
    /// Why not on this day.
    fn wrong(&self, day: &Day) -> Option<&'static str> {
        if self.before == Some(day) {
            return None;
        }
        if work::calendar::days_between(self.today, day) > MAX_AHEAD {
            return Some("too-far-ahead");
        }
        match self.season {
            Some(first) => (day < first).then_some("before-season"),
            None => (*day < add_days(self.today, -MAX_BACK)).then_some("too-long-ago"),
        }
    }
}

/// What an activity says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// One of [`THEMES`].
    pub theme: String,
    /// 1 to 80 characters.
    pub title: String,
    /// At most 2,000 characters.
    pub about: String,
    /// At most 100 characters.
    pub spot: String,
    /// When it begins.
    pub starts_at: Instant,
    /// When it ends, later than it begins.
    pub ends_at: Instant,
    /// The local day.
    pub day: Day,
    /// 0 is as many as come.
    pub capacity: u32,
    /// Whoever comes also checks out.
    pub hours: bool,
}

/// `HH:MM` as minutes after midnight, 0 to 1,439; `24:00` is 1,440.
pub fn minutes(text: &str) -> Option<i64> {
    let (hours, minutes) = text.trim().replace('：', ":").split_once(':').map(|(h, m)| (h.to_owned(), m.to_owned()))?;
    let digits = |part: &str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(&hours) || minutes.len() != 2 || !digits(&minutes) {
        return None;
    }
    let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 1_440).then_some(total)
}

/// What somebody typed, with every wrong field named. An activity may have been held before, so that what was on paper can
/// be entered: of a project since its season began, else within [`MAX_BACK`] days. It does not lie further ahead than
/// [`MAX_AHEAD`] days.
///
/// # Errors
/// Refusal `invalid-input`.
pub fn draft(input: &HoldActivity, days: Days<'_>, offset_minutes: i32) -> Result<Draft, Refusal> {
    let mut shape = Shape::new();
    let theme = input.theme.trim().to_owned();
    if !THEMES.contains(&theme.as_str()) {
        shape.error("theme", if theme.is_empty() { "required" } else { "unknown-choice" });
    }
    let title = shape.line("title", &input.title, 80);
    let about = shape.optional_prose("about", &input.about, 2_000);
    let spot = shape.optional_line("spot", &input.spot, 100);
    let capacity = shape.number("capacity", i64::from(input.capacity), 0..=i64::from(MAX_CAPACITY));
    let day = match input.day.trim() {
        "" => {
            shape.error("day", "required");
            None
        }
        text => Day::parse(text).or_else(|| {
            shape.error("day", "not-a-date");
            None
        }),
    };
    if let Some(code) = day.as_ref().and_then(|day| days.wrong(day)) {
        shape.error("day", code);
    }
    let mut time = |field: &'static str, text: &str| {
        let found = minutes(text);
        if found.is_none() {
            shape.error(field, if text.trim().is_empty() { "required" } else { "not-a-time" });
        }
        found
    };
    let (from, until) = (time("from", &input.from), time("until", &input.until));
    if let (Some(from), Some(until)) = (from, until)
        && until <= from
    {
        shape.error("until", "ends-too-early");
    }
    shape.finish(())?;
    let (Some(day), Some(from), Some(until)) = (day, from, until) else {
        return Err(Refusal::invalid(vec![FieldError::new("day", "required")]));
    };
    let at = |minutes: i64| Instant(midnight(&day, offset_minutes).0.saturating_add(minutes * MINUTE));
    let (starts_at, ends_at) = (at(from), at(until));
    let capacity = u32::try_from(capacity).unwrap_or(0);
    Ok(Draft { theme, title, about, spot, starts_at, ends_at, day, capacity, hours: input.hours })
}

/// An activity that is not cancelled.
///
/// # Errors
/// Refusal `activity-cancelled`.
pub fn expect_held(activity: &Activity) -> Result<(), Refusal> {
    if activity.cancelled_at.is_some() {
        return Err(Refusal::new(Kind::Conflict, "activity-cancelled"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_as_people_write_them() {
        for (text, want) in [
            ("09:30", Some(570)),
            ("9:30", Some(570)),
            ("9：30", Some(570)),
            ("00:00", Some(0)),
            ("24:00", Some(1_440)),
            ("24:01", None),
            ("9:60", None),
            ("9:5", None),
            ("-1:30", None),
            ("+9:30", None),
            ("930", None),
            ("", None),
        ] {
            assert_eq!(minutes(text), want, "{text}");
        }
    }

    #[test]
    fn every_wrong_field_is_named() {
        let today = Day::parse("2026-11-22").unwrap();
        let good = HoldActivity {
            theme: "culture".into(),
            title: "写春联".into(),
            day: "2026-11-28".into(),
            from: "9:00".into(),
            until: "11:00".into(),
            ..HoldActivity::default()
        };
        let alone = Days { today: &today, season: None, before: None };
        let read = draft(&good, alone, 480).unwrap();
        assert_eq!((read.ends_at.0 - read.starts_at.0) / MINUTE, 120);
        assert_eq!(kernel::local_time(read.starts_at, 480), "09:00");
        let wrong = |change: &dyn Fn(&mut HoldActivity)| {
            let mut input = good.clone();
            change(&mut input);
            let refusal = draft(&input, alone, 480).unwrap_err();
            refusal.fields.iter().map(|f| format!("{}: {}", f.field, f.code)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(wrong(&|i| i.theme = "fun".into()), "theme: unknown-choice");
        assert_eq!(wrong(&|i| i.day = "2026-02-30".into()), "day: not-a-date");
        assert_eq!(wrong(&|i| i.day = "2029-02-01".into()), "day: too-far-ahead");
        assert_eq!(wrong(&|i| i.until = "9:00".into()), "until: ends-too-early");
        assert_eq!(wrong(&|i| i.from = "9点".into()), "from: not-a-time");
        assert_eq!(wrong(&|i| i.capacity = MAX_CAPACITY + 1), "capacity: too-large");
        assert_eq!(wrong(&|i| i.title = "长".repeat(81)), "title: too-long");
    }

    #[test]
    fn nobody_enters_what_was_before_the_season_or_long_ago() {
        let day = |text: &str| Day::parse(text).unwrap();
        let (today, began, old) = (day("2026-11-22"), day("2026-03-01"), day("2025-05-01"));
        let of = |season, before| Days { today: &today, season, before };
        for (on, season, before, want) in [
            ("2026-08-22", None, None, None),
            ("2026-08-21", None, None, Some("too-long-ago")),
            ("0001-01-01", None, None, Some("too-long-ago")),
            ("2026-03-01", Some(&began), None, None),
            ("2026-02-28", Some(&began), None, Some("before-season")),
            ("1900-01-01", Some(&began), None, Some("before-season")),
            ("2028-11-22", Some(&began), None, None),
            ("2028-11-23", Some(&began), None, Some("too-far-ahead")),
            // what was entered before this was asked for keeps its day
            ("2025-05-01", None, Some(&old), None),
            ("2025-05-02", None, Some(&old), Some("too-long-ago")),
        ] {
            assert_eq!(of(season, before).wrong(&day(on)), want, "{on}");
        }
    }
}
