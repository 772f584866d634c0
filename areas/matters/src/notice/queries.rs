//! Reading notices.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Home, Instant, Kind as No, Refusal};
use work::calendar::Calendar;

use super::{Notice, NoticeId, Objection, ObjectionId, Version, rules, store};

/// Rows of a page.
pub const PAGE: i64 = 30;

/// Which notices a list shows.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The path of a place (`Place::path`): there and below. None is everywhere.
    pub path: Option<String>,
    /// The word of a kind; empty is all.
    pub kind: String,
}

/// One notice.
///
/// # Errors
/// Refusal `notice-not-found`; database faults.
pub fn notice(s: &mut Snapshot<'_>, id: &NoticeId) -> Result<Notice, Fault> {
    Ok(store::notice(s, id)?.ok_or_else(|| Refusal::new(No::NotFound, "notice-not-found"))?)
}

/// One objection. Its author and words are not for the public.
///
/// # Errors
/// Refusal `objection-not-found`; database faults.
pub fn objection(s: &mut Snapshot<'_>, id: &ObjectionId) -> Result<Objection, Fault> {
    Ok(store::objection(s, id)?.ok_or_else(|| Refusal::new(No::NotFound, "objection-not-found"))?)
}

/// All wordings of a notice, the newest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn versions(s: &mut Snapshot<'_>, id: &NoticeId) -> Result<Vec<Version>, DbError> {
    store::versions(s, id, i64::from(rules::MAX_VERSIONS))
}

/// Objections to a notice after `after`, the oldest first, [`PAGE`] at most. Authors and words are not for the public.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn objections(s: &mut Snapshot<'_>, id: &NoticeId, after: Option<&ObjectionId>) -> Result<Vec<Objection>, DbError> {
    store::objections(s, id, after, PAGE)
}

/// Notices on the board, what ends first first, [`PAGE`] at most, after the given last day and id.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn running(
    s: &mut Snapshot<'_>,
    filter: &Filter,
    after: Option<(&Day, &NoticeId)>,
) -> Result<Vec<Notice>, DbError> {
    store::running(s, filter.path.as_deref(), &filter.kind, after, PAGE)
}

/// Notices that ended or were withdrawn, the last closed first, [`PAGE`] at most, before the given instant and id.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn past(
    s: &mut Snapshot<'_>,
    filter: &Filter,
    before: Option<(Instant, &NoticeId)>,
) -> Result<Vec<Notice>, DbError> {
    store::past(s, filter.path.as_deref(), &filter.kind, before, PAGE)
}

/// Drafts at a place (by its path) and below, the newest first, [`PAGE`] at most: for those who may post there.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn drafts(s: &mut Snapshot<'_>, path: &str, before: Option<&NoticeId>) -> Result<Vec<Notice>, DbError> {
    store::drafts(s, path, before, PAGE)
}

/// What went up last, also what has ended since, [`PAGE`] at most: for the feed.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn newest(s: &mut Snapshot<'_>, filter: &Filter) -> Result<Vec<Notice>, DbError> {
    store::newest(s, filter.path.as_deref(), Instant(0), PAGE)
}

/// The notices about a record, the newest first, [`PAGE`] at most, without drafts: for that record's own page.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn about(s: &mut Snapshot<'_>, home: Home, subject_kind: &str, subject: &str) -> Result<Vec<Notice>, DbError> {
    store::by_subject(s, home, subject_kind, subject, PAGE)
}

/// The notices of a matter, the newest first, [`PAGE`] at most, without drafts.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_matter(s: &mut Snapshot<'_>, home: Home, matter: &str) -> Result<Vec<Notice>, DbError> {
    store::by_matter(s, home, matter, PAGE)
}

/// The calendar by which days are counted.
pub(crate) fn calendar(s: &mut Snapshot<'_>) -> Result<Calendar, DbError> {
    work::queries::calendar(s)
}
