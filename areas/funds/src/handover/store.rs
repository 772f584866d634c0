//! All SQL of handovers.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Home, PersonId};
use matters::duty::DutyId;
use rights::Permit;

use super::{Handover, HandoverId, Item, Signature};

macro_rules! columns {
    () => {
        "k.id, k.place, k.old_firm, k.new_firm, k.residents, k.due_day, k.state, k.duty, k.made_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT_HANDOVER = "INSERT INTO handovers (home, id, place, old_firm, new_firm, residents, due_day, state, duty, \
                       made_by, made_day, once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?9, ?10, ?11)";
    HANDOVER_ONCE = concat!("SELECT ", columns!(), " FROM handovers k WHERE k.home = ?1 AND k.once = ?2");
    HANDOVER = concat!("SELECT ", columns!(), " FROM handovers k WHERE k.home = ?1 AND k.id = ?2");
    /// Whoever changes a handover waits here for whoever does at the same moment.
    HOLD_HANDOVER = "UPDATE handovers SET state = state WHERE home = ?1 AND id = ?2";
    HANDOVERS = concat!("SELECT ", columns!(), " FROM handovers k JOIN places w ON w.id = k.place \
                WHERE w.path >= ?1 AND w.path < ?2 AND k.id < ?3 ORDER BY k.id DESC LIMIT ?4");
    CLOSE_HANDOVER = "UPDATE handovers SET state = 'signed' WHERE home = ?1 AND id = ?2 AND state = 'open'";
    INSERT_ITEM = "INSERT INTO handover_items (home, handover, number, item, state, note) \
                   VALUES (?1, ?2, ?3, ?4, 'open', '')";
    ITEMS = "SELECT number, item, state, note, duty, marked_day FROM handover_items WHERE home = ?1 AND handover = ?2 \
             ORDER BY number LIMIT 200";
    MARK_ITEM = "UPDATE handover_items SET state = ?4, note = ?5, duty = ?6, marked_by = ?7, marked_day = ?8 \
                 WHERE home = ?1 AND handover = ?2 AND number = ?3";
    INSERT_SIGN = "INSERT INTO handover_signs (home, handover, side, person, day) VALUES (?1, ?2, ?3, ?4, ?5)";
    SIGNS = "SELECT side, person, day FROM handover_signs WHERE home = ?1 AND handover = ?2 ORDER BY side LIMIT 3";
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| DbError::Data(format!("handover: {word}")))
}

impl FromRow for Handover {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(6)?;
        Ok(Handover {
            id: row.get(0)?,
            place: row.get(1)?,
            old_firm: row.get(2)?,
            new_firm: row.get(3)?,
            residents: row.get(4)?,
            due: row.get(5)?,
            is_signed: state == "signed",
            duty: row.get(7)?,
            made_day: row.get(8)?,
        })
    }
}

impl FromRow for Item {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (number, item, state) = (row.get(0)?, row.get(1)?, word(row, 2)?);
        Ok(Item { number, item, state, note: row.get(3)?, duty: row.get(4)?, day: row.get(5)? })
    }
}

impl FromRow for Signature {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Signature { side: word(row, 0)?, person: row.get(1)?, day: row.get(2)? })
    }
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (new, once): (&Handover, &str),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        &new.place,
        &new.old_firm,
        &new.new_firm,
        &new.residents,
        &new.due,
        &new.duty,
        cx.actor.person(),
        &new.made_day,
        once,
    ];
    tx.execute(&INSERT_HANDOVER, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Handover>, DbError> {
    s.optional(&HANDOVER_ONCE, params![home, once])
}

pub(super) fn handover(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Option<Handover>, DbError> {
    s.optional(&HANDOVER, params![id.home(), id])
}

/// Waits for others who change it, then reads; none where there is no such handover.
pub(super) fn held(tx: &mut Tx<'_>, id: &HandoverId) -> Result<Option<Handover>, DbError> {
    tx.execute(&HOLD_HANDOVER, params![id.home(), id])?;
    handover(tx, id)
}

pub(super) fn handovers(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (before, limit): (Option<&HandoverId>, i64),
) -> Result<Vec<Handover>, DbError> {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    let (first, end) = path.map_or_else(|| (String::new(), "~".to_owned()), |p| (p.to_owned(), format!("{p}0")));
    s.all(&HANDOVERS, params![&first, &end, before.map_or("~", HandoverId::as_str), limit])
}

/// False when it is signed already.
pub(super) fn close(tx: &mut Tx<'_>, permit: &Permit, id: &HandoverId) -> Result<bool, DbError> {
    Ok(tx.execute(&CLOSE_HANDOVER, params![permit.home(), id])? == 1)
}

pub(super) fn insert_item(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &HandoverId,
    (number, key): (u32, &str),
) -> Result<(), DbError> {
    tx.execute(&INSERT_ITEM, params![permit.home(), id, number, key]).map(|_| ())
}

pub(super) fn items(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Vec<Item>, DbError> {
    s.all(&ITEMS, params![id.home(), id])
}

pub(super) fn mark(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (id, item, duty): (&HandoverId, &Item, Option<&DutyId>),
) -> Result<(), DbError> {
    let (state, by) = (item.state.as_str(), cx.actor.person());
    let params = params![permit.home(), id, item.number, state, &item.note, duty, by, &cx.day];
    tx.execute(&MARK_ITEM, params).map(|_| ())
}

pub(super) fn sign(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (id, side, person): (&HandoverId, &str, &PersonId),
) -> Result<(), DbError> {
    tx.execute(&INSERT_SIGN, params![permit.home(), id, side, person, &cx.day]).map(|_| ())
}

pub(super) fn signs(s: &mut Snapshot<'_>, id: &HandoverId) -> Result<Vec<Signature>, DbError> {
    s.all(&SIGNS, params![id.home(), id])
}
