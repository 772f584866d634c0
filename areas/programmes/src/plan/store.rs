//! All SQL of plans.

use db::{DbError, Fault, FromRow, Row, Snapshot, Tx, params};
use kernel::{Kind, Refusal};
use rights::Permit;

use super::{Plan, Version};
use crate::SeasonId;

/// Columns of a version in the order of its fields.
macro_rules! columns {
    () => {
        "version, state, body, reason, asked_by, asked_day, answer, decided_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO project_plans (home, season, number, version, state, body, reason, asked_by, asked_day, \
              answer) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, '')";
    VERSIONS = concat!("SELECT ", columns!(), " FROM project_plans WHERE home = ?1 AND season = ?2 AND number = ?3 \
                      ORDER BY version LIMIT 50");
    VERSION = concat!("SELECT ", columns!(), " FROM project_plans WHERE home = ?1 AND season = ?2 AND number = ?3 \
                      AND version = ?4");
    /// Guarded by the state: a request is decided once.
    DECIDE = "UPDATE project_plans SET state = ?5, answer = ?6, decided_day = ?7 WHERE home = ?1 AND season = ?2 \
              AND number = ?3 AND version = ?4 AND state = 'asked'";
    IN_FORCE = "SELECT p.number, p.body FROM project_plans p WHERE p.home = ?1 AND p.season = ?2 AND p.number >= ?3 \
                AND p.number <= ?4 AND p.state = 'accepted' AND p.version = (SELECT MAX(q.version) FROM project_plans q \
                WHERE q.home = p.home AND q.season = p.season AND q.number = p.number AND q.state = 'accepted') \
                ORDER BY p.number LIMIT 2000";
    ASKED = "SELECT number FROM project_plans WHERE home = ?1 AND season = ?2 AND number >= ?3 AND number <= ?4 \
             AND state = 'asked' ORDER BY number LIMIT 2000";
}

fn body(text: &str) -> Result<Plan, DbError> {
    serde_json::from_str(text).map_err(|e| DbError::Data(format!("plan: {e}")))
}

impl FromRow for Version {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (state, text): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Version {
            version: row.get(0)?,
            state: state.parse().map_err(|()| DbError::Data(format!("plan {state}")))?,
            plan: body(&text)?,
            reason: row.get(3)?,
            asked_by: row.get(4)?,
            asked_day: row.get(5)?,
            answer: row.get(6)?,
            decided_day: row.get(7)?,
        })
    }
}

/// A project of a season.
type Of<'a> = (&'a SeasonId, u32);

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, (season, number): Of<'_>, new: &Version) -> Result<(), DbError> {
    let body = serde_json::to_string(&new.plan).map_err(|e| DbError::Data(format!("plan: {e}")))?;
    let params = params![
        permit.home(),
        season,
        number,
        new.version,
        new.state.as_str(),
        &body,
        &new.reason,
        new.asked_by.as_ref(),
        &new.asked_day,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn versions(s: &mut Snapshot<'_>, (season, number): Of<'_>) -> Result<Vec<Version>, DbError> {
    s.all(&VERSIONS, params![season.home(), season, number])
}

pub(super) fn version(s: &mut Snapshot<'_>, (season, number): Of<'_>, version: u32) -> Result<Version, Fault> {
    let found: Option<Version> = s.optional(&VERSION, params![season.home(), season, number, version])?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "plan-version-not-found"))?)
}

/// False when it was decided before.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): Of<'_>,
    version: &Version,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        number,
        version.version,
        version.state.as_str(),
        &version.answer,
        version.decided_day.as_ref(),
    ];
    Ok(tx.execute(&DECIDE, params)? == 1)
}

pub(super) fn in_force(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (first, last): (u32, u32),
) -> Result<Vec<(u32, Plan)>, DbError> {
    let rows: Vec<(u32, String)> = s.all(&IN_FORCE, params![season.home(), season, first, last])?;
    rows.into_iter().map(|(number, text)| Ok((number, body(&text)?))).collect()
}

pub(super) fn asked(s: &mut Snapshot<'_>, season: &SeasonId, (first, last): (u32, u32)) -> Result<Vec<u32>, DbError> {
    let rows: Vec<(u32,)> = s.all(&ASKED, params![season.home(), season, first, last])?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}
