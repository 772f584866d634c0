//! All SQL of seasons.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, Instant, PlaceId};
use rights::Permit;

use super::{Phase, PlannedStage, Season, SeasonId, Stage};

/// Columns of a season in the order of its fields.
macro_rules! season_columns {
    () => {
        "id, place, name, about, template, stage, phase, budget, currency, rule, increment, max_choices, revision, projects, ideas, \
         voters, ballots, source, opened_at, opened_day, decided, plan_revision"
    };
}

db::statements! {
    STATEMENTS:
    INSERT_SEASON = "INSERT INTO seasons (home, id, place, name, about, template, stage, phase, budget, currency, \
                     rule, increment, max_choices, revision, projects, ideas, voters, ballots, source, opened_at, \
                     opened_day, decided, plan_revision, once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
                     ?12, ?13, 0, 0, 0, 0, 0, ?14, ?15, ?16, false, 0, ?17)";
    SEASON_ONCE =
        concat!("SELECT ", season_columns!(), " FROM seasons WHERE home = ?1 AND place = ?2 AND once = ?3");
    SEASON = concat!("SELECT ", season_columns!(), " FROM seasons WHERE home = ?1 AND id = ?2");
    SEASON_TEMPLATE = concat!("SELECT ", season_columns!(), ", (SELECT body FROM season_templates \
                     WHERE home = seasons.home AND season = seasons.id) FROM seasons WHERE home = ?1 AND id = ?2");
    /// Holds the season's row, so that no ballot slips in while the vote is being closed.
    HOLD_SEASON = concat!("SELECT ", season_columns!(), " FROM seasons WHERE home = ?1 AND id = ?2 {share}");
    /// Across places: seasons are few.
    NEWEST_SEASONS = concat!("SELECT ", season_columns!(), " FROM seasons WHERE opened_at < ?1 \
                     ORDER BY opened_at DESC, id DESC LIMIT ?2");
    /// Guarded by the revision that was read. A row that will be changed is never held for sharing first: two who
    /// both did that would wait for each other.
    ADVANCE = "UPDATE seasons SET phase = ?4, revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3";
    /// The same guard, for the stage.
    SHIFT = "UPDATE seasons SET stage = ?4, revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3";
    /// The same guard: whoever read the season before it was decided adds nothing to it any more.
    DECIDE = "UPDATE seasons SET decided = true, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND NOT decided";
    /// The guard of the calendar: the days that somebody saw are those that they change.
    REPLAN = "UPDATE seasons SET plan_revision = plan_revision + 1 \
              WHERE home = ?1 AND id = ?2 AND plan_revision = ?3";
    INSERT_STAGE = "INSERT INTO season_stages (home, season, position, stage, from_day, until_day) \
                    VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    STAGES = "SELECT stage, from_day, until_day FROM season_stages WHERE home = ?1 AND season = ?2 ORDER BY position \
              LIMIT 20";
    SET_STAGE = "UPDATE season_stages SET from_day = ?4, until_day = ?5 \
                 WHERE home = ?1 AND season = ?2 AND stage = ?3";
    /// A stage is come into once; it stays with the first day.
    INSERT_MOVE = "INSERT INTO season_moves (home, season, stage, day) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING";
    MOVES = "SELECT stage, day FROM season_moves WHERE home = ?1 AND season = ?2 ORDER BY day LIMIT 40";
    /// One list for the installation: seasons are few.
    INSERT_SLUG = "INSERT INTO season_slugs (slug, home, season) VALUES (?1, ?2, ?3) ON CONFLICT (slug) DO NOTHING";
    SLUG = "SELECT slug FROM season_slugs WHERE home = ?1 AND season = ?2";
    SLUGS = "SELECT g.slug, s.name FROM season_slugs g JOIN seasons s ON s.home = g.home AND s.id = g.season \
             ORDER BY s.opened_at DESC, s.id DESC LIMIT ?1";
    SEASON_OF_SLUG = concat!("SELECT ", season_columns!(), " FROM seasons WHERE (home, id) IN \
                     (SELECT g.home, g.season FROM season_slugs g WHERE g.slug = ?1)");
    SET_TURNOUT = "UPDATE seasons SET voters = ?3, ballots = ?4 WHERE home = ?1 AND id = ?2";
}

impl FromRow for Season {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (stage, phase): (String, String) = (row.get(5)?, row.get(6)?);
        Ok(Season {
            id: row.get(0)?,
            place: row.get(1)?,
            name: row.get(2)?,
            about: row.get(3)?,
            template: row.get(4)?,
            stage: stage.parse().map_err(|()| DbError::Data(format!("stage {stage}")))?,
            phase: phase.parse().map_err(|()| DbError::Data(format!("phase {phase}")))?,
            budget: row.get(7)?,
            currency: row.get(8)?,
            rule: row.get(9)?,
            increment: row.get(10)?,
            max_choices: row.get(11)?,
            revision: row.get(12)?,
            n_projects: row.get(13)?,
            n_ideas: row.get(14)?,
            n_voters: row.get(15)?,
            n_ballots: row.get(16)?,
            source: row.get(17)?,
            opened_at: row.get(18)?,
            opened_day: row.get(19)?,
            decided: row.get(20)?,
            plan_revision: row.get(21)?,
        })
    }
}

