//! Reading the register.

use db::{DbError, Fault, Snapshot};
use kernel::{Home, Instant, Kind, Refusal};

use super::{Verdict, VerdictId, store};

/// Rows of a page.
pub const PAGE: i64 = 30;
/// Kinds that a filter offers at most.
const MAX_KINDS: i64 = 60;

/// One verdict.
///
/// # Errors
/// Refusal `verdict-not-found`; database faults.
pub fn verdict(s: &mut Snapshot<'_>, id: &VerdictId) -> Result<Verdict, Fault> {
    Ok(store::verdict(s, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "verdict-not-found"))?)
}

/// The verdicts about a record, the newest first, [`PAGE`] at most: for that record's own page.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn about(s: &mut Snapshot<'_>, home: Home, subject: &str) -> Result<Vec<Verdict>, DbError> {
    store::about(s, home, subject, PAGE)
}

/// The latest verdict of a kind about a record, however many others there are.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn latest(s: &mut Snapshot<'_>, home: Home, (subject, kind): (&str, &str)) -> Result<Option<Verdict>, DbError> {
    store::latest(s, home, (subject, kind))
}

/// Verdicts of a kind (empty is all) at a place, by its path, and below (none is everywhere), the newest first,
/// [`PAGE`] at most, before the given instant and id.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn newest(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    kind: &str,
    before: Option<(Instant, &VerdictId)>,
) -> Result<Vec<Verdict>, DbError> {
    store::newest(s, path, kind, before, PAGE)
}

/// The kinds of which there are verdicts.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn kinds(s: &mut Snapshot<'_>) -> Result<Vec<String>, DbError> {
    Ok(store::kinds(s, MAX_KINDS)?.into_iter().map(|(kind,)| kind).collect())
}
