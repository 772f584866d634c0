//! All SQL of vouchers.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Fen};
use programmes::SeasonId;
use rights::Permit;

use super::{State, Voucher, VoucherId};

macro_rules! columns {
    () => {
        "SELECT id, season, project, number, line, kind, paper, day, amount, count, payee, payee_is_person, purpose, \
         handler, witness, state, reason, handed_by, handed_day, decided_by, decided_day FROM fund_vouchers \
         WHERE home = ?1 AND season = ?2 "
    };
}

db::statements! {
    STATEMENTS:
    INSERT_VOUCHER = "INSERT INTO fund_vouchers (home, id, season, project, number, line, kind, paper, day, amount, \
                      count, payee, payee_is_person, purpose, handler, witness, state, reason, handed_by, handed_day, \
                      once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 'waiting', \
                      '', ?17, ?18, ?19)";
    VOUCHER = concat!(columns!(), "AND id = ?3");
    VOUCHER_ONCE = concat!(columns!(), "AND once = ?3");
    VOUCHERS = concat!(columns!(), "AND project = ?3 AND number < ?4 AND (?5 OR state = 'approved') \
               ORDER BY number DESC LIMIT ?6");
    /// The guard of the decision: it is made once.
    DECIDE = "UPDATE fund_vouchers SET state = ?4, reason = ?5, decided_by = ?6, decided_day = ?7 \
              WHERE home = ?1 AND season = ?2 AND id = ?3 AND state = 'waiting'";
    WAITING = "SELECT COUNT(*) FROM fund_vouchers WHERE home = ?1 AND season = ?2 AND project = ?3 \
               AND state = 'waiting'";
    WAITING_OF_SEASON = "SELECT project, CAST(COUNT(*) AS BIGINT), CAST(SUM(amount) AS BIGINT) FROM fund_vouchers \
                         WHERE home = ?1 AND season = ?2 AND state = 'waiting' GROUP BY project ORDER BY project \
                         LIMIT 200";
    SPENT_BY_MONTH = "SELECT substr(day, 1, 7) AS month, CAST(SUM(amount) AS BIGINT) FROM fund_vouchers \
                      WHERE home = ?1 AND season = ?2 AND project = ?3 AND state = 'approved' \
                      GROUP BY month ORDER BY month LIMIT 60";
    INSERT_MARK = "INSERT INTO fund_marks (home, mark, season, voucher) VALUES (?1, ?2, ?3, ?4)";
    MARKED = "SELECT v.project, v.number FROM fund_marks k JOIN fund_vouchers v ON v.home = k.home \
              AND v.id = k.voucher WHERE k.home = ?1 AND k.mark = ?2";
    FREE_MARKS = "DELETE FROM fund_marks WHERE home = ?1 AND season = ?2 AND voucher = ?3";
}

impl FromRow for Voucher {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, state): (String, String) = (row.get(5)?, row.get(15)?);
        Ok(Voucher {
            id: row.get(0)?,
            season: row.get(1)?,
            project: row.get(2)?,
            number: row.get(3)?,
            line: row.get(4)?,
            kind: kind.parse().map_err(|()| DbError::Data(format!("voucher {kind}")))?,
            paper: row.get(6)?,
            day: row.get(7)?,
            amount: row.get(8)?,
            count: row.get(9)?,
            payee: row.get(10)?,
            payee_is_person: row.get(11)?,
            purpose: row.get(12)?,
            handler: row.get(13)?,
            witness: row.get(14)?,
            state: state.parse().map_err(|()| DbError::Data(format!("voucher {state}")))?,
            reason: row.get(16)?,
            handed_by: row.get(17)?,
            handed: row.get(18)?,
            decided_by: row.get(19)?,
            decided: row.get(20)?,
        })
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Voucher, once: &str) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        &new.season,
        new.project,
        new.number,
        new.line,
        new.kind.as_str(),
        &new.paper,
        &new.day,
        new.amount,
        new.count,
        &new.payee,
        new.payee_is_person,
        &new.purpose,
        &new.handler,
        &new.witness,
        new.handed_by.as_ref(),
        &new.handed,
        once,
    ];
    tx.execute(&INSERT_VOUCHER, params).map(|_| ())
}

pub(super) fn voucher(s: &mut Snapshot<'_>, season: &SeasonId, id: &VoucherId) -> Result<Option<Voucher>, DbError> {
    s.optional(&VOUCHER, params![season.home(), season, id])
}

pub(super) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Voucher>, DbError> {
    s.optional(&VOUCHER_ONCE, params![season.home(), season, once])
}

pub(super) fn vouchers(
    s: &mut Snapshot<'_>,
    (season, project): (&SeasonId, u32),
    all: bool,
    (before, limit): (u32, i64),
) -> Result<Vec<Voucher>, DbError> {
    s.all(&VOUCHERS, params![season.home(), season, project, before, all, limit])
}

/// False when it is decided already.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    voucher: &Voucher,
    (to, reason): (State, &str),
) -> Result<bool, DbError> {
    let (by, day) = (cx.actor.person(), &cx.day);
    let params = params![permit.home(), &voucher.season, &voucher.id, to.as_str(), reason, by, day];
    Ok(tx.execute(&DECIDE, params)? == 1)
}

pub(crate) fn waiting(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<i64, DbError> {
    Ok(s.one::<(i64,)>(&WAITING, params![season.home(), season, project])?.0)
}

pub(super) fn waiting_of_season(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, i64, Fen)>, DbError> {
    s.all(&WAITING_OF_SEASON, params![season.home(), season])
}

pub(super) fn mark(tx: &mut Tx<'_>, permit: &Permit, voucher: &Voucher, mark: &str) -> Result<(), DbError> {
    tx.execute(&INSERT_MARK, params![permit.home(), mark, &voucher.season, &voucher.id]).map(|_| ())
}

/// The project and number of the voucher that has the mark.
pub(super) fn marked(s: &mut Snapshot<'_>, permit: &Permit, mark: &str) -> Result<Option<(u32, u32)>, DbError> {
    s.optional(&MARKED, params![permit.home(), mark])
}

pub(super) fn free_marks(tx: &mut Tx<'_>, permit: &Permit, voucher: &Voucher) -> Result<(), DbError> {
    tx.execute(&FREE_MARKS, params![permit.home(), &voucher.season, &voucher.id]).map(|_| ())
}

pub(super) fn by_month(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<(String, Fen)>, DbError> {
    s.all(&SPENT_BY_MONTH, params![season.home(), season, project])
}
