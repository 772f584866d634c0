//! Which days are workdays: weeks, public holidays and the workdays that make up for them (调休).
//!
//! A year whose announcement has not been imported counts Monday to Friday, and every result that such a year had a
//! part in says that it is provisional.

mod day;
mod parse;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, LazyLock},
};

use jiff::civil::{Date, Weekday as Name};
use kernel::Day;

pub use day::{
    Weekday, add_days, days_between, first_of_month, last_of_month, last_of_year, midnight, next_month, next_year,
    weekday,
};
pub(crate) use day::{date, day as day_of};
pub use parse::{Error, ErrorKind, MAX_BYTES, MAX_ERRORS, parse};

/// Why a day differs from its weekday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// Nobody has to work, whatever weekday it is.
    Holiday,
    /// A Saturday or Sunday that is worked in exchange for a holiday.
    MakeupWorkday,
}

impl DayKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            DayKind::Holiday => "holiday",
            DayKind::MakeupWorkday => "makeup-workday",
        }
    }
}

impl std::str::FromStr for DayKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [DayKind::Holiday, DayKind::MakeupWorkday].into_iter().find(|kind| kind.as_str() == word).ok_or(())
    }
}

/// A day that differs from its weekday.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedDay {
    /// The day.
    pub day: Day,
    /// How it differs.
    pub kind: DayKind,
    /// The occasion as the announcement calls it, at most 40 characters.
    pub name: String,
}

/// The announcement of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearDays {
    /// The year, 1949 to 2199.
    pub year: i16,
    /// Its days, in order.
    pub days: Vec<NamedDay>,
}

/// A day that was reckoned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub day: Day,
    /// True when a day on the way to it lies in a year without an announcement, so that it may still move.
    pub provisional: bool,
}

/// What is known of workdays. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    known: Arc<Known>,
}

#[derive(Debug, Default)]
struct Known {
    years: BTreeSet<i16>,
    days: BTreeMap<Date, DayKind>,
}

const BUNDLED: &str = include_str!("../data/calendar-cn.json");
static BUNDLED_YEARS: LazyLock<Vec<YearDays>> = LazyLock::new(|| parse(BUNDLED).unwrap_or_default());

/// The years that come with the program: mainland China 2024 and 2025.
pub fn bundled() -> &'static [YearDays] {
    &BUNDLED_YEARS
}

impl Calendar {
    /// A calendar that knows these years. Of two announcements of one year the later in the list holds.
    pub fn new<'a>(years: impl IntoIterator<Item = &'a YearDays>) -> Calendar {
        let mut known = Known::default();
        for year in years {
            if !known.years.insert(year.year) {
                known.days.retain(|date, _| date.year() != year.year);
            }
            known.days.extend(year.days.iter().map(|named| (date(&named.day), named.kind)));
        }
        Calendar { known: Arc::new(known) }
    }

    /// A calendar that knows only the years that come with the program.
    pub fn of_the_program() -> Calendar {
        Calendar::new(bundled())
    }

    /// Whether the year's announcement is known.
    pub fn knows(&self, year: i16) -> bool {
        self.known.years.contains(&year)
    }

    /// Whether people work on this day, and whether that is known for certain.
    pub fn is_workday(&self, day: &Day) -> (bool, bool) {
        self.look(date(day))
    }

    fn look(&self, date: Date) -> (bool, bool) {
        let worked = match self.known.days.get(&date) {
            Some(kind) => *kind == DayKind::MakeupWorkday,
            None => !matches!(date.weekday(), Name::Saturday | Name::Sunday),
        };
        (worked, self.knows(date.year()))
    }

    /// The `n`th workday after `from`. The day itself is not counted (Civil Code of China, article 201), so 0 is `from`.
    ///
    /// Never later than the year 9999.
    pub fn add_workdays(&self, from: &Day, n: u32) -> Due {
        self.count(from, n, |date| self.look(date))
    }

    /// [`Calendar::add_workdays`] where some days do not count, such as those of a suspension.
    pub(crate) fn add_workdays_except(&self, from: &Day, n: u32, skip: impl Fn(Date) -> bool) -> Due {
        // a day that does not count need not be known
        self.count(from, n, |date| if skip(date) { (false, true) } else { self.look(date) })
    }

    /// The `n`th day after `from` that counts, by the given look at a day: whether it counts, whether that is certain.
    pub(crate) fn count(&self, from: &Day, n: u32, look: impl Fn(Date) -> (bool, bool)) -> Due {
        let (mut at, mut left, mut provisional) = (date(from), n, false);
        while left > 0 {
            let Ok(next) = at.tomorrow() else {
                return Due { day: day_of(at), provisional: true };
            };
            at = next;
            let (counts, certain) = look(at);
            provisional |= !certain;
            left -= u32::from(counts);
        }
        Due { day: day_of(at), provisional }
    }

    /// The day itself when it is a workday, else the next workday: a period whose last day is a holiday ends with the
    /// day after the holiday (Civil Code of China, article 203).
    pub fn workday_from(&self, day: &Day) -> Due {
        let (worked, certain) = self.is_workday(day);
        if worked {
            return Due { day: day.clone(), provisional: !certain };
        }
        let next = self.add_workdays(day, 1);
        Due { provisional: next.provisional || !certain, ..next }
    }

    /// Workdays after `from` up to and with `to` (0 when `to` is not later), and whether that may still change.
    /// Looks at 36,600 days at most.
    pub fn workdays_between(&self, from: &Day, to: &Day) -> (u32, bool) {
        let (mut at, end, mut n, mut provisional) = (date(from), date(to), 0, false);
        for _ in 0..36_600 {
            let Some(next) = at.tomorrow().ok().filter(|next| *next <= end) else { break };
            at = next;
            let (worked, certain) = self.look(at);
            n += u32::from(worked);
            provisional |= !certain;
        }
        (n, provisional)
    }
}
