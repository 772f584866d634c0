//! How the time of a duty is counted.

use std::{fmt, str::FromStr};

use kernel::Day;

/// The largest number in a rule: ten years of days.
pub const MAX_COUNT: u32 = 3_660;
/// The largest number of hours.
const MAX_HOURS: u32 = MAX_COUNT * 24;

/// How the time of a duty is counted. As text: `workdays:5`, `days:3`, `days-to-workday:30`, `hours:24`,
/// `on:2026-12-31`, `every-month`, `times-a-year:12`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Rule {
    /// Within so many workdays, 1 to 3,660.
    WithinWorkdays(u32),
    /// Within so many calendar days, 1 to 3,660; the last may be a holiday. "日" in laws, where a posting is meant.
    WithinDays(u32),
    /// Within so many calendar days; a last day that is a holiday gives way to the next workday (Civil Code of China,
    /// article 203).
    WithinDaysToWorkday(u32),
    /// Within so many hours, 1 to 87,840.
    WithinHours(u32),
    /// By the end of a day.
    OnDay(Day),
    /// By the end of the month in which it begins, and in each month again.
    EveryMonth,
    /// So often in a calendar year, 1 to 3,660; owed by its end. See [`super::Reckoner::pace`].
    TimesAYear(u32),
}

/// More time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Span {
    /// Workdays.
    Workdays(u32),
    /// Calendar days.
    Days(u32),
    /// Hours.
    Hours(u32),
}

/// Why a text is not a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleError;

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a rule of time: expected such as workdays:5, days:3, hours:24, every-month")
    }
}

impl std::error::Error for RuleError {}

impl Rule {
    /// Whether the time is counted from the start on, so that a pause moves its end.
    pub(crate) fn counts_on(&self) -> bool {
        !matches!(self, Rule::OnDay(_) | Rule::EveryMonth | Rule::TimesAYear(_))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::WithinWorkdays(n) => write!(f, "workdays:{n}"),
            Rule::WithinDays(n) => write!(f, "days:{n}"),
            Rule::WithinDaysToWorkday(n) => write!(f, "days-to-workday:{n}"),
            Rule::WithinHours(n) => write!(f, "hours:{n}"),
            Rule::OnDay(day) => write!(f, "on:{day}"),
            Rule::EveryMonth => f.write_str("every-month"),
            Rule::TimesAYear(n) => write!(f, "times-a-year:{n}"),
        }
    }
}

impl FromStr for Rule {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Rule, RuleError> {
        if text == "every-month" {
            return Ok(Rule::EveryMonth);
        }
        let (kind, value) = text.split_once(':').ok_or(RuleError)?;
        let count = |most: u32| number(value).filter(|n| (1..=most).contains(n)).ok_or(RuleError);
        Ok(match kind {
            "workdays" => Rule::WithinWorkdays(count(MAX_COUNT)?),
            "days" => Rule::WithinDays(count(MAX_COUNT)?),
            "days-to-workday" => Rule::WithinDaysToWorkday(count(MAX_COUNT)?),
            "hours" => Rule::WithinHours(count(MAX_HOURS)?),
            "times-a-year" => Rule::TimesAYear(count(MAX_COUNT)?),
            "on" => Rule::OnDay(Day::parse(value).ok_or(RuleError)?),
            _ => return Err(RuleError),
        })
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Span::Workdays(n) => write!(f, "workdays:{n}"),
            Span::Days(n) => write!(f, "days:{n}"),
            Span::Hours(n) => write!(f, "hours:{n}"),
        }
    }
}

impl FromStr for Span {
    type Err = RuleError;

    fn from_str(text: &str) -> Result<Span, RuleError> {
        match text.parse::<Rule>()? {
            Rule::WithinWorkdays(n) => Ok(Span::Workdays(n)),
            Rule::WithinDays(n) => Ok(Span::Days(n)),
            Rule::WithinHours(n) => Ok(Span::Hours(n)),
            _ => Err(RuleError),
        }
    }
}

/// Digits without sign or leading zeros.
fn number(text: &str) -> Option<u32> {
    let plain = text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0') && text.len() <= 6;
    if plain { text.parse().ok() } else { None }
}
