//! Reading seasons, projects and ideas.

use db::{DbError, Fault, Snapshot};
use kernel::{Instant, Kind, Refusal, Site};

use crate::{Idea, IdeaId, Project, Season, SeasonId, store};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// One season.
///
/// # Errors
/// Refusal `season-not-found`; database faults.
pub fn season(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Season, Fault> {
    let found = store::season(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "season-not-found"))?)
}

/// Where the season is held, for the question who may run it.
///
/// # Errors
/// Refusal `place-not-found`; [`DbError`] of the statement.
pub fn site(s: &mut Snapshot<'_>, season: &Season) -> Result<Site, Fault> {
    let site = places::site(s, &season.place)?;
    Ok(site.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// Seasons opened before `before`, newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seasons(s: &mut Snapshot<'_>, before: Option<Instant>) -> Result<Vec<Season>, DbError> {
    store::newest_seasons(s, before.unwrap_or(Instant(i64::MAX)), PAGE)
}

/// The projects after number `after`, in order of their numbers, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn projects(s: &mut Snapshot<'_>, id: &SeasonId, after: u32, limit: i64) -> Result<Vec<Project>, DbError> {
    store::projects(s, id, after, limit)
}

/// One project.
///
/// # Errors
/// Refusal `project-not-found`; database faults.
pub fn project(s: &mut Snapshot<'_>, id: &SeasonId, number: u32) -> Result<Project, Fault> {
    let found = store::project(s, id, number)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "project-not-found"))?)
}

/// Ideas before `before`, newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ideas(s: &mut Snapshot<'_>, season: &SeasonId, before: Option<&IdeaId>) -> Result<Vec<Idea>, DbError> {
    store::ideas(s, season, before, PAGE)
}

/// One idea.
///
/// # Errors
/// Refusal `idea-not-found`; database faults.
pub fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Idea, Fault> {
    let found = store::idea(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "idea-not-found"))?)
}
