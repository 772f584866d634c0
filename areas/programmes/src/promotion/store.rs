//! All SQL of promotions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use rights::Permit;

use super::{Earlier, Promotion};
use crate::{Season, SeasonId, running::closing::Grades};

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO promotions (home, season, number, from_tier, to_tier, reasons, confirmed_by, confirmed_day) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    PROMOTIONS = "SELECT number, from_tier, to_tier, reasons, confirmed_by, confirmed_day FROM promotions \
                  WHERE home = ?1 AND season = ?2 ORDER BY number LIMIT 2000";
    /// Of an organisation what it applied for itself, of a person what they proposed without one.
    EARLIER = "SELECT s.id, s.name, s.template, r.number, j.name, r.to_tier, r.confirmed_day FROM seasons s \
               JOIN promotions r ON r.home = s.home AND r.season = s.id \
               JOIN proposals p ON p.home = r.home AND p.season = r.season AND p.project = r.number \
               JOIN projects j ON j.home = r.home AND j.season = r.season AND j.number = r.number \
               WHERE s.home = ?1 AND (s.place = ?2 OR s.template = ?3) AND s.opened_at < ?4 AND s.id <> ?5 \
               AND COALESCE(p.org, p.author) = ?6 ORDER BY r.confirmed_day DESC, r.season DESC, r.number LIMIT 5";
    POINTS = "SELECT number, points FROM midterms WHERE home = ?1 AND season = ?2 AND number >= ?3 AND number <= ?4 \
              AND state = 'passed' AND points IS NOT NULL ORDER BY number, round LIMIT 2000";
    GRADES = "SELECT number, COUNT(*), CAST(COALESCE(SUM(grade), 0) AS BIGINT), \
              CAST(COALESCE(SUM(CASE WHEN grade >= 4 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM project_grades \
              WHERE home = ?1 AND season = ?2 AND number >= ?3 AND number <= ?4 GROUP BY number ORDER BY number LIMIT 2000";
}

db::record!(Earlier { season, name, template, number, project, to, day });

impl FromRow for Promotion {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let reasons: String = row.get(3)?;
        Ok(Promotion {
            number: row.get(0)?,
            from: row.get(1)?,
            to: row.get(2)?,
            reasons: serde_json::from_str(&reasons).map_err(|e| DbError::Data(format!("reasons: {e}")))?,
            by: row.get(4)?,
            day: row.get(5)?,
        })
    }
}

/// False where it is confirmed already.
pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, new: &Promotion) -> Result<bool, DbError> {
    let reasons = serde_json::to_string(&new.reasons).map_err(|e| DbError::Data(format!("reasons: {e}")))?;
    let params = params![permit.home(), season, new.number, &new.from, &new.to, &reasons, new.by.as_ref(), &new.day];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(super) fn promotions(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Promotion>, DbError> {
    s.all(&PROMOTIONS, params![season.home(), season])
}

/// `team` is the id of the organisation, else of the person.
pub(super) fn earlier(s: &mut Snapshot<'_>, season: &Season, team: &str) -> Result<Vec<Earlier>, DbError> {
    let params = params![season.id.home(), &season.place, &season.template, season.opened_at, &season.id, team];
    s.all(&EARLIER, params)
}

/// Hundredths of a point with which projects passed.
pub(super) fn points(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (first, last): (u32, u32),
) -> Result<Vec<(u32, i64)>, DbError> {
    s.all(&POINTS, params![season.home(), season, first, last])
}

pub(super) fn grades(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (first, last): (u32, u32),
) -> Result<Vec<(u32, Grades)>, DbError> {
    let rows: Vec<(u32, u64, u64, u64)> = s.all(&GRADES, params![season.home(), season, first, last])?;
    Ok(rows.into_iter().map(|(number, answers, sum, content)| (number, Grades { answers, sum, content })).collect())
}
