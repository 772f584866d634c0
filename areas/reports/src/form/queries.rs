//! Reading forms.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use programmes::SeasonId;

use super::{Bound, Filling, Form, store};

fn missing() -> Refusal {
    Refusal::new(Kind::NotFound, "form-not-found")
}

/// The forms of a season, in order; [`super::MAX_FORMS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn forms(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Form>, DbError> {
    store::forms(s, season)
}

/// One of them.
///
/// # Errors
/// Refusal `form-not-found`; database faults.
pub fn form(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Form, Fault> {
    Ok(store::form(s, season, number)?.ok_or_else(missing)?)
}

/// Its workbook as it was sent.
///
/// # Errors
/// Refusal `form-not-found`; database faults.
pub fn book(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<u8>, Fault> {
    Ok(store::book(s, season, number)?.ok_or_else(missing)?)
}

/// Its bound cells, by sheet, row and column; [`super::MAX_CELLS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn cells(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<Bound>, DbError> {
    store::cells(s, season, number)
}

/// Its fillings, the latest first; [`super::MAX_FILLINGS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn fillings(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<Filling>, DbError> {
    Ok(store::fillings(s, season, number)?.into_iter().map(|(_, filling)| filling).collect())
}

/// One of them.
///
/// # Errors
/// Refusal `form-not-found`; database faults.
pub fn filling(s: &mut Snapshot<'_>, season: &SeasonId, of: (u32, u32)) -> Result<Filling, Fault> {
    Ok(store::filling(s, season, of)?.ok_or_else(missing)?)
}
