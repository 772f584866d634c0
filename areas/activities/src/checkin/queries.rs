//! Reading check-ins. They name people: they are for those who take them.

use std::collections::BTreeMap;

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, PersonId, Refusal};

use super::{Check, CheckId, State, store};
use crate::{ActivityId, signup::SignUpId};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One check-in.
///
/// # Errors
/// Refusal `check-in-not-found`; database faults.
pub fn check(s: &mut Snapshot<'_>, id: &ActivityId, of: &CheckId) -> Result<Check, Fault> {
    Ok(store::check(s, id, of)?.ok_or_else(|| Refusal::new(Kind::NotFound, "check-in-not-found"))?)
}

/// Somebody's own check-in.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_person(s: &mut Snapshot<'_>, id: &ActivityId, person: &PersonId) -> Result<Option<Check>, DbError> {
    store::by_who(s, id, &format!("p:{person}"))
}

/// Check-ins before the given one, the newest first, [`PAGE`] at most; those alone that wait for an officer, if asked for.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(
    s: &mut Snapshot<'_>,
    id: &ActivityId,
    only_open: bool,
    before: Option<&CheckId>,
) -> Result<Vec<Check>, DbError> {
    store::list(s, id, only_open, (before.map_or("~", |id| id.as_str()), PAGE))
}

/// How many check-ins there are of each state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Tally {
    /// That count.
    pub counted: u32,
    /// That wait for an officer.
    pub open: u32,
    /// That count as nothing.
    pub left_out: u32,
}

/// How many check-ins there are of each state.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn tally(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Tally, DbError> {
    let mut tally = Tally::default();
    for (state, n) in store::states(s, id)? {
        match state.parse() {
            Ok(State::Counted) => tally.counted = n,
            Ok(State::Open) => tally.open = n,
            _ => tally.left_out = n,
        }
    }
    Ok(tally)
}

/// How many came of each sign-up with a number above `after` and up to `until`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn came(s: &mut Snapshot<'_>, id: &ActivityId, range: (u32, u32)) -> Result<BTreeMap<SignUpId, u32>, DbError> {
    Ok(store::came(s, id, range)?.into_iter().collect())
}
