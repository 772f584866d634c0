//! Reading rounds.

use db::{DbError, Fault, Snapshot};

use super::{Round, RoundId, State, not_found, store};

/// Rounds of a page.
pub const PAGE: i64 = 30;

/// One round.
///
/// # Errors
/// Refusal `round-not-found`; database faults.
pub fn round(s: &mut Snapshot<'_>, id: &RoundId) -> Result<Round, Fault> {
    Ok(store::round(s, id)?.ok_or_else(not_found)?)
}

/// Rounds in which ballots are taken, everywhere, the one that is open longest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn open_now(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(RoundId, String)>, DbError> {
    store::open_now(s, limit)
}

/// Rounds at the place with this path (`Place::path`) and below, the newest first, [`PAGE`] at most; everywhere without.
/// Drafts are among them for those who write them alone.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rounds(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (state, before): (Option<State>, Option<&RoundId>),
    drafts: bool,
) -> Result<Vec<Round>, DbError> {
    store::list(s, path, (state, before, PAGE), drafts)
}
