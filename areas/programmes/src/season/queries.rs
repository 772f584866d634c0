//! Reading seasons.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, Instant, Kind, Refusal, Site};

use super::{PlannedStage, Season, SeasonId, Stage, rules, store};

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

/// The season of a slug such as `beiyuan-2024`.
///
/// # Errors
/// Refusal `season-not-found`; database faults.
pub fn by_slug(s: &mut Snapshot<'_>, slug: &str) -> Result<Season, Fault> {
    let found = store::season_of_slug(s, slug)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "season-not-found"))?)
}

/// Slugs with the seasons' names, newest first; the latest 10,000.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn slugs(s: &mut Snapshot<'_>) -> Result<Vec<(String, String)>, DbError> {
    store::slugs(s, 10_000)
}

/// A season's slug.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn slug(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<String, DbError> {
    Ok(store::slug(s, id)?.unwrap_or_else(|| id.to_string()))
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

/// The stage to which the office may move the season now.
///
/// # Errors
/// Refusals `season-not-found`, `no-next-stage`, `stage-comes-by-verdict`; database faults.
pub fn next_stage(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Stage, Fault> {
    let season = season(s, id)?;
    Ok(rules::may_advance(&season, &store::stages(s, id)?)?)
}

/// The season's stages with their days, in order; empty for a season without a calendar.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn plan(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Vec<PlannedStage>, DbError> {
    store::stages(s, id)
}

/// The stages that the season was moved into, each with the day of that. What was moved before this was kept is not in it.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn moves(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Vec<(Stage, Day)>, DbError> {
    store::moves(s, id)
}
