//! Reading an announcement: the JSON that chinese-days publishes.
//!
//! ```text
//! {"holidays":   {"2025-01-28": "Spring Festival,春节,4", …},
//!  "workdays":   {"2025-01-26": "Spring Festival,春节,4", …},
//!  "inLieuDays": {"2025-02-03": "Spring Festival,春节,4", …}}
//! ```
//!
//! A day in lieu is a holiday too and stands in both lists. A file may hold several years.

use std::{collections::BTreeMap, fmt};

use jiff::civil::{Date, Weekday};
use kernel::Day;
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};

use super::{DayKind, NamedDay, YearDays, date};

/// Bytes of a file at most.
pub const MAX_BYTES: usize = 2_000_000;
/// Errors told of at most.
pub const MAX_ERRORS: usize = 50;
/// Characters of an occasion at most.
const MAX_NAME: usize = 40;
/// Days of a list at most: 250 years of 40.
const MAX_DAYS: usize = 10_000;
/// Years that can be meant.
const YEARS: std::ops::RangeInclusive<i16> = 1949..=2199;
/// Fewer holidays in a year are a part of its announcement: the least there were since 1949 is 7.
const MIN_HOLIDAYS: usize = 7;

/// What is wrong with an entry, or with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorKind {
    /// The file is larger than [`MAX_BYTES`] or has more days than any calendar.
    TooLarge,
    /// The file is not JSON of the expected form.
    NotReadable,
    /// The key is no day of the calendar, or of no year that can be meant.
    NotADay,
    /// The day stands twice in one list.
    Twice,
    /// The occasion is empty or longer than 40 characters.
    NoName,
    /// The day is both a holiday and a make-up workday.
    Both,
    /// A make-up workday that is no Saturday or Sunday.
    NotOnAWeekend,
    /// A day in lieu that is not among the holidays.
    InLieuOfNothing,
    /// The year has so few holidays that a part of it must be missing.
    YearIncomplete,
    /// The file holds no day.
    Empty,
}

impl ErrorKind {
    /// The stable code; the words are `field-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            ErrorKind::TooLarge => "calendar-too-large",
            ErrorKind::NotReadable => "calendar-not-readable",
            ErrorKind::NotADay => "calendar-not-a-day",
            ErrorKind::Twice => "calendar-twice",
            ErrorKind::NoName => "calendar-no-name",
            ErrorKind::Both => "calendar-both",
            ErrorKind::NotOnAWeekend => "calendar-not-on-a-weekend",
            ErrorKind::InLieuOfNothing => "calendar-in-lieu-of-nothing",
            ErrorKind::YearIncomplete => "calendar-year-incomplete",
            ErrorKind::Empty => "calendar-empty",
        }
    }
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// Where: a list and its key, such as `workdays 2025-01-26`, or a year; at most 60 characters. Empty for the file.
    pub entry: String,
    /// What.
    pub kind: ErrorKind,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.entry.is_empty() {
            f.write_str(self.kind.code())
        } else {
            write!(f, "{}: {}", self.entry, self.kind.code())
        }
    }
}

impl std::error::Error for Error {}

/// A JSON object with its keys in order, also those that stand twice.
#[derive(Default)]
struct Pairs(Vec<(String, String)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Each;
        impl<'de> Visitor<'de> for Each {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("days with their occasions")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    if pairs.len() == MAX_DAYS {
                        return Err(serde::de::Error::custom("too many days"));
                    }
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Each)
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    holidays: Pairs,
    workdays: Pairs,
    #[serde(default)]
    in_lieu_days: Pairs,
}

/// The years of a file, in order.
///
/// # Errors
/// Everything that is wrong, in the order of the file, [`MAX_ERRORS`] at most.
pub fn parse(text: &str) -> Result<Vec<YearDays>, Vec<Error>> {
    let whole = |kind| Err(vec![Error { entry: String::new(), kind }]);
    if text.len() > MAX_BYTES {
        return whole(ErrorKind::TooLarge);
    }
    let Ok(file) = serde_json::from_str::<File>(text) else { return whole(ErrorKind::NotReadable) };
    let mut reading = Reading::default();
    let holidays = reading.list("holidays", &file.holidays);
    let workdays = reading.list("workdays", &file.workdays);
    let in_lieu = reading.list("inLieuDays", &file.in_lieu_days);
    for date in workdays.keys() {
        if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            reading.error(format!("workdays {date}"), ErrorKind::NotOnAWeekend);
        }
        if holidays.contains_key(date) {
            reading.error(format!("workdays {date}"), ErrorKind::Both);
        }
    }
    for date in in_lieu.keys().filter(|date| !holidays.contains_key(*date)) {
        reading.error(format!("inLieuDays {date}"), ErrorKind::InLieuOfNothing);
    }
    let years = years(holidays, workdays);
    for year in &years {
        if year.days.iter().filter(|named| named.kind == DayKind::Holiday).count() < MIN_HOLIDAYS {
            reading.error(year.year.to_string(), ErrorKind::YearIncomplete);
        }
    }
    match (reading.errors.is_empty(), years.is_empty()) {
        (false, _) => Err(reading.errors),
        (true, true) => whole(ErrorKind::Empty),
        (true, false) => Ok(years),
    }
}

#[derive(Default)]
struct Reading {
    errors: Vec<Error>,
}

type List = BTreeMap<Date, (Day, String)>;

impl Reading {
    fn error(&mut self, entry: String, kind: ErrorKind) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(Error { entry, kind });
        }
    }

    fn list(&mut self, list: &str, pairs: &Pairs) -> List {
        let mut days = List::new();
        for (key, text) in &pairs.0 {
            let entry = || format!("{list} {}", key.chars().take(40).collect::<String>());
            let Some(day) = Day::parse(key).filter(|day| YEARS.contains(&day.parts().0)) else {
                self.error(entry(), ErrorKind::NotADay);
                continue;
            };
            let name = name(text);
            if name.is_empty() || name.chars().nth(MAX_NAME).is_some() || name.chars().any(char::is_control) {
                self.error(entry(), ErrorKind::NoName);
            }
            if days.insert(date(&day), (day, name.to_owned())).is_some() {
                self.error(entry(), ErrorKind::Twice);
            }
        }
        days
    }
}

/// The occasion in Chinese, which stands between two commas; a text without commas is the occasion itself.
fn name(text: &str) -> &str {
    let mut parts = text.split(',');
    let first = parts.next().unwrap_or_default();
    parts.next().unwrap_or(first).trim()
}

fn years(holidays: List, workdays: List) -> Vec<YearDays> {
    let named = |kind| move |(day, name)| NamedDay { day, kind, name };
    let mut years: BTreeMap<i16, Vec<NamedDay>> = BTreeMap::new();
    let all = holidays.into_values().map(named(DayKind::Holiday));
    for day in all.chain(workdays.into_values().map(named(DayKind::MakeupWorkday))) {
        years.entry(day.day.parts().0).or_default().push(day);
    }
    let sorted = |(year, mut days): (i16, Vec<NamedDay>)| {
        days.sort();
        YearDays { year, days }
    };
    years.into_iter().map(sorted).collect()
}
