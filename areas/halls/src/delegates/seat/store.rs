//! All SQL of delegates.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId};
use rights::Permit;

use super::{Delegate, DelegateId};
use crate::delegates::hall::{HallId, Way};

macro_rules! columns {
    () => {
        "d.id, d.hall, d.seat, d.way, d.person, d.name, d.shows, d.source, d.evidence, d.lot, d.number, d.from_day, \
         d.ended_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO hall_delegates (home, hall, id, seat, way, person, name, shows, source, evidence, lot, number, \
              from_day, ended_day, reason, entered_by) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, NULL, '', ?14)";
    /// Who sits, by seats; of a hall 100 at most.
    SITTING = concat!("SELECT ", columns!(), " FROM hall_delegates d WHERE d.home = ?1 AND d.hall = ?2 \
              AND d.ended_day IS NULL ORDER BY d.seat LIMIT 100");
    /// Who left, the last first.
    LEFT = concat!("SELECT ", columns!(), " FROM hall_delegates d WHERE d.home = ?1 AND d.hall = ?2 \
           AND d.ended_day IS NOT NULL ORDER BY d.ended_day DESC, d.id DESC LIMIT 50");
    DELEGATE = concat!("SELECT ", columns!(), " FROM hall_delegates d WHERE d.home = ?1 AND d.hall = ?2 AND d.id = ?3");
    ANY = "SELECT COUNT(*) FROM hall_delegates WHERE home = ?1 AND hall = ?2 AND ended_day IS NULL";
    END = "UPDATE hall_delegates SET ended_day = ?4, reason = ?5 WHERE home = ?1 AND hall = ?2 AND id = ?3 \
           AND ended_day IS NULL";
}

impl FromRow for Delegate {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let way: String = row.get(3)?;
        let way: Way = way.parse().map_err(|()| DbError::Data(format!("hall_delegates: {way}")))?;
        Ok(Delegate {
            id: row.get(0)?,
            hall: row.get(1)?,
            seat: row.get(2)?,
            way,
            person: row.get(4)?,
            name: row.get(5)?,
            shows: row.get(6)?,
            source: row.get(7)?,
            evidence: row.get(8)?,
            lot: row.get(9)?,
            number: row.get(10)?,
            from: row.get(11)?,
            ended: row.get(12)?,
        })
    }
}

/// Puts somebody on a seat; [`DbError::Unique`] where somebody sits there.
pub(crate) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    new: &Delegate,
    entered_by: Option<&PersonId>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.hall,
        &new.id,
        new.seat,
        new.way.as_str(),
        new.person.as_ref(),
        &new.name,
        new.shows,
        &new.source,
        &new.evidence,
        new.lot.as_ref(),
        new.number,
        &new.from,
        entered_by,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

/// Who sits in a hall, by seats.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sitting(s: &mut Snapshot<'_>, hall: &HallId) -> Result<Vec<Delegate>, DbError> {
    s.all(&SITTING, params![hall.home(), hall])
}

/// Who left a hall, the last first, 50 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn left(s: &mut Snapshot<'_>, hall: &HallId) -> Result<Vec<Delegate>, DbError> {
    s.all(&LEFT, params![hall.home(), hall])
}

pub(crate) fn delegate(s: &mut Snapshot<'_>, hall: &HallId, id: &DelegateId) -> Result<Option<Delegate>, DbError> {
    s.optional(&DELEGATE, params![hall.home(), hall, id])
}

/// Whether anybody sits in a hall.
pub(crate) fn any(s: &mut Snapshot<'_>, hall: &HallId) -> Result<bool, DbError> {
    let (n,): (u64,) = s.one(&ANY, params![hall.home(), hall])?;
    Ok(n > 0)
}

/// Ends their time; false where it has ended.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (hall, id): (&HallId, &DelegateId),
    (day, reason): (&Day, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&END, params![permit.home(), hall, id, day, reason])? == 1)
}
