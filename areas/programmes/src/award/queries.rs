//! Reading awards.

use db::{DbError, Snapshot};

use super::{Award, State, certificate, store};
use crate::SeasonId;

/// Nominations and awards of a season, by category and number, 200 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn awards(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Award>, DbError> {
    store::awards(s, season)
}

/// The award behind the number of a certificate as somebody typed it; none where there is no such certificate.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn certified(s: &mut Snapshot<'_>, typed: &str) -> Result<Option<Award>, DbError> {
    let Some(number) = certificate::read(typed) else { return Ok(None) };
    Ok(store::by_certificate(s, &number)?.filter(|award| award.state == State::Given))
}
