//! Reading workshops.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};
use matters::attendance::{
    Figures,
    queries::{EventAt, event_figures},
};

use super::{Card, EVENT, Question, Workshop, WorkshopId, store};
use crate::{SeasonId, idea::IdeaId, season::queries::PAGE};

pub use crate::visit::queries::communities;

/// One workshop.
///
/// # Errors
/// Refusal `workshop-not-found`; database faults.
pub fn workshop(s: &mut Snapshot<'_>, season: &SeasonId, id: &WorkshopId) -> Result<Workshop, Fault> {
    let found = store::workshop(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "workshop-not-found"))?)
}

/// Workshops with numbers below `before`, newest first, 50 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn workshops(s: &mut Snapshot<'_>, season: &SeasonId, before: Option<u32>) -> Result<Vec<Workshop>, DbError> {
    store::workshops(s, season, (before.unwrap_or(u32::MAX), PAGE))
}

/// The cards of a workshop, 300 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn cards(s: &mut Snapshot<'_>, workshop: &Workshop) -> Result<Vec<Card>, DbError> {
    store::cards(s, workshop)
}

/// One card.
///
/// # Errors
/// Refusal `card-not-found`; database faults.
pub fn card(s: &mut Snapshot<'_>, workshop: &Workshop, number: u32) -> Result<Card, Fault> {
    let found = store::cards(s, workshop)?.into_iter().find(|card| card.number == number);
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "card-not-found"))?)
}

/// The workshop at which an idea was written on a card, with its title.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_idea(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    idea: &IdeaId,
) -> Result<Option<(WorkshopId, String)>, DbError> {
    store::of_idea(s, season, idea)
}

/// The questions of a workshop, 100 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn questions(s: &mut Snapshot<'_>, workshop: &Workshop) -> Result<Vec<Question>, DbError> {
    store::questions(s, workshop)
}

/// One question.
///
/// # Errors
/// Refusal `question-not-found`; database faults.
pub fn question(s: &mut Snapshot<'_>, workshop: &Workshop, number: u32) -> Result<Question, Fault> {
    let found = store::questions(s, workshop)?.into_iter().find(|question| question.number == number);
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "question-not-found"))?)
}

/// How many came, from the rows of attendance: two statements. `path` is that of the workshop's place.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn figures(s: &mut Snapshot<'_>, workshop: &Workshop, path: &str) -> Result<Figures, DbError> {
    let (home, path) = (workshop.season.home(), path.to_owned());
    event_figures(s, &EventAt { home, path, kind: EVENT.to_owned(), event: workshop.id.to_string() })
}
