//! All SQL of groups.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use rights::Permit;

use super::{Leader, Member, Note};
use crate::SeasonId;

db::statements! {
    STATEMENTS:
    /// One row a group: a second leader takes the place of the first, two at once are one.
    PUT_LEADER = "INSERT INTO group_leaders (home, season, team, number, how, since_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                  ON CONFLICT (home, season, team) DO UPDATE SET number = excluded.number, how = excluded.how, \
                  since_day = excluded.since_day";
    LEADERS = "SELECT team, number, how, since_day FROM group_leaders WHERE home = ?1 AND season = ?2 \
               ORDER BY team LIMIT 100";
    MEMBERS = "SELECT r.team, r.number, p.name, r.tier FROM project_runs r JOIN projects p ON p.home = r.home \
               AND p.season = r.season AND p.number = r.number WHERE r.home = ?1 AND r.season = ?2 \
               ORDER BY r.team, r.number LIMIT 2000";
    SET_TEAM = "UPDATE project_runs SET team = ?4, revision = revision + 1 \
                WHERE home = ?1 AND season = ?2 AND number = ?3 AND team <> ?4";
    INSERT_NOTE = "INSERT INTO group_notes (home, id, season, team, kind, number, day, words, once) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    NOTES = "SELECT id, kind, number, day, words FROM group_notes WHERE home = ?1 AND season = ?2 AND team = ?3 \
             AND id < ?4 ORDER BY id DESC LIMIT ?5";
}

impl FromRow for Leader {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let how: String = row.get(2)?;
        let how = how.parse().map_err(|()| DbError::Data(format!("leader {how}")))?;
        Ok(Leader { team: row.get(0)?, number: row.get(1)?, how, since: row.get(3)? })
    }
}

db::record!(Member { team, number, name, tier });

impl FromRow for Note {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let kind: String = row.get(1)?;
        let kind = kind.parse().map_err(|()| DbError::Data(format!("note {kind}")))?;
        Ok(Note { id: row.get(0)?, kind, number: row.get(2)?, day: row.get(3)?, words: row.get(4)? })
    }
}

pub(super) fn put_leader(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, leader: &Leader) -> Result<(), DbError> {
    let params = params![permit.home(), season, &leader.team, leader.number, leader.how.as_str(), &leader.since];
    tx.execute(&PUT_LEADER, params).map(|_| ())
}

pub(super) fn leaders(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Leader>, DbError> {
    s.all(&LEADERS, params![season.home(), season])
}

pub(super) fn members(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Member>, DbError> {
    s.all(&MEMBERS, params![season.home(), season])
}

/// False where it is in that group already.
pub(super) fn set_team(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (number, team): (u32, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&SET_TEAM, params![permit.home(), season, number, team])? == 1)
}

/// False where it was sent before.
pub(super) fn insert_note(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, team): (&SeasonId, &str),
    (note, once): (&Note, &str),
) -> Result<bool, DbError> {
    let params =
        params![permit.home(), &note.id, season, team, note.kind.as_str(), note.number, &note.day, &note.words, once,];
    Ok(tx.execute(&INSERT_NOTE, params)? == 1)
}

pub(super) fn notes(
    s: &mut Snapshot<'_>,
    (season, team): (&SeasonId, &str),
    (before, limit): (&str, i64),
) -> Result<Vec<Note>, DbError> {
    s.all(&NOTES, params![season.home(), season, team, before, limit])
}
