//! Counts for other areas: a fixed number of statements whatever the season holds.

use std::collections::BTreeMap;

use db::{DbError, Snapshot};
use kernel::Day;
use programmes::SeasonId;

use super::{Counts, store};

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
