//! Reading attendance. Rows name persons: they are for those who may record there; figures are for everybody.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Home, Kind, Refusal};

use places::queries::around;

use super::{Attendance, AttendanceId, Figures, store};
use crate::site;

/// Rows of a page.
pub const PAGE: i64 = 50;
const PAGE_ROWS: usize = 50;

/// Where and when: a subdistrict or what lies below it, with what came there by a move, from one day to another, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Range {
    /// The shard.
    pub home: Home,
    /// The path of the place (`Place::path`): there and below.
    pub path: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
}

/// One row.
///
/// # Errors
/// Refusal `attendance-not-found`; database faults.
pub fn attendance(s: &mut Snapshot<'_>, id: &AttendanceId) -> Result<Attendance, Fault> {
    Ok(store::attendance(s, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "attendance-not-found"))?)
}

/// What is told of a place and a time, also of what came there by a move: three statements.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn figures(s: &mut Snapshot<'_>, range: &Range) -> Result<Figures, DbError> {
    Ok(figures_with_rows(s, range, None)?.0)
}

/// Which rows a page shows: estimates or recorded ones, before the given day and id.
pub type Rows<'a> = (bool, Option<(&'a Day, &'a AttendanceId)>);

/// [`figures`], and the rows behind them where any are asked for ([`rows`]): four statements then.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn figures_with_rows(
    s: &mut Snapshot<'_>,
    range: &Range,
    asked: Option<Rows<'_>>,
) -> Result<(Figures, Vec<Attendance>), DbError> {
    let around = around(s, range.home, &range.path)?;
    let range = (&around, range);
    let (counts, events) = store::counts(s, range)?;
    let figures = told(counts, &store::estimates(s, range)?, events);
    let rows = match asked {
        Some((estimated, before)) => store::rows(s, range, estimated, before, PAGE)?,
        None => Vec::new(),
    };
    Ok((figures, rows))
}

/// One event, as far as it is held at a place and below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventAt {
    /// The shard.
    pub home: Home,
    /// The path of the place (`Place::path`).
    pub path: String,
    /// What kind of event.
    pub kind: String,
    /// Its id.
    pub event: String,
}

/// What is told of one event, also of what came there by a move: three statements.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn event_figures(s: &mut Snapshot<'_>, at: &EventAt) -> Result<Figures, DbError> {
    let around = around(s, at.home, &at.path)?;
    let at = (&around, at);
    let (counts, estimates) = (store::event_counts(s, at)?, store::event_estimates(s, at)?);
    let any = counts.0 > 0 || !estimates.is_empty();
    Ok(told(counts, &estimates, u64::from(any)))
}

fn told(
    (visits, direct_visits, named, persons): store::Counts,
    estimates: &[(bool, u64, u64)],
    events: u64,
) -> Figures {
    let sum = |wanted: bool| {
        let of = estimates.iter().filter(|(direct, ..)| *direct == wanted);
        of.fold(0_u64, |sum, (_, heads, n)| sum.saturating_add(heads.saturating_mul(*n)))
    };
    Figures {
        events,
        visits,
        direct_visits,
        persons,
        unnamed: visits - named.min(visits),
        estimates: estimates.iter().map(|(.., n)| n).sum(),
        estimated_direct: sum(true),
        estimated_indirect: sum(false),
    }
}

/// The rows behind the figures, recorded ones or estimates, the latest day first, [`PAGE`] at most, before the given
/// day and id.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(
    s: &mut Snapshot<'_>,
    range: &Range,
    estimated: bool,
    before: Option<(&Day, &AttendanceId)>,
) -> Result<Vec<Attendance>, DbError> {
    let around = around(s, range.home, &range.path)?;
    store::rows(s, (&around, range), estimated, before, PAGE)
}

/// All rows of an event, also those that were struck out, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn event_rows(
    s: &mut Snapshot<'_>,
    at: &EventAt,
    before: Option<&AttendanceId>,
) -> Result<Vec<Attendance>, DbError> {
    let around = around(s, at.home, &at.path)?;
    let mut found = store::event_rows(s, (&around, at), before, PAGE)?;
    found.sort_by(|a, b| site::made(&b.id).cmp(site::made(&a.id)));
    found.truncate(PAGE_ROWS);
    Ok(found)
}
