//! The clock of a duty: by when something is owed, and how it stands. Pure: the present is an argument.
//!
//! Bounds include the number ("within 5 workdays" is in time on the fifth: Civil Code of China, article 1259); the day
//! on which a period begins is not counted (article 201); hours count from the instant itself.

mod rule;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use kernel::{Day, Instant, local_day};

use crate::calendar::{Calendar, Due, add_days, date, last_of_month, last_of_year, midnight};

pub use rule::{MAX_COUNT, Rule, RuleError, Span};

/// Amber begins with the last third of the time that was given, with the due day itself at the latest …
const AMBER_SHARE: i64 = 3;
/// … and 30 days before the end at the earliest.
const AMBER_AT_MOST: i64 = 30 * DAY;
const HOUR: i64 = 3_600_000_000;
const DAY: i64 = 24 * HOUR;

/// How a duty stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Light {
    /// There is time.
    Green,
    /// The last third of the time, at most 30 days, or the due day itself.
    Amber,
    /// Too late, and still owed.
    Red,
    /// Done in time.
    Met,
    /// Done, too late.
    MetLate,
    /// The clock stands.
    Paused,
}

impl Light {
    /// The word in the API and in message keys (`clock-<word>`).
    pub fn as_str(self) -> &'static str {
        match self {
            Light::Green => "green",
            Light::Amber => "amber",
            Light::Red => "red",
            Light::Met => "met",
            Light::MetLate => "met-late",
            Light::Paused => "paused",
        }
    }
}

/// A suspension of the clock. Of days, the one it begins on is suspended and the one it ends on counts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// When it began.
    pub from: Instant,
    /// When it ended; none while it lasts.
    pub to: Option<Instant>,
}

/// What a deadline depends on.
#[derive(Debug, Clone, Copy)]
pub struct Terms<'a> {
    /// How the time is counted.
    pub rule: &'a Rule,
    /// When it began.
    pub start: Instant,
    /// Time that was given in addition, in the order in which it was given; each is counted from the end so far.
    pub extensions: &'a [Span],
    /// Suspensions, in any order, which may overlap. They do not move rules that name a day or a period.
    pub pauses: &'a [Pause],
}

/// By when something is owed.
///
/// The state follows from two comparisons, so that a table may keep the instants and a query compare them:
/// red when `until < now`, amber when `amber_from <= now`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The local day of the last instant.
    pub day: Day,
    /// The last instant that is in time.
    pub until: Instant,
    /// From when on it is pressing.
    pub amber_from: Instant,
    /// True when it may still move, because a year's holidays are not announced.
    pub provisional: bool,
}

/// How often something was done in a year, against how often it is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pace {
    /// How it stands: amber when it was done less often than an even pace asks.
    pub light: Light,
    /// How often it should have been done before today, at an even pace.
    pub expected: u32,
    /// By when the next one is expected; none when none is owed any more.
    pub next: Option<Day>,
}

/// Reckons deadlines with a calendar and a clock `offset_minutes` east of UTC.
#[derive(Debug, Clone, Copy)]
pub struct Reckoner<'a> {
    /// Which days are worked.
    pub calendar: &'a Calendar,
    /// The jurisdiction's clock.
    pub offset_minutes: i32,
}

/// Where a count has come to.
struct Reached {
    until: Instant,
    provisional: bool,
    /// Counted in hours: the end is an instant, not the end of a day.
    to_the_hour: bool,
}