/// A season with the text of its template.
struct Run(Season, Option<String>);

impl FromRow for Run {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Run(Season::from_row(row)?, row.get(22)?))
    }
}

pub(crate) fn insert_season(tx: &mut Tx<'_>, permit: &Permit, season: &Season, once: &str) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &season.id,
        &season.place,
        &season.name,
        &season.about,
        &season.template,
        season.stage.as_str(),
        season.phase.as_str(),
        season.budget,
        &season.currency,
        &season.rule,
        season.increment,
        season.max_choices,
        &season.source,
        season.opened_at,
        &season.opened_day,
        once,
    ];
    tx.execute(&INSERT_SEASON, params).map(|_| ())
}

pub(crate) fn season_once(s: &mut Snapshot<'_>, place: &PlaceId, once: &str) -> Result<Option<Season>, DbError> {
    s.optional(&SEASON_ONCE, params![place.home(), place, once])
}

pub(crate) fn season(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Option<Season>, DbError> {
    s.optional(&SEASON, params![id.home(), id])
}

/// The season and the JSON of its template; none with a season that is older than templates.
pub(crate) fn with_template(s: &mut Snapshot<'_>, id: &SeasonId) -> Result<Option<(Season, Option<String>)>, DbError> {
    let found: Option<Run> = s.optional(&SEASON_TEMPLATE, params![id.home(), id])?;
    Ok(found.map(|Run(season, body)| (season, body)))
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

/// Says that the season's list is computed; false when the season is no longer as it was read.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn decide(tx: &mut Tx<'_>, permit: &Permit, season: &Season) -> Result<bool, DbError> {
    Ok(tx.execute(&DECIDE, params![permit.home(), &season.id, season.revision])? == 1)
}

/// False when the calendar is no longer the one that was read.
pub(crate) fn replan(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, revision: i64) -> Result<bool, DbError> {
    Ok(tx.execute(&REPLAN, params![permit.home(), season, revision])? == 1)
}

/// Moves a season to a stage; false when it is no longer as it was read.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn shift(tx: &mut Tx<'_>, permit: &Permit, season: &Season, to: Stage) -> Result<bool, DbError> {
    Ok(tx.execute(&SHIFT, params![permit.home(), &season.id, season.revision, to.as_str()])? == 1)
}

/// Keeps the day on which a season came into a stage.
pub(super) fn insert_move(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (stage, day): (Stage, &Day),
) -> Result<(), DbError> {
    tx.execute(&INSERT_MOVE, params![permit.home(), season, stage.as_str(), day]).map(|_| ())
}

/// The stages that a season came into, with the days.
pub(super) fn moves(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(Stage, Day)>, DbError> {
    let rows: Vec<(String, Day)> = s.all(&MOVES, params![season.home(), season])?;
    let read = |(stage, day): (String, Day)| {
        let stage = stage.parse().map_err(|()| DbError::Data(format!("stage {stage}")))?;
        Ok((stage, day))
    };
    rows.into_iter().map(read).collect()
}

impl FromRow for PlannedStage {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let stage: String = row.get(0)?;
        let stage = stage.parse().map_err(|()| DbError::Data(format!("stage {stage}")))?;
        Ok(PlannedStage { stage, from: row.get(1)?, until: row.get(2)? })
    }
}

pub(crate) fn insert_stages(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    plan: &[PlannedStage],
) -> Result<(), DbError> {
    for (position, planned) in (0_i64..).zip(plan) {
        let PlannedStage { stage, from, until } = planned;
        tx.execute(&INSERT_STAGE, params![permit.home(), season, position, stage.as_str(), from, until])?;
    }
    Ok(())
}

pub(crate) fn set_stage(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    planned: &PlannedStage,
) -> Result<(), DbError> {
    let PlannedStage { stage, from, until } = planned;
    tx.execute(&SET_STAGE, params![permit.home(), season, stage.as_str(), from, until]).map(|_| ())
}

pub(crate) fn stages(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<PlannedStage>, DbError> {
    s.all(&STAGES, params![season.home(), season])
}

/// False when another season has the slug.
pub(super) fn insert_slug(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, slug: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&INSERT_SLUG, params![slug, permit.home(), season])? == 1)
}

pub(super) fn slug(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<String>, DbError> {
    Ok(s.optional(&SLUG, params![season.home(), season])?.map(|(slug,): (String,)| slug))
}

pub(super) fn season_of_slug(s: &mut Snapshot<'_>, slug: &str) -> Result<Option<Season>, DbError> {
    s.optional(&SEASON_OF_SLUG, params![slug])
}

pub(super) fn slugs(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<(String, String)>, DbError> {
    s.all(&SLUGS, params![limit])
}
