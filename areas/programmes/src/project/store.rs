//! All SQL of projects.

use db::{DbError, Snapshot, Tx, params};
use kernel::Instant;
use rights::Permit;

use super::Project;
use crate::{Season, SeasonId};

db::statements! {
    STATEMENTS:
    /// The guard of the project numbers: two who add at once cannot both move the counter from the same revision.
    COUNT_PROJECTS = "UPDATE seasons SET projects = projects + ?4, revision = revision + 1 \
                      WHERE home = ?1 AND id = ?2 AND revision = ?3";
    INSERT_PROJECT = "INSERT INTO projects (home, season, number, reference, name, about, category, cost, added_at) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    PROJECTS = "SELECT number, reference, name, about, category, cost FROM projects \
                WHERE home = ?1 AND season = ?2 AND number > ?3 ORDER BY number LIMIT ?4";
    PROJECT = "SELECT number, reference, name, about, category, cost FROM projects \
               WHERE home = ?1 AND season = ?2 AND number = ?3";
}

db::record!(Project { number, reference, name, about, category, cost });

pub(crate) fn count_projects(tx: &mut Tx<'_>, permit: &Permit, season: &Season, more: u32) -> Result<bool, DbError> {
    let params = params![permit.home(), &season.id, season.revision, more];
    Ok(tx.execute(&COUNT_PROJECTS, params)? == 1)
}

pub(crate) fn insert_project(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    project: &Project,
    now: Instant,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        project.number,
        &project.reference,
        &project.name,
        &project.about,
        &project.category,
        project.cost,
        now,
    ];
    tx.execute(&INSERT_PROJECT, params).map(|_| ())
}

pub(crate) fn projects(s: &mut Snapshot<'_>, id: &SeasonId, after: u32, limit: i64) -> Result<Vec<Project>, DbError> {
    s.all(&PROJECTS, params![id.home(), id, after, limit])
}

pub(crate) fn project(s: &mut Snapshot<'_>, id: &SeasonId, number: u32) -> Result<Option<Project>, DbError> {
    s.optional(&PROJECT, params![id.home(), id, number])
}
