//! Reading groups.

use db::{DbError, Snapshot};

use super::{Leader, Member, Note, NoteId, store};
use crate::{SeasonId, season::queries::PAGE};

/// The leaders of a season's groups, one a group, by the groups' keys; 100 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn leaders(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Leader>, DbError> {
    store::leaders(s, season)
}

/// All approved projects with their groups, by group and number; as many as a season has.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn members(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Member>, DbError> {
    store::members(s, season)
}

/// What a group noted down, the newest first, a page and one more at most, before the one that was seen last.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn notes(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (team, before): (&str, Option<&NoteId>),
) -> Result<Vec<Note>, DbError> {
    // '~' sorts behind every id
    store::notes(s, (season, team), (before.map_or("~", NoteId::as_str), PAGE + 1))
}
