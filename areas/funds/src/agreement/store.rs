//! All SQL of agreements, their lines and tranches.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, Fen, PersonId};
use matters::duty::DutyId;
use programmes::SeasonId;
use rights::Permit;

use super::{Agreement, Line, Signature, State, Tranche};
use crate::case::Party;

macro_rules! columns {
    () => {
        "SELECT project, state, total, from_day, until_day, person, org, office_by, office_day, team_by, team_day, \
         vouchers, reason, ended_day, duty FROM fund_agreements WHERE home = ?1 AND season = ?2 "
    };
}
macro_rules! tranches {
    () => {
        "SELECT number, amount, condition, state, proposed_by, released_by, released_day FROM fund_tranches \
         WHERE home = ?1 AND season = ?2 AND project = ?3 "
    };
}
macro_rules! lines {
    () => {
        "SELECT number, kind, what, planned, spent, waiting FROM fund_lines \
         WHERE home = ?1 AND season = ?2 AND project = ?3 "
    };
}
db::statements! {
    STATEMENTS:
    /// Approved projects without an agreement.
    WITHOUT_AGREEMENT = "SELECT p.number, p.name, p.cost FROM project_runs r JOIN projects p ON p.home = r.home \
                         AND p.season = r.season AND p.number = r.number WHERE r.home = ?1 AND r.season = ?2 \
                         AND r.number > ?3 AND NOT EXISTS (SELECT 1 FROM fund_agreements a WHERE a.home = r.home \
                         AND a.season = r.season AND a.project = r.number) ORDER BY r.number LIMIT ?4";
    INSERT_AGREEMENT = "INSERT INTO fund_agreements (home, season, project, state, total, from_day, until_day, person, \
                        org, drafted_day, vouchers, reason) VALUES (?1, ?2, ?3, 'draft', ?4, ?5, ?6, ?7, ?8, ?9, 0, '')";
    INSERT_LINE = "INSERT INTO fund_lines (home, season, project, number, kind, what, planned, spent, waiting) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0, 0)";
    INSERT_TRANCHE = "INSERT INTO fund_tranches (home, season, project, number, amount, condition, state) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, 'planned')";
    AGREEMENT = concat!(columns!(), "AND project = ?3");
    AGREEMENTS = concat!(columns!(), "AND project > ?3 ORDER BY project LIMIT ?4");
    NAMES = "SELECT p.number, p.name FROM projects p JOIN fund_agreements a ON a.home = p.home AND a.season = p.season \
             AND a.project = p.number WHERE p.home = ?1 AND p.season = ?2 ORDER BY p.number LIMIT 2000";
    /// Each side signs once, while it is a draft.
    SIGN_OFFICE = "UPDATE fund_agreements SET office_by = ?4, office_day = ?5 WHERE home = ?1 AND season = ?2 \
                   AND project = ?3 AND state = 'draft' AND office_day IS NULL";
    SIGN_TEAM = "UPDATE fund_agreements SET team_by = ?4, team_day = ?5 WHERE home = ?1 AND season = ?2 \
                 AND project = ?3 AND state = 'draft' AND team_day IS NULL";
    SIGNED = "UPDATE fund_agreements SET state = 'signed' WHERE home = ?1 AND season = ?2 AND project = ?3 \
              AND state = 'draft' AND office_day IS NOT NULL AND team_day IS NOT NULL";
    END = "UPDATE fund_agreements SET state = ?4, reason = ?5, ended_day = ?6, duty = ?7 \
           WHERE home = ?1 AND season = ?2 AND project = ?3 AND state = 'signed'";
    RUNNING = "SELECT COUNT(*) FROM fund_agreements WHERE home = ?1 AND season = ?2 AND state = 'signed'";
    LINES = concat!(lines!(), "ORDER BY number LIMIT 100");
    /// A voucher takes its part of the line when it is handed in: the guard of the remainder.
    TAKE = "UPDATE fund_lines SET waiting = waiting + ?5 WHERE home = ?1 AND season = ?2 AND project = ?3 \
            AND number = ?4 AND spent + waiting + ?5 <= planned";
    SPEND = "UPDATE fund_lines SET waiting = waiting - ?5, spent = spent + ?5 WHERE home = ?1 AND season = ?2 \
             AND project = ?3 AND number = ?4 AND waiting >= ?5";
    FREE = "UPDATE fund_lines SET waiting = waiting - ?5 WHERE home = ?1 AND season = ?2 AND project = ?3 \
            AND number = ?4 AND waiting >= ?5";
    TRANCHES = concat!(tranches!(), "ORDER BY number LIMIT 10");
    PROPOSE = "UPDATE fund_tranches SET state = 'proposed', proposed_by = ?5 WHERE home = ?1 AND season = ?2 \
               AND project = ?3 AND number = ?4 AND state = 'planned'";
    RECALL = "UPDATE fund_tranches SET state = 'planned', proposed_by = NULL WHERE home = ?1 AND season = ?2 \
              AND project = ?3 AND number = ?4 AND state = 'proposed'";
    RELEASE = "UPDATE fund_tranches SET state = 'released', released_by = ?5, released_day = ?6 WHERE home = ?1 \
               AND season = ?2 AND project = ?3 AND number = ?4 AND state = 'proposed'";
    COUNT_VOUCHER = "UPDATE fund_agreements SET vouchers = vouchers + 1 WHERE home = ?1 AND season = ?2 \
                     AND project = ?3 AND state = 'signed' AND vouchers < ?4 RETURNING vouchers";
}