impl Reckoner<'_> {
    /// By when it is owed; none while the clock stands, that is while a pause lasts that began before the end.
    pub fn due(&self, terms: &Terms<'_>) -> Option<Deadline> {
        let bare = self.reach(terms.rule, terms.start, &[]);
        let ended: Vec<(Instant, Instant)> =
            terms.pauses.iter().filter_map(|pause| Some((pause.from, pause.to?))).collect();
        let mut reached = self.reach(terms.rule, terms.start, &ended);
        for span in terms.extensions {
            reached = self.stretch(&reached, *span, &ended);
        }
        let movable = terms.rule.counts_on() || !terms.extensions.is_empty();
        let stands = |pause: &Pause| {
            let day_of = |at| local_day(at, self.offset_minutes);
            let begun = reached.until > pause.from;
            let that_day = !reached.to_the_hour && day_of(reached.until) == day_of(pause.from);
            movable && pause.to.is_none() && (begun || that_day)
        };
        if terms.pauses.iter().any(stands) {
            return None;
        }
        let given = bare.until.0.saturating_sub(terms.start.0).max(0);
        Some(self.deadline(&reached, terms.start, given))
    }

    fn deadline(&self, reached: &Reached, start: Instant, given: i64) -> Deadline {
        let day = local_day(reached.until, self.offset_minutes);
        let third = reached.until.0.saturating_sub((given / AMBER_SHARE).min(AMBER_AT_MOST));
        let pressing = if reached.to_the_hour { third } else { third.min(midnight(&day, self.offset_minutes).0) };
        let amber_from = Instant(pressing.max(start.0));
        Deadline { day, until: reached.until, amber_from, provisional: reached.provisional }
    }

    fn reach(&self, rule: &Rule, start: Instant, pauses: &[(Instant, Instant)]) -> Reached {
        let day = local_day(start, self.offset_minutes);
        let certain = |day| Due { day, provisional: false };
        match rule {
            Rule::WithinHours(n) => self.in_hours(start, *n, false, pauses),
            Rule::WithinWorkdays(n) => self.end_of(&self.in_workdays(&day, *n, pauses)),
            Rule::WithinDays(n) => self.end_of(&self.in_days(&day, *n, pauses)),
            Rule::WithinDaysToWorkday(n) => {
                let last = self.in_days(&day, *n, pauses).day;
                self.end_of(&self.calendar.workday_from(&last))
            }
            Rule::OnDay(day) => self.end_of(&certain(day.clone())),
            Rule::EveryMonth => self.end_of(&certain(last_of_month(&day))),
            Rule::TimesAYear(_) => self.end_of(&certain(last_of_year(&day))),
        }
    }

    /// More time, counted from the end so far.
    fn stretch(&self, so_far: &Reached, span: Span, pauses: &[(Instant, Instant)]) -> Reached {
        let day = local_day(so_far.until, self.offset_minutes);
        let more = match span {
            Span::Workdays(n) => self.end_of(&self.in_workdays(&day, n, pauses)),
            Span::Days(n) => self.end_of(&self.in_days(&day, n, pauses)),
            Span::Hours(n) => self.in_hours(so_far.until, n, so_far.provisional, pauses),
        };
        Reached { provisional: more.provisional || so_far.provisional, ..more }
    }

    fn end_of(&self, due: &Due) -> Reached {
        let next = midnight(&add_days(&due.day, 1), self.offset_minutes);
        Reached { until: Instant(next.0 - 1), provisional: due.provisional, to_the_hour: false }
    }

    fn in_workdays(&self, from: &Day, n: u32, pauses: &[(Instant, Instant)]) -> Due {
        let paused = self.paused_days(pauses);
        self.calendar.add_workdays_except(from, n, |date| is_within(&paused, date))
    }

    fn in_days(&self, from: &Day, n: u32, pauses: &[(Instant, Instant)]) -> Due {
        let paused = self.paused_days(pauses);
        self.calendar.count(from, n, |date| (!is_within(&paused, date), true))
    }

    fn in_hours(&self, start: Instant, n: u32, provisional: bool, pauses: &[(Instant, Instant)]) -> Reached {
        let mut until = start.0.saturating_add(i64::from(n) * HOUR);
        let mut sorted = pauses.to_vec();
        sorted.sort();
        let mut counted_to = start.0;
        for (from, to) in sorted {
            let from = from.0.max(counted_to);
            if from >= until {
                break;
            }
            if to.0 > from {
                until = until.saturating_add(to.0 - from);
                counted_to = to.0;
            }
        }
        Reached { until: Instant(until), provisional, to_the_hour: true }
    }

    fn paused_days(&self, pauses: &[(Instant, Instant)]) -> Vec<(Date, Date)> {
        let day = |at| date(&local_day(at, self.offset_minutes));
        pauses.iter().map(|(from, to)| (day(*from), day(*to))).collect()
    }

    /// How a duty of `times` in `year` stands at `now` when it was done `done` times. The even pace owes the `k`th at
    /// the end of month `12 k / times`, rounded up.
    pub fn pace(&self, year: i16, times: u32, done: u32, now: Instant) -> Pace {
        let today = local_day(now, self.offset_minutes);
        let times = times.min(MAX_COUNT);
        let expected = (1..=times).take_while(|k| even(year, *k, times).is_some_and(|day| day < today)).count();
        let expected = u32::try_from(expected).unwrap_or(times);
        let light = match () {
            () if done >= times => Light::Met,
            () if today.parts().0 > year => Light::Red,
            () if done < expected => Light::Amber,
            () => Light::Green,
        };
        let next = if done >= times { None } else { even(year, done + 1, times) };
        Pace { light, expected, next }
    }
}

/// By when the `k`th of `times` is owed at an even pace.
fn even(year: i16, k: u32, times: u32) -> Option<Day> {
    let month = (12 * u64::from(k)).div_ceil(u64::from(times.max(1))).clamp(1, 12);
    Day::parse(&format!("{year:04}-{month:02}-01")).map(|first| last_of_month(&first))
}

fn is_within(paused: &[(Date, Date)], date: Date) -> bool {
    paused.iter().any(|(from, to)| *from <= date && date < *to)
}

/// How a duty stands at `now`: `deadline` none while the clock stands, `met` when it was done, if it was.
pub fn state(deadline: Option<&Deadline>, met: Option<Instant>, now: Instant) -> Light {
    match (deadline, met) {
        (Some(deadline), Some(met)) if met > deadline.until => Light::MetLate,
        (_, Some(_)) => Light::Met,
        (None, None) => Light::Paused,
        (Some(deadline), None) if now > deadline.until => Light::Red,
        (Some(deadline), None) if now >= deadline.amber_from => Light::Amber,
        (Some(_), None) => Light::Green,
    }
}
