//! All SQL of awards.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Day;
use rights::Permit;

use super::{Award, MAX_AWARDS, State};
use crate::SeasonId;

/// Columns of an award in the order of its fields.
macro_rules! columns {
    () => {
        "a.season, a.category, a.number, p.name, a.state, a.words, a.nominated_by, a.nominated_day, a.decided_day, \
         a.certificate, a.approvals, a.verdict"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO awards (home, season, category, number, state, words, nominated_by, nominated_day) \
              VALUES (?1, ?2, ?3, ?4, 'nominated', ?5, ?6, ?7) ON CONFLICT DO NOTHING";
    COUNT = "SELECT COUNT(*) FROM awards WHERE home = ?1 AND season = ?2";
    AWARD = concat!("SELECT ", columns!(), " FROM awards a JOIN projects p ON p.home = a.home AND p.season = a.season \
             AND p.number = a.number WHERE a.home = ?1 AND a.season = ?2 AND a.category = ?3 AND a.number = ?4");
    AWARDS = concat!("SELECT ", columns!(), " FROM awards a JOIN projects p ON p.home = a.home AND p.season = a.season \
              AND p.number = a.number WHERE a.home = ?1 AND a.season = ?2 ORDER BY a.category, a.number LIMIT ?3");
    /// Across places: whoever checks a certificate knows its number and nothing else.
    BY_CERTIFICATE = concat!("SELECT ", columns!(), " FROM awards a JOIN projects p ON p.home = a.home \
                      AND p.season = a.season AND p.number = a.number WHERE a.certificate = ?1");
    DECIDE = "UPDATE awards SET state = ?5, decided_day = ?6, certificate = ?7, approvals = ?8, verdict = ?9, was_stopped = ?10 WHERE home = ?1 AND season = ?2 \
              AND category = ?3 AND number = ?4 AND state = 'nominated'";
}

impl FromRow for Award {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(4)?;
        Ok(Award {
            season: row.get(0)?,
            category: row.get(1)?,
            number: row.get(2)?,
            project: row.get(3)?,
            state: state.parse().map_err(|()| DbError::Data(format!("award {state}")))?,
            words: row.get(5)?,
            nominated_by: row.get(6)?,
            nominated_day: row.get(7)?,
            decided_day: row.get(8)?,
            certificate: row.get(9)?,
            approvals: row.get(10)?,
            verdict: row.get(11)?,
        })
    }
}

/// False where the project is nominated for it already.
pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, award: &Award) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &award.season,
        &award.category,
        award.number,
        &award.words,
        award.nominated_by.as_ref(),
        &award.nominated_day,
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(super) fn count(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<i64, DbError> {
    let found: Option<(i64,)> = s.optional(&COUNT, params![season.home(), season])?;
    Ok(found.map_or(0, |(n,)| n))
}

pub(super) fn award(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (category, number): (&str, u32),
) -> Result<Option<Award>, DbError> {
    s.optional(&AWARD, params![season.home(), season, category, number])
}

pub(super) fn awards(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Award>, DbError> {
    s.all(&AWARDS, params![season.home(), season, MAX_AWARDS])
}

pub(super) fn by_certificate(s: &mut Snapshot<'_>, number: &str) -> Result<Option<Award>, DbError> {
    s.optional(&BY_CERTIFICATE, params![number])
}

/// What became of a nomination.
pub(super) struct Decided {
    pub(super) state: State,
    pub(super) day: Day,
    pub(super) certificate: Option<String>,
    pub(super) approvals: Option<u64>,
    /// Whether the project was stopped when the ballots were counted; nothing where there were none.
    pub(super) stopped: Option<bool>,
    pub(super) verdict: Option<String>,
}

/// False when it was decided before.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, category, number): (&SeasonId, &str, u32),
    decided: &Decided,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        category,
        number,
        decided.state.as_str(),
        &decided.day,
        decided.certificate.as_deref(),
        decided.approvals.map(|n| i64::try_from(n).unwrap_or(i64::MAX)),
        decided.verdict.as_deref(),
        decided.stopped,
    ];
    Ok(tx.execute(&DECIDE, params)? == 1)
}
