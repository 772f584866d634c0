//! All SQL of selections.

use db::{DbError, FromRow, Row as DbRow, Snapshot, Tx, params};
use matters::{matter::MatterId, notice::NoticeId};
use programmes::SeasonId;
use rights::Permit;

use super::{Line, Row, Selection, State};

/// Lines of a season's list with their projects.
macro_rules! rows {
    () => {
        "SELECT l.number, l.rank, l.approved, l.reserve, l.score, l.why, l.condition, l.met, l.matter, p.reference, \
         p.name, p.cost FROM selection_lines l \
         JOIN projects p ON p.home = l.home AND p.season = l.season AND p.number = l.number \
         WHERE l.home = ?1 AND l.season = ?2 "
    };
}

db::statements! {
    STATEMENTS:
    /// The key is the guard: a season is decided once.
    INSERT_SELECTION = "INSERT INTO selections (home, season, state, rule_set, inputs, approved, total_cost, open, \
                        notice, decided_at, decided_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, NULL, ?8, ?9)";
    SELECTION = "SELECT state, rule_set, inputs, approved, total_cost, open, notice, decided_at, decided_day \
                 FROM selections WHERE home = ?1 AND season = ?2";
    INSERT_LINE = "INSERT INTO selection_lines (home, season, number, rank, approved, reserve, score, why, condition, \
                   met, matter) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, '', false, NULL)";
    ROWS = concat!(rows!(), "AND l.rank > ?3 ORDER BY l.rank LIMIT ?4");
    ROW = concat!(rows!(), "AND l.number = ?3");
    APPROVED = concat!(rows!(), "AND l.approved ORDER BY l.rank LIMIT ?3");
    /// Approved, and no matter yet.
    TO_OPEN = concat!(rows!(), "AND l.approved AND l.matter IS NULL ORDER BY l.rank LIMIT ?3");
    /// A condition is set once for each project, while the list is decided and not posted.
    SET_CONDITION = "UPDATE selection_lines SET condition = ?4 WHERE home = ?1 AND season = ?2 AND number = ?3 \
                     AND approved AND condition = ''";
    MEET_CONDITION = "UPDATE selection_lines SET met = true WHERE home = ?1 AND season = ?2 AND number = ?3 \
                      AND condition <> '' AND NOT met";
    COUNT_OPEN = "UPDATE selections SET open = open + ?3 WHERE home = ?1 AND season = ?2 AND state = 'decided'";
    POST = "UPDATE selections SET state = 'posted', notice = ?3 WHERE home = ?1 AND season = ?2 \
            AND state = 'decided' AND open = 0";
    /// In the place of a notice that was withdrawn; the guard is that it is still that one.
    POST_ANEW = "UPDATE selections SET notice = ?4 WHERE home = ?1 AND season = ?2 AND state = 'posted' AND notice = ?3";
    APPROVE = "UPDATE selections SET state = 'approved' WHERE home = ?1 AND season = ?2 AND state = ?3 AND open = 0";
    SET_MATTER = "UPDATE selection_lines SET matter = ?4 WHERE home = ?1 AND season = ?2 AND number = ?3 \
                  AND matter IS NULL";
}

impl FromRow for Selection {
    fn from_row(row: &DbRow<'_>) -> Result<Self, DbError> {
        let state: String = row.get(0)?;
        Ok(Selection {
            state: state.parse().map_err(|()| DbError::Data(format!("selection {state}")))?,
            rule_set: row.get(1)?,
            inputs: row.get(2)?,
            n_approved: row.get(3)?,
            total_cost: row.get(4)?,
            n_open: row.get(5)?,
            notice: row.get(6)?,
            decided_at: row.get(7)?,
            decided_day: row.get(8)?,
        })
    }
}

impl FromRow for Row {
    fn from_row(row: &DbRow<'_>) -> Result<Self, DbError> {
        let why: String = row.get(5)?;
        let score: Option<i64> = row.get(4)?;
        let line = Line {
            number: row.get(0)?,
            rank: row.get(1)?,
            approved: row.get(2)?,
            reserve: row.get(3)?,
            score: score.map(|n| u64::try_from(n).unwrap_or(0)),
            why: serde_json::from_str(&why).map_err(|error| DbError::Data(error.to_string()))?,
        };
        Ok(Row {
            line,
            condition: row.get(6)?,
            met: row.get(7)?,
            matter: row.get(8)?,
            reference: row.get(9)?,
            name: row.get(10)?,
            cost: row.get(11)?,
        })
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, new: &Selection) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        new.state.as_str(),
        &new.rule_set,
        &new.inputs,
        new.n_approved,
        new.total_cost,
        new.decided_at,
        &new.decided_day,
    ];
    tx.execute(&INSERT_SELECTION, params).map(|_| ())
}

pub(super) fn insert_line(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, line: &Line) -> Result<(), DbError> {
    let why = serde_json::to_string(&line.why).map_err(|error| DbError::Data(error.to_string()))?;
    let score = line.score.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let params = params![permit.home(), season, line.number, line.rank, line.approved, line.reserve, score, &why];
    tx.execute(&INSERT_LINE, params).map(|_| ())
}

pub(super) fn selection(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Selection>, DbError> {
    s.optional(&SELECTION, params![season.home(), season])
}

pub(super) fn rows(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Row>, DbError> {
    s.all(&ROWS, params![season.home(), season, after, limit])
}

pub(super) fn row(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Row>, DbError> {
    s.optional(&ROW, params![season.home(), season, number])
}

pub(super) fn approved(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Row>, DbError> {
    s.all(&APPROVED, params![season.home(), season, limit])
}

pub(super) fn to_open(s: &mut Snapshot<'_>, season: &SeasonId, limit: i64) -> Result<Vec<Row>, DbError> {
    s.all(&TO_OPEN, params![season.home(), season, limit])
}

/// False when the project is not approved or has a condition already, or the list is posted.
pub(super) fn set_condition(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    words: &str,
) -> Result<bool, DbError> {
    let set = tx.execute(&SET_CONDITION, params![permit.home(), season, number, words])? == 1;
    Ok(set && tx.execute(&COUNT_OPEN, params![permit.home(), season, 1_i64])? == 1)
}

/// False when there is no open condition, or the list is posted.
pub(super) fn meet_condition(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    number: u32,
) -> Result<bool, DbError> {
    let met = tx.execute(&MEET_CONDITION, params![permit.home(), season, number])? == 1;
    Ok(met && tx.execute(&COUNT_OPEN, params![permit.home(), season, -1_i64])? == 1)
}

/// False when the list is not decided, or a condition is open.
pub(super) fn post(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, notice: &NoticeId) -> Result<bool, DbError> {
    Ok(tx.execute(&POST, params![permit.home(), season, notice])? == 1)
}

/// False when another notice than `old` hangs by now.
pub(super) fn post_anew(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (old, new): (&NoticeId, &NoticeId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&POST_ANEW, params![permit.home(), season, old, new])? == 1)
}

/// False when the list is not in `from`, or a condition is open.
pub(super) fn approve(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, from: State) -> Result<bool, DbError> {
    Ok(tx.execute(&APPROVE, params![permit.home(), season, from.as_str()])? == 1)
}

pub(super) fn set_matter(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    matter: &MatterId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&SET_MATTER, params![permit.home(), season, number, matter])? == 1)
}
