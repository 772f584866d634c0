//! Counts for other areas: a fixed number of statements whatever the season holds.

use std::collections::BTreeMap;

use db::{DbError, Snapshot};
use kernel::{Day, PersonId};
use programmes::SeasonId;

use super::{Counts, Held, store};

/// Rows that one reading of a season gives at most; a season has a few thousand activities.
const MOST: i64 = 50_000;

/// The activities of a season: five statements and one for the persons. Persons are those of the whole season, which is
/// not the sum over its projects.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn of_season(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Counts, DbError> {
    let mut whole = Counts::default();
    for counts in by_project_of(s, (season, 0))?.into_values() {
        whole.planned += counts.planned;
        whole.held += counts.held;
        whole.direct_visits += counts.direct_visits;
        whole.unnamed += counts.unnamed;
        whole.estimated_direct = whole.estimated_direct.saturating_add(counts.estimated_direct);
        whole.indirect_visits = whole.indirect_visits.saturating_add(counts.indirect_visits);
        whole.open += counts.open;
    }
    let (.., persons) = store::visits(s, (season, 0))?;
    Ok(Counts { persons, ..whole })
}

/// The activities of one project: five statements.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Counts, DbError> {
    if project == 0 {
        return Ok(Counts::default());
    }
    Ok(by_project_of(s, (season, project))?.remove(&project).unwrap_or_default())
}

/// The activities of each project of a season that has any: five statements. Persons may not be added up.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn by_project(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<BTreeMap<u32, Counts>, DbError> {
    by_project_of(s, (season, 0))
}

/// The day of the last activity of each project to which somebody came: one statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn last_days(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<BTreeMap<u32, Day>, DbError> {
    Ok(store::last_days(s, (season, 0))?.into_iter().collect())
}

/// The activities of a season that were held, one by one in the order of their ids, 50,000 at most: two statements.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn held(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Held>, DbError> {
    let mut reached: BTreeMap<String, (u64, Vec<String>)> = BTreeMap::new();
    for (id, headcount, basis) in store::reached(s, season, MOST)? {
        let (sum, all) = reached.entry(id.to_string()).or_default();
        *sum = sum.saturating_add(headcount);
        all.push(basis);
    }
    let each = store::one_by_one(s, season, MOST)?.into_iter().map(|(id, title, day, direct_visits)| {
        let (indirect_visits, basis) = reached.remove(id.as_str()).unwrap_or_default();
        Held { id, title, day, direct_visits, indirect_visits, basis }
    });
    Ok(each.collect())
}

/// What was held of a project in each month (`YYYY-MM`), as month, activities and check-ins that count; in order, 60 at
/// most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_month(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<(String, u64, u64)>, DbError> {
    store::by_month(s, (season, project))
}

/// Whether a person came to an activity of the project; none where nobody's coming was recorded by person, as on lists of
/// heads alone.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn served(
    s: &mut Snapshot<'_>,
    (season, project): (&SeasonId, u32),
    person: &PersonId,
) -> Result<Option<bool>, DbError> {
    let (came, named) = store::served(s, (season, project), person)?;
    Ok((named > 0).then_some(came > 0))
}

fn by_project_of(s: &mut Snapshot<'_>, of: store::Of<'_>) -> Result<BTreeMap<u32, Counts>, DbError> {
    let mut all: BTreeMap<u32, Counts> = BTreeMap::new();
    for (project, planned) in store::planned(s, of)? {
        all.entry(project).or_default().planned = planned;
    }
    for (project, held) in store::held(s, of)? {
        all.entry(project).or_default().held = held;
    }
    for (project, visits, named, persons) in store::visits_by_project(s, of)? {
        let counts = all.entry(project).or_default();
        (counts.direct_visits, counts.persons, counts.unnamed) = (visits, persons, visits.saturating_sub(named));
    }
    for (project, direct, heads, n) in store::estimates(s, of)? {
        let counts = all.entry(project).or_default();
        let sum = if direct { &mut counts.estimated_direct } else { &mut counts.indirect_visits };
        *sum = sum.saturating_add(heads.saturating_mul(n));
    }
    for (project, open) in store::open(s, of)? {
        all.entry(project).or_default().open = open;
    }
    Ok(all)
}
