//! Reading closings.

use db::{DbError, Snapshot};
use kernel::PersonId;

use super::{Closed, Grades, State};
use crate::{
    SeasonId,
    running::{rules, store},
};

/// Whether the closing of the project was accepted: what the last payment may depend on. One statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn accepted(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<bool, DbError> {
    Ok(store::run(s, (season, number))?.is_some_and(|run| run.closing == State::Accepted))
}

/// The closing of a project, once its report is begun.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn closing(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Closed>, DbError> {
    store::closing(s, (season, number))
}

/// How content those are whom it served; none while fewer than [`rules::SHOWN_FROM`] answered.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn satisfaction(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Grades>, DbError> {
    Ok(Some(store::grades(s, (season, number))?).filter(|grades| grades.answers >= rules::SHOWN_FROM))
}

/// What a person answered.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn grade_of(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (number, person): (u32, &PersonId),
) -> Result<Option<(u32, String)>, DbError> {
    store::grade(s, (season, number), person)
}
