//! Reading seasons.

use db::{DbError, Fault, Snapshot};
use kernel::{Instant, Kind, Refusal, Site};

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
