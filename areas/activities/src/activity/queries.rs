//! Reading activities.

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Instant, Kind, Refusal, Site};
use programmes::SeasonId;
use rights::{Action, may};

use super::{Activity, ActivityId, store};

/// Activities of a page.
pub const PAGE: i64 = 30;

pub(crate) fn not_found() -> Refusal {
    Refusal::new(Kind::NotFound, "activity-not-found")
}

/// One activity.
///
/// # Errors
/// Refusal `activity-not-found`; database faults.
pub fn activity(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Activity, Fault> {
    Ok(store::activity(s, id)?.ok_or_else(not_found)?)
}

/// Where it is held, for the question who may do what.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn site(s: &mut Snapshot<'_>, activity: &Activity) -> Result<Site, Fault> {
    Ok(places::site(s, &activity.place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
}

/// Whether somebody holds it: they wrote the project's proposal, have a seat in the organisation that applied, or do
/// community work there.
pub fn holds(actor: &Actor, activity: &Activity, site: &Site) -> bool {
    may(actor, Action::HoldActivity, activity.resource(site))
}

/// Whether somebody may take check-ins: who holds it, or may record attendance there.
pub fn checks(actor: &Actor, activity: &Activity, site: &Site) -> bool {
    holds(actor, activity, site) || may(actor, Action::RecordAttendance, site)
}

/// Which list is asked for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Of this season; then the place is not looked at.
    pub season: Option<SeasonId>,
    /// Of this project of the season; 0 is all of them.
    pub project: u32,
    /// At the place with this path (`Place::path`) and below; everywhere, without.
    pub path: Option<String>,
    /// What is over, the latest first; else what goes on or comes, the next first.
    pub past: bool,
    /// Behind the activity that began at this instant.
    pub behind: Option<(Instant, ActivityId)>,
}

/// Activities of a list, [`PAGE`] at most, also cancelled ones: one statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, asked: &Asked, now: Instant) -> Result<Vec<Activity>, DbError> {
    let behind = asked.behind.as_ref().map(|(at, id)| (*at, id.as_str()));
    let window = (asked.past, now, behind, PAGE);
    match &asked.season {
        Some(season) => store::of_season(s, (season, asked.project), window),
        None => store::at_place(s, asked.path.as_deref(), window),
    }
}
