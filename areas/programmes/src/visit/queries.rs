//! Reading visits.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Kind, PlaceId, Refusal};
use places::{Level, Place};

use super::{Lists, NeedSum, Visit, VisitId, store};
use crate::{Season, SeasonId, season::queries::PAGE};

/// Needs that a sum tells at most.
pub const MOST_NEEDS: i64 = 50;

/// One visit with its lists: two statements.
///
/// # Errors
/// Refusal `visit-not-found`; database faults.
pub fn visit(s: &mut Snapshot<'_>, season: &SeasonId, id: &VisitId) -> Result<(Visit, Lists), Fault> {
    let found = store::visit(s, season, id)?;
    let visit = found.ok_or_else(|| Refusal::new(Kind::NotFound, "visit-not-found"))?;
    Ok((visit, store::lists(s, season.home(), id)?))
}

/// Visits with numbers below `before`, newest first, 50 at most; of one need where one is named. Those that were
/// struck out are left out.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn visits(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    need: Option<&str>,
    before: Option<u32>,
) -> Result<Vec<Visit>, DbError> {
    store::visits(s, season, need, (before.unwrap_or(u32::MAX), PAGE))
}

/// What is needed, over all visits that count; what most people mentioned first, 50 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn needs(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<NeedSum>, DbError> {
    store::needs(s, season, MOST_NEEDS)
}

/// How many different communities were visited, counted from the visits that were not struck out.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn communities_visited(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<u32, DbError> {
    Ok(u32::try_from(store::places_visited(s, season)?.len()).unwrap_or(u32::MAX))
}

/// All visits of a season that were not struck out, with the name of the place, for figures: 5,000 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn stand(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(VisitId, PlaceId, String, Day)>, DbError> {
    store::stand(s, season, 5_000)
}

/// The communities of a season: those in force directly below its place, or that place where it is one itself.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn communities(s: &mut Snapshot<'_>, season: &Season) -> Result<Vec<Place>, DbError> {
    match places::queries::show(s, &season.place)? {
        Some(place) if place.level == Level::Community => Ok(vec![place]),
        _ => {
            let mut below = places::queries::list(s, Some(&season.place))?;
            below.retain(|place| place.level == Level::Community);
            Ok(below)
        }
    }
}

/// How far the visits of a season have come: its communities, and which of them were visited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The communities in force.
    pub communities: Vec<Place>,
    /// Of these, those with a visit that counts.
    pub visited: Vec<kernel::PlaceId>,
}

/// How far the visits have come: three statements.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn coverage(s: &mut Snapshot<'_>, season: &Season) -> Result<Coverage, DbError> {
    let (communities, mut visited) = (communities(s, season)?, store::places_visited(s, &season.id)?);
    visited.retain(|id| communities.iter().any(|place| place.id == *id));
    Ok(Coverage { communities, visited })
}