impl FromRow for Agreement {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(1)?;
        let signature = |by: usize, day: usize| -> Result<Option<Signature>, DbError> {
            let (by, day): (Option<PersonId>, Option<Day>) = (row.get(by)?, row.get(day)?);
            Ok(day.map(|day| Signature { by, day }))
        };
        Ok(Agreement {
            project: row.get(0)?,
            state: state.parse().map_err(|()| DbError::Data(format!("agreement {state}")))?,
            total: row.get(2)?,
            from: row.get(3)?,
            until: row.get(4)?,
            party: Party { person: row.get(5)?, org: row.get(6)? },
            office: signature(7, 8)?,
            team: signature(9, 10)?,
            n_vouchers: row.get(11)?,
            reason: row.get(12)?,
            ended: row.get(13)?,
            duty: row.get(14)?,
        })
    }
}

impl FromRow for Tranche {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (condition, state): (String, String) = (row.get(2)?, row.get(3)?);
        Ok(Tranche {
            number: row.get(0)?,
            amount: row.get(1)?,
            condition: condition.parse().map_err(|()| DbError::Data(format!("condition {condition}")))?,
            state: state.parse().map_err(|()| DbError::Data(format!("tranche {state}")))?,
            proposed_by: row.get(4)?,
            released_by: row.get(5)?,
            released: row.get(6)?,
        })
    }
}

db::record!(Line { number, kind, what, planned, spent, waiting });

pub(super) fn without(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, limit): (u32, i64),
) -> Result<Vec<(u32, String, Fen)>, DbError> {
    s.all(&WITHOUT_AGREEMENT, params![season.home(), season, after, limit])
}

/// False where there is one already.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    new: &Agreement,
    day: &Day,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        new.project,
        new.total,
        &new.from,
        &new.until,
        new.party.person.as_ref(),
        new.party.org.as_ref(),
        day,
    ];
    match tx.execute(&INSERT_AGREEMENT, params) {
        Err(DbError::Unique(_)) => Ok(false),
        other => other.map(|_| true),
    }
}

pub(super) fn insert_line(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    line: &Line,
) -> Result<(), DbError> {
    let params = params![permit.home(), season, project, line.number, &line.kind, &line.what, line.planned];
    tx.execute(&INSERT_LINE, params).map(|_| ())
}

pub(super) fn insert_tranche(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    new: &Tranche,
) -> Result<(), DbError> {
    let params = params![permit.home(), season, project, new.number, new.amount, new.condition.as_str()];
    tx.execute(&INSERT_TRANCHE, params).map(|_| ())
}

pub(crate) fn agreement(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Agreement>, DbError> {
    s.optional(&AGREEMENT, params![season.home(), season, project])
}

pub(super) fn agreements(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, limit): (u32, i64),
) -> Result<Vec<Agreement>, DbError> {
    s.all(&AGREEMENTS, params![season.home(), season, after, limit])
}

pub(super) fn names(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&NAMES, params![season.home(), season])
}

/// False where that side has signed before.
pub(super) fn sign(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    (is_office, by): (bool, Option<&PersonId>),
    day: &Day,
) -> Result<bool, DbError> {
    let statement = if is_office { &SIGN_OFFICE } else { &SIGN_TEAM };
    Ok(tx.execute(statement, params![permit.home(), season, project, by, day])? == 1)
}

/// True when both have signed now.
pub(super) fn signed(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, project: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&SIGNED, params![permit.home(), season, project])? == 1)
}

/// False when it runs no more.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    (to, reason, day): (State, &str, &Day),
    duty: Option<&DutyId>,
) -> Result<bool, DbError> {
    let params = params![permit.home(), season, project, to.as_str(), reason, day, duty];
    Ok(tx.execute(&END, params)? == 1)
}

pub(crate) fn running(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<i64, DbError> {
    Ok(s.one::<(i64,)>(&RUNNING, params![season.home(), season])?.0)
}

pub(super) fn lines(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Line>, DbError> {
    s.all(&LINES, params![season.home(), season, project])
}

/// What a voucher does to its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Handed in.
    Take,
    /// Approved.
    Spend,
    /// Refused.
    Free,
}

/// False when the line has not so much.
pub(crate) fn part(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project, line): (&SeasonId, u32, u32),
    part: Part,
    amount: Fen,
) -> Result<bool, DbError> {
    let statement = match part {
        Part::Take => &TAKE,
        Part::Spend => &SPEND,
        Part::Free => &FREE,
    };
    Ok(tx.execute(statement, params![permit.home(), season, project, line, amount])? == 1)
}

pub(super) fn tranches(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Tranche>, DbError> {
    s.all(&TRANCHES, params![season.home(), season, project])
}

/// False when it is not planned any more.
pub(crate) fn propose(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project, number): (&SeasonId, u32, u32),
    by: Option<&PersonId>,
) -> Result<bool, DbError> {
    Ok(tx.execute(&PROPOSE, params![permit.home(), season, project, number, by])? == 1)
}

/// False when it is not proposed.
pub(crate) fn recall(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project, number): (&SeasonId, u32, u32),
) -> Result<bool, DbError> {
    Ok(tx.execute(&RECALL, params![permit.home(), season, project, number])? == 1)
}

/// False when it is not proposed, or released already.
pub(crate) fn release(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project, number): (&SeasonId, u32, u32),
    (by, day): (Option<&PersonId>, &Day),
) -> Result<bool, DbError> {
    Ok(tx.execute(&RELEASE, params![permit.home(), season, project, number, by, day])? == 1)
}

/// The number of the project's next voucher; none when it does not run, or has handed in as many as it may.
pub(crate) fn count_voucher(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, project): (&SeasonId, u32),
    most: u32,
) -> Result<Option<u32>, DbError> {
    let found: Option<(u32,)> = tx.optional(&COUNT_VOUCHER, params![permit.home(), season, project, most])?;
    Ok(found.map(|row| row.0))
}
