//! All SQL of consents.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, PersonId};
use rights::Permit;

use super::{Consent, ConsentId, How, Purpose};

/// Columns of a consent in the order of its fields.
macro_rules! columns {
    () => {
        "id, giver, taker, purpose, version, how, source, given_day, ended_day"
    };
}

db::statements! {
    STATEMENTS:
    GIVE = "INSERT INTO consents (home, id, giver, taker, purpose, version, how, source, entered_by, given_at, \
            given_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) \
            ON CONFLICT (giver, taker, purpose, version) WHERE ended_at IS NULL DO NOTHING";
    /// Holds a consent in force, so that it is not ended meanwhile.
    HOLD = "SELECT version FROM consents WHERE giver = ?1 AND taker = ?2 AND purpose = ?3 AND version = ?4 \
            AND ended_at IS NULL {share}";
    END = "UPDATE consents SET ended_at = ?3, ended_day = ?4, ended_by = ?5 \
           WHERE home = ?1 AND id = ?2 AND ended_at IS NULL";
    BY_ID = concat!("SELECT ", columns!(), " FROM consents WHERE home = ?1 AND id = ?2");
    OF_GIVER = concat!("SELECT ", columns!(), " FROM consents WHERE giver = ?1 AND ended_at IS NULL \
                ORDER BY id DESC LIMIT ?2");
    OF_TAKER = concat!("SELECT ", columns!(), " FROM consents WHERE taker = ?1 AND ended_at IS NULL \
                ORDER BY id DESC LIMIT ?2");
    ALL_OF = concat!("SELECT ", columns!(), " FROM consents WHERE home = ?1 AND giver = ?2 ORDER BY id DESC LIMIT ?3");
    IN_FORCE = "SELECT id FROM consents WHERE giver = ?1 AND taker = '' AND purpose = ?2 AND version = ?3 \
                AND ended_at IS NULL";
}

/// Consents a list shows.
pub(crate) const MOST: i64 = 50;

impl FromRow for Consent {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (taker, purpose, source): (String, String, String) = (row.get(2)?, row.get(3)?, row.get(6)?);
        let taker = match taker.as_str() {
            "" => None,
            text => Some(text.parse().map_err(|e| DbError::Data(format!("taker {text}: {e}")))?),
        };
        Ok(Consent {
            id: row.get(0)?,
            giver: row.get(1)?,
            taker,
            purpose: purpose.parse().map_err(|()| DbError::Data(format!("purpose {purpose}")))?,
            version: row.get(4)?,
            how: row.get(5)?,
            source: source.parse().map_err(|()| DbError::Data(format!("source {source}")))?,
            given_day: row.get(7)?,
            ended_day: row.get(8)?,
        })
    }
}

/// A consent to be kept.
pub(super) struct New<'a> {
    pub id: &'a ConsentId,
    pub giver: &'a PersonId,
    pub taker: Option<&'a PersonId>,
    pub purpose: Purpose,
    pub how: How,
}

/// False when it is in force already.
pub(super) fn give(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, new: &New<'_>) -> Result<bool, DbError> {
    let by = cx.actor.person().filter(|by| *by != new.giver);
    let params = params![
        permit.home(),
        new.id,
        new.giver,
        new.taker.map_or("", PersonId::as_str),
        new.purpose.as_str(),
        new.purpose.version(),
        new.how.as_str(),
        cx.source().as_str(),
        by,
        cx.now,
        &cx.day,
    ];
    Ok(tx.execute(&GIVE, params)? == 1)
}

/// Whether the consent in the present version is in force; it stays so until the transaction ends.
pub(crate) fn hold(tx: &mut Tx<'_>, giver: &PersonId, taker: &PersonId, purpose: Purpose) -> Result<bool, DbError> {
    let row: Option<(u32,)> = tx.optional(&HOLD, params![giver, taker, purpose.as_str(), purpose.version()])?;
    Ok(row.is_some())
}

/// False when it had ended.
pub(super) fn end(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, id: &ConsentId) -> Result<bool, DbError> {
    Ok(tx.execute(&END, params![permit.home(), id, cx.now, &cx.day, cx.actor.person()])? == 1)
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &ConsentId) -> Result<Option<Consent>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

pub(crate) fn of_giver(s: &mut Snapshot<'_>, giver: &PersonId) -> Result<Vec<Consent>, DbError> {
    s.all(&OF_GIVER, params![giver, MOST])
}

pub(super) fn of_taker(s: &mut Snapshot<'_>, taker: &PersonId) -> Result<Vec<Consent>, DbError> {
    s.all(&OF_TAKER, params![taker, MOST])
}

pub(super) fn all_of(s: &mut Snapshot<'_>, giver: &PersonId) -> Result<Vec<Consent>, DbError> {
    s.all(&ALL_OF, params![giver.home(), giver, 500_i64])
}

pub(super) fn in_force(s: &mut Snapshot<'_>, giver: &PersonId, purpose: Purpose) -> Result<bool, DbError> {
    let row: Option<(ConsentId,)> = s.optional(&IN_FORCE, params![giver, purpose.as_str(), purpose.version()])?;
    Ok(row.is_some())
}
