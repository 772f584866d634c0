//! Import the announced holidays of one or more years.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, Refusal, Shape, Site};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use crate::{
    calendar::{self, DayKind, YearDays},
    jobs::{New, enqueue},
    store,
};

/// The kind of job that an import asks for: whatever was reckoned with less known days is reckoned anew. Its payload is
/// an empty object.
pub const RECOUNT: &str = "duty.recount";
/// Years of one import at most: the rows of more would outlast a write's budget.
pub const MAX_YEARS: usize = 60;

/// A file of holidays.
#[derive(Debug, Clone, Default)]
pub struct ImportCalendar {
    /// The file: JSON as `chinese-days` publishes it, 2,000,000 bytes at most.
    pub text: String,
    /// Where it comes from, such as a number of a notice and a version: 1 to 200 characters.
    pub source: String,
}

/// What an import does, or would do, to one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The year.
    pub year: i16,
    /// Its holidays.
    pub holidays: usize,
    /// Its make-up workdays.
    pub workdays: usize,
    /// Days that are new, gone or otherwise than before; all of them in a year that was not known.
    pub changed: usize,
}

/// What an import would do. Writes nothing.
///
/// # Errors
/// As [`import_calendar`], without rights.
pub fn preview(s: &mut Snapshot<'_>, input: &ImportCalendar) -> Result<Vec<Imported>, Fault> {
    Ok(told(s, input)?.into_iter().map(|(_, imported)| imported).collect())
}

/// Replaces the years that the file holds; other years stay. Asks for a job [`RECOUNT`] when anything changed. The same file again changes and tells nothing.
///
/// # Errors
/// Refusals `not-allowed` (and its kin), `invalid-input`, `too-many-years`, `calendar-has-errors` with the number of
/// errors and the first one ([`calendar::parse`] has them all); database faults.
pub fn import_calendar(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    site: &Site,
    input: &ImportCalendar,
) -> Result<Vec<Imported>, Fault> {
    let permit = authorize(&cx.actor, Action::KeepCalendar, site)?;
    let told = told(tx, input)?;
    let source = input.source.trim();
    for (year, imported) in told.iter().filter(|(_, imported)| imported.changed > 0) {
        store::set_year(tx, &permit, year, source, cx.now)?;
        let public = json!({
            "year": year.year,
            "holidays": imported.holidays,
            "workdays": imported.workdays,
            "changed": imported.changed,
            "source": source,
        });
        let draft = Draft { kind: "calendar.imported", subject: site.place.as_str(), public: &public, private: None };
        append(tx, cx, &permit, &draft)?;
    }
    if told.iter().any(|(_, imported)| imported.changed > 0) {
        let payload = json!({});
        enqueue(tx, cx, &New { home: site.home, kind: RECOUNT, payload: &payload, dedup: None, run_at: None })?;
    }
    Ok(told.into_iter().map(|(_, imported)| imported).collect())
}

fn told(s: &mut Snapshot<'_>, input: &ImportCalendar) -> Result<Vec<(YearDays, Imported)>, Fault> {
    let mut shape = Shape::new();
    shape.line("source", &input.source, 200);
    shape.finish(())?;
    let years = calendar::parse(&input.text).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        let n = i64::try_from(errors.len()).unwrap_or(i64::MAX);
        Refusal::new(Kind::Invalid, "calendar-has-errors").with_int("n", n).with_text("first", first)
    })?;
    if years.len() > MAX_YEARS {
        let limit = i64::try_from(MAX_YEARS).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-years").with_int("limit", limit).into());
    }
    let known = store::years(s)?;
    Ok(years
        .into_iter()
        .map(|year| {
            let imported = compare(&year, known.iter().find(|known| known.year == year.year));
            (year, imported)
        })
        .collect())
}

fn compare(year: &YearDays, known: Option<&YearDays>) -> Imported {
    let count = |kind| year.days.iter().filter(|named| named.kind == kind).count();
    let before: &[_] = known.map_or(&[], |known| &known.days);
    let new = year.days.iter().filter(|named| !before.contains(named)).count();
    let gone = before.iter().filter(|named| year.days.iter().all(|other| other.day != named.day)).count();
    let (holidays, workdays) = (count(DayKind::Holiday), count(DayKind::MakeupWorkday));
    Imported { year: year.year, holidays, workdays, changed: new + gone }
}
