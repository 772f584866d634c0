//! The SQL of figures. It reads the attendances, which are the shared noun's, beside the activities they belong to.

use db::{DbError, Snapshot, params};
use kernel::{Day, PersonId};
use programmes::SeasonId;

use crate::ActivityId;

/// Attendances of the activities of a season that count; of one project where one is named.
macro_rules! came {
    () => {
        " FROM activities a JOIN attendance t ON t.home = a.home AND t.event_kind = 'activity' AND t.event = a.id \
         WHERE a.home = ?1 AND a.season = ?2 AND (?3 = 0 OR a.project = ?3) AND a.cancelled_at IS NULL \
         AND t.struck_at IS NULL"
    };
}

/// Visits, those of known persons, and the persons.
macro_rules! visits {
    () => {
        "COUNT(*), COUNT(t.person), COUNT(DISTINCT t.person)"
    };
}

db::statements! {
    STATEMENTS:
    PLANNED = "SELECT a.project, COUNT(*) FROM activities a WHERE a.home = ?1 AND a.season = ?2 \
               AND (?3 = 0 OR a.project = ?3) AND a.cancelled_at IS NULL GROUP BY a.project";
    HELD = concat!("SELECT a.project, COUNT(DISTINCT a.id)", came!(), " GROUP BY a.project");
    LAST_DAYS = concat!("SELECT a.project, MAX(a.day)", came!(), " GROUP BY a.project");
    VISITS = concat!("SELECT ", visits!(), came!(), " AND t.estimated = ?4 AND t.direct = ?5");
    VISITS_BY_PROJECT = concat!("SELECT a.project, ", visits!(), came!(), " AND t.estimated = ?4 AND t.direct = ?5 \
                        GROUP BY a.project");
    /// Estimates of one size together, so that the sum is made of few rows.
    ESTIMATES = concat!("SELECT a.project, t.direct, t.headcount, COUNT(*)", came!(), " AND t.estimated = ?4 \
                GROUP BY a.project, t.direct, t.headcount");
    BY_MONTH = concat!("SELECT substr(a.day, 1, 7) AS month, COUNT(DISTINCT a.id), \
               COUNT(CASE WHEN NOT t.estimated AND t.direct THEN 1 END)", came!(), " GROUP BY month ORDER BY month LIMIT 60");
    /// One row an activity: how many checked in.
    ONE_BY_ONE = concat!("SELECT a.id, a.title, a.day, COUNT(CASE WHEN NOT t.estimated AND t.direct THEN 1 END)", came!(), " \
                 GROUP BY a.id, a.title, a.day ORDER BY a.id LIMIT ?4");
    REACHED = concat!("SELECT a.id, t.headcount, t.basis", came!(), " AND t.estimated = ?4 AND t.direct = ?5 \
              ORDER BY a.id, t.id LIMIT ?6");
    SERVED = concat!("SELECT COUNT(CASE WHEN t.person = ?4 THEN 1 END), COUNT(t.person)", came!(), " \
             AND t.estimated = ?5");
    OPEN = "SELECT a.project, COUNT(*) FROM activities a JOIN activity_checks c ON c.home = a.home \
            AND c.activity = a.id WHERE a.home = ?1 AND a.season = ?2 AND (?3 = 0 OR a.project = ?3) \
            AND a.cancelled_at IS NULL AND c.state = 'open' GROUP BY a.project";
}

/// Which season, and which project of it; 0 is all of them.
pub(super) type Of<'a> = (&'a SeasonId, u32);

pub(super) fn planned(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<Vec<(u32, u64)>, DbError> {
    s.all(&PLANNED, params![season.home(), season, project])
}

pub(super) fn held(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<Vec<(u32, u64)>, DbError> {
    s.all(&HELD, params![season.home(), season, project])
}

/// Direct visits, those of known persons, different persons.
pub(super) fn visits(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<(u64, u64, u64), DbError> {
    s.one(&VISITS, params![season.home(), season, project, false, true])
}

/// The same for each project.
pub(super) fn visits_by_project(
    s: &mut Snapshot<'_>,
    (season, project): Of<'_>,
) -> Result<Vec<(u32, u64, u64, u64)>, DbError> {
    s.all(&VISITS_BY_PROJECT, params![season.home(), season, project, false, true])
}

/// The project, whether direct, the headcount, how many estimates say it.
pub(super) fn estimates(
    s: &mut Snapshot<'_>,
    (season, project): Of<'_>,
) -> Result<Vec<(u32, bool, u64, u64)>, DbError> {
    s.all(&ESTIMATES, params![season.home(), season, project, true])
}

pub(super) fn open(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<Vec<(u32, u64)>, DbError> {
    s.all(&OPEN, params![season.home(), season, project])
}

pub(super) fn last_days(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<Vec<(u32, Day)>, DbError> {
    s.all(&LAST_DAYS, params![season.home(), season, project])
}

/// The month (`YYYY-MM`), activities that were held, check-ins that count.
pub(super) fn by_month(s: &mut Snapshot<'_>, (season, project): Of<'_>) -> Result<Vec<(String, u64, u64)>, DbError> {
    s.all(&BY_MONTH, params![season.home(), season, project])
}

/// Id, title, day, check-ins that count.
pub(super) fn one_by_one(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    most: i64,
) -> Result<Vec<(ActivityId, String, Day, u64)>, DbError> {
    s.all(&ONE_BY_ONE, params![season.home(), season, 0_u32, most])
}

/// Estimates of those reached otherwise: the activity, the headcount, what it rests on.
pub(super) fn reached(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    most: i64,
) -> Result<Vec<(ActivityId, u64, String)>, DbError> {
    s.all(&REACHED, params![season.home(), season, 0_u32, true, false, most])
}

/// How often a person came, and how many of the recorded visits name one.
pub(super) fn served(
    s: &mut Snapshot<'_>,
    (season, project): Of<'_>,
    person: &PersonId,
) -> Result<(u64, u64), DbError> {
    s.one(&SERVED, params![season.home(), season, project, person, false])
}
