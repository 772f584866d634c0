//! All SQL of programmes.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Instant, PersonId, Source};
use rights::Permit;

use crate::{Idea, IdeaId, Phase, Project, Season, SeasonId};

/// Columns of a season in the order of its fields.
macro_rules! season_columns {
    () => {
        "id, place, name, about, phase, budget, currency, rule, increment, max_choices, revision, projects, ideas, \
         voters, ballots, source, opened_at, opened_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT_SEASON = "INSERT INTO seasons (home, id, place, name, about, phase, budget, currency, rule, increment, \
                     max_choices, revision, projects, ideas, voters, ballots, source, opened_at, opened_day) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0, 0, 0, 0, ?12, ?13, ?14)";
    SEASON = concat!("SELECT ", season_columns!(), " FROM seasons WHERE home = ?1 AND id = ?2");
    /// Holds the season's row, so that no ballot slips in while the vote is being closed.
    HOLD_SEASON = concat!("SELECT ", season_columns!(), " FROM seasons WHERE home = ?1 AND id = ?2 {share}");
    /// Across places: seasons are few.
    NEWEST_SEASONS = concat!("SELECT ", season_columns!(), " FROM seasons WHERE opened_at < ?1 \
                     ORDER BY opened_at DESC, id DESC LIMIT ?2");
    /// Guarded by the revision that was read. A row that will be changed is never held for sharing first: two who
    /// both did that would wait for each other.
    ADVANCE = "UPDATE seasons SET phase = ?4, revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3";
    SET_TURNOUT = "UPDATE seasons SET voters = ?3, ballots = ?4 WHERE home = ?1 AND id = ?2";
    /// The guard of the project numbers: two who add at once cannot both move the counter from the same revision.
    COUNT_PROJECTS = "UPDATE seasons SET projects = projects + ?4, revision = revision + 1 \
                      WHERE home = ?1 AND id = ?2 AND revision = ?3";
    COUNT_IDEA = "UPDATE seasons SET ideas = ideas + 1 WHERE home = ?1 AND id = ?2 AND phase = ?3 AND ideas < ?4";

    INSERT_PROJECT = "INSERT INTO projects (home, season, number, reference, name, about, category, cost, added_at) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    PROJECTS = "SELECT number, reference, name, about, category, cost FROM projects \
                WHERE home = ?1 AND season = ?2 AND number > ?3 ORDER BY number LIMIT ?4";
    PROJECT = "SELECT number, reference, name, about, category, cost FROM projects \
               WHERE home = ?1 AND season = ?2 AND number = ?3";

    INSERT_IDEA = "INSERT INTO ideas (home, season, id, title, body, author, once, posted_at, posted_day, \
                   author_person, entered_by, source) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    IDEA_ONCE = "SELECT id, title, body, author, posted_at, posted_day FROM ideas \
                 WHERE home = ?1 AND season = ?2 AND once = ?3";
    IDEAS = "SELECT id, title, body, author, posted_at, posted_day FROM ideas \
             WHERE home = ?1 AND season = ?2 AND id < ?3 ORDER BY id DESC LIMIT ?4";
    IDEA = "SELECT id, title, body, author, posted_at, posted_day FROM ideas WHERE home = ?1 AND season = ?2 AND id = ?3";
}

impl FromRow for Season {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let phase: String = row.get(4)?;
        Ok(Season {
            id: row.get(0)?,
            place: row.get(1)?,
            name: row.get(2)?,
            about: row.get(3)?,
            phase: phase.parse().map_err(|()| DbError::Data(format!("phase {phase}")))?,
            budget: row.get(5)?,
            currency: row.get(6)?,
            rule: row.get(7)?,
            increment: row.get(8)?,
            max_choices: row.get(9)?,
            revision: row.get(10)?,
            n_projects: row.get(11)?,
            n_ideas: row.get(12)?,
            n_voters: row.get(13)?,
            n_ballots: row.get(14)?,
            source: row.get(15)?,
            opened_at: row.get(16)?,
            opened_day: row.get(17)?,
        })
    }
}

db::record!(Project { number, reference, name, about, category, cost });
db::record!(Idea { id, title, body, author, posted_at, posted_day });

pub(crate) fn insert_season(tx: &mut Tx<'_>, permit: &Permit, season: &Season) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &season.id,
        &season.place,
        &season.name,
        &season.about,
        season.phase.as_str(),
        season.budget,
        &season.currency,
        &season.rule,
        season.increment,
        season.max_choices,
        &season.source,
        season.opened_at,
        &season.opened_day,
    ];
    tx.execute(&INSERT_SEASON, params).map(|_| ())
}

pub(crate) fn season(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Option<Season>, DbError> {
    s.optional(&SEASON, params![id.home(), id])
}

pub(crate) fn hold_season(tx: &mut Tx<'_>, id: &SeasonId) -> Result<Option<Season>, DbError> {
    tx.optional(&HOLD_SEASON, params![id.home(), id])
}

pub(crate) fn newest_seasons(s: &mut Snapshot<'_>, before: Instant, limit: i64) -> Result<Vec<Season>, DbError> {
    s.all(&NEWEST_SEASONS, params![before, limit])
}

/// Moves a season to its next phase; false when it is no longer as it was read.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn advance(tx: &mut Tx<'_>, permit: &Permit, season: &Season, to: Phase) -> Result<bool, DbError> {
    Ok(tx.execute(&ADVANCE, params![permit.home(), &season.id, season.revision, to.as_str()])? == 1)
}

/// Stores voters and ballots of a closed vote.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn set_turnout(tx: &mut Tx<'_>, permit: &Permit, id: &SeasonId, voters: u64, ballots: u64) -> Result<(), DbError> {
    let (voters, ballots) = (i64::try_from(voters).unwrap_or(i64::MAX), i64::try_from(ballots).unwrap_or(i64::MAX));
    tx.execute(&SET_TURNOUT, params![permit.home(), id, voters, ballots]).map(|_| ())
}

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

/// False when the season does not collect ideas or holds as many as it may.
pub(crate) fn count_idea(tx: &mut Tx<'_>, permit: &Permit, id: &SeasonId, limit: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_IDEA, params![permit.home(), id, Phase::Collecting.as_str(), limit])? == 1)
}

/// How an idea came in.
pub(crate) struct Came<'a> {
    pub once: &'a str,
    /// Whose it is, where somebody has signed in or a worker enters it for them.
    pub author: Option<&'a PersonId>,
    /// Who typed it in, where that is not the author.
    pub entered_by: Option<&'a PersonId>,
    pub source: Source,
}

pub(crate) fn insert_idea(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    idea: &Idea,
    came: &Came<'_>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        &idea.id,
        &idea.title,
        &idea.body,
        &idea.author,
        came.once,
        idea.posted_at,
        &idea.posted_day,
        came.author,
        came.entered_by,
        came.source.as_str(),
    ];
    tx.execute(&INSERT_IDEA, params).map(|_| ())
}

pub(crate) fn idea_once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Idea>, DbError> {
    s.optional(&IDEA_ONCE, params![season.home(), season, once])
}

pub(crate) fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Option<Idea>, DbError> {
    s.optional(&IDEA, params![season.home(), season, id])
}

pub(crate) fn ideas(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    before: Option<&IdeaId>,
    limit: i64,
) -> Result<Vec<Idea>, DbError> {
    // no id has a letter above 'z', so "~" is after all of them
    let before = before.map_or("~", IdeaId::as_str);
    s.all(&IDEAS, params![season.home(), season, before, limit])
}
