//! All SQL of contests.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Instant;
use programmes::SeasonId;
use rights::Permit;

use super::{Contest, Speech, Turn};

db::statements! {
    STATEMENTS:
    INSERT_CONTEST = "INSERT INTO contests (home, season, state, seconds, revision, seed) \
                      VALUES (?1, ?2, 'ready', ?3, 1, ?4) ON CONFLICT (home, season) DO NOTHING";
    /// Guarded by the revision that was read, and only before anybody has spoken.
    REARRANGE = "UPDATE contests SET seconds = ?4, seed = ?5, revision = revision + 1 \
                 WHERE home = ?1 AND season = ?2 AND revision = ?3 AND state = 'ready'";
    MOVE_ON = "UPDATE contests SET state = ?4, revision = revision + 1 \
               WHERE home = ?1 AND season = ?2 AND revision = ?3";
    CONTEST = "SELECT season, seconds, revision, seed FROM contests WHERE home = ?1 AND season = ?2";
    CLEAR = "DELETE FROM contest_speeches WHERE home = ?1 AND season = ?2";
    INSERT_SPEECH = "INSERT INTO contest_speeches (home, season, position, project, state, questions) \
                     VALUES (?1, ?2, ?3, ?4, 'waiting', '')";
    BEGIN_SPEECH = "UPDATE contest_speeches SET state = 'speaking', began_at = ?4 \
                    WHERE home = ?1 AND season = ?2 AND position = ?3 AND state = 'waiting'";
    END_SPEECH = "UPDATE contest_speeches SET state = 'done' WHERE home = ?1 AND season = ?2 AND state = 'speaking'";
    /// Guarded by the questions that were read.
    NOTE = "UPDATE contest_speeches SET questions = ?5 \
            WHERE home = ?1 AND season = ?2 AND position = ?3 AND questions = ?4";
    TURNS = "SELECT t.position, t.project, t.state, t.began_at, t.questions, p.name, \
             (SELECT count(*) FROM score_sheets s \
              WHERE s.home = t.home AND s.season = t.season AND s.project = t.project) \
             FROM contest_speeches t JOIN projects p ON p.home = t.home AND p.season = t.season AND p.number = t.project \
             WHERE t.home = ?1 AND t.season = ?2 ORDER BY t.position LIMIT 200";
}

db::record!(Contest { season, seconds, revision, seed });

impl FromRow for Turn {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(2)?;
        let state: Speech = state.parse().map_err(|()| DbError::Data(format!("speech {state}")))?;
        Ok(Turn {
            position: row.get(0)?,
            project: row.get(1)?,
            state,
            began_at: row.get(3)?,
            questions: row.get(4)?,
            name: row.get(5)?,
            n_sheets: row.get(6)?,
        })
    }
}

/// The contest's row, made or changed; false when it is no longer as it was read, or somebody has spoken.
pub(crate) fn arrange(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    revision: i64,
    (seconds, seed): (u32, &str),
) -> Result<bool, DbError> {
    let touched = if revision == 0 {
        tx.execute(&INSERT_CONTEST, params![permit.home(), season, seconds, seed])?
    } else {
        tx.execute(&REARRANGE, params![permit.home(), season, revision, seconds, seed])?
    };
    Ok(touched == 1)
}

pub(crate) fn set_order(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, order: &[u32]) -> Result<(), DbError> {
    tx.execute(&CLEAR, params![permit.home(), season])?;
    for (position, project) in (1_u32..).zip(order) {
        tx.execute(&INSERT_SPEECH, params![permit.home(), season, position, *project])?;
    }
    Ok(())
}

/// False when it is no longer as it was read.
pub(crate) fn move_on(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (revision, over): (i64, bool),
) -> Result<bool, DbError> {
    let state = if over { "over" } else { "running" };
    Ok(tx.execute(&MOVE_ON, params![permit.home(), season, revision, state])? == 1)
}

pub(crate) fn end_speech(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId) -> Result<(), DbError> {
    tx.execute(&END_SPEECH, params![permit.home(), season]).map(|_| ())
}

pub(crate) fn begin_speech(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (position, now): (u32, Instant),
) -> Result<bool, DbError> {
    Ok(tx.execute(&BEGIN_SPEECH, params![permit.home(), season, position, now])? == 1)
}

/// False when another question was noted meanwhile.
pub(crate) fn note(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    turn: &Turn,
    questions: &str,
) -> Result<bool, DbError> {
    let params = params![permit.home(), season, turn.position, &turn.questions, questions];
    Ok(tx.execute(&NOTE, params)? == 1)
}

pub(crate) fn contest(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Contest>, DbError> {
    s.optional(&CONTEST, params![season.home(), season])
}

pub(crate) fn turns(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Turn>, DbError> {
    s.all(&TURNS, params![season.home(), season])
}
