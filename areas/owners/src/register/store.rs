//! All SQL of registers.

use consent::{Area, Unit};
use db::{DbError, FromRow, Param, Snapshot, Tx, Wide, params};
use kernel::{Home, PlaceId};
use rights::Permit;

use super::{Register, RegisterId, Row, status_of, status_word};

macro_rules! columns {
    () => {
        "r.id, r.place, r.version, r.units, r.owners, r.area, r.digest, r.made_by, r.made_day"
    };
}

macro_rules! row_columns {
    () => {
        "u.number, u.unit, u.building, u.floor, u.owner, u.area, u.status, u.head"
    };
}

/// A row: what all have in common is `?1` and `?2`, its own are eight.
macro_rules! row {
    ($($own:literal),+) => {
        concat!("(?1, ?2", $(", ", $own),+, ")")
    };
}

macro_rules! insert {
    ($($rows:tt)*) => {
        concat!("INSERT INTO owner_units (home, register, number, unit, building, floor, owner, area, status, head) VALUES ",
                $($rows)*, " ON CONFLICT (home, register, number) DO NOTHING")
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO owner_registers (home, id, place, version, units, owners, area, digest, whole, made_by, \
              made_day) VALUES (?1, ?2, ?3, NULL, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    REGISTER = concat!("SELECT ", columns!(), " FROM owner_registers r WHERE r.home = ?1 AND r.id = ?2");
    LATEST = concat!("SELECT ", columns!(), ", r.whole FROM owner_registers r WHERE r.home = ?1 AND r.place = ?2 \
             AND r.version IS NOT NULL ORDER BY r.version DESC LIMIT 1");
    VERSIONS = concat!("SELECT ", columns!(), " FROM owner_registers r WHERE r.home = ?1 AND r.place = ?2 \
               AND r.version IS NOT NULL ORDER BY r.version DESC LIMIT ?3");
    BEGUN = "SELECT id FROM owner_registers WHERE home = ?1 AND place = ?2 AND whole = ?3 AND version IS NULL \
             ORDER BY id LIMIT 1";
    INSERT_ROW = insert!(row!("?3", "?4", "?5", "?6", "?7", "?8", "?9", "?10"));
    INSERT_ROWS = insert!(row!("?3", "?4", "?5", "?6", "?7", "?8", "?9", "?10"), ", ",
                  row!("?11", "?12", "?13", "?14", "?15", "?16", "?17", "?18"), ", ",
                  row!("?19", "?20", "?21", "?22", "?23", "?24", "?25", "?26"), ", ",
                  row!("?27", "?28", "?29", "?30", "?31", "?32", "?33", "?34"), ", ",
                  row!("?35", "?36", "?37", "?38", "?39", "?40", "?41", "?42"), ", ",
                  row!("?43", "?44", "?45", "?46", "?47", "?48", "?49", "?50"), ", ",
                  row!("?51", "?52", "?53", "?54", "?55", "?56", "?57", "?58"), ", ",
                  row!("?59", "?60", "?61", "?62", "?63", "?64", "?65", "?66"));
    COUNT = "SELECT COUNT(*) FROM owner_units WHERE home = ?1 AND register = ?2";
    SEAL = "UPDATE owner_registers SET version = (SELECT COALESCE(MAX(o.version), 0) + 1 FROM owner_registers o \
            WHERE o.home = ?1 AND o.place = ?3) WHERE home = ?1 AND id = ?2 AND version IS NULL";
    ROWS = concat!("SELECT ", row_columns!(), " FROM owner_units u WHERE u.home = ?1 AND u.register = ?2 \
           AND (?3 = '' OR u.building = ?3) AND u.number > ?4 ORDER BY u.number LIMIT ?5");
    ROW = concat!("SELECT ", row_columns!(), " FROM owner_units u WHERE u.home = ?1 AND u.register = ?2 AND u.number = ?3");
    BUILDINGS = "SELECT building, COUNT(*) FROM owner_units WHERE home = ?1 AND register = ?2 GROUP BY building \
                 ORDER BY building LIMIT 500";
    /// The units of owners of several, owner by owner.
    SEVERAL = concat!("SELECT ", row_columns!(), " FROM owner_units u WHERE u.home = ?1 AND u.register = ?2 \
              AND u.head <> '' AND u.status = 'sold' AND u.head IN (SELECT m.head FROM owner_units m WHERE m.home = ?1 \
              AND m.register = ?2 AND m.status = 'sold' GROUP BY m.head HAVING COUNT(*) > 1) \
              ORDER BY u.head, u.number LIMIT ?3");
}

db::record!(Register { id, place, version, units, owners, area, digest, made_by, made_day });

/// A register with the digest of its names.
struct Whole(Register, [u8; 32]);

impl FromRow for Whole {
    fn from_row(row: &db::Row<'_>) -> Result<Self, DbError> {
        Ok(Whole(Register::from_row(row)?, row.get(9)?))
    }
}

impl FromRow for Row {
    fn from_row(row: &db::Row<'_>) -> Result<Self, DbError> {
        let word: String = row.get(6)?;
        let status = status_of(&word).ok_or_else(|| DbError::Data(format!("owners: status {word}")))?;
        let (unit, building, floor, owner) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let unit = Unit { unit, building, floor, owner, area: Area(row.get(5)?), status };
        Ok(Row { number: row.get(0)?, unit, head: row.get(7)? })
    }
}

/// Whole numbers as the database keeps them; what is larger than it can keep was refused before.
fn int(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Register, whole: &[u8; 32]) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        &new.place,
        new.units,
        new.owners,
        int(new.area),
        &new.digest,
        whole,
        new.made_by.as_ref(),
        &new.made_day,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn register(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<Option<Register>, DbError> {
    s.optional(&REGISTER, params![id.home(), id])
}

pub(super) fn latest(
    s: &mut Snapshot<'_>,
    home: Home,
    place: &PlaceId,
) -> Result<Option<(Register, [u8; 32])>, DbError> {
    let found: Option<Whole> = s.optional(&LATEST, params![home, place])?;
    Ok(found.map(|Whole(register, whole)| (register, whole)))
}

pub(super) fn versions(s: &mut Snapshot<'_>, place: &PlaceId, limit: i64) -> Result<Vec<Register>, DbError> {
    s.all(&VERSIONS, params![place.home(), place, limit])
}

/// A register of the same rows that was begun and not sealed.
pub(super) fn begun(
    s: &mut Snapshot<'_>,
    permit: &Permit,
    place: &PlaceId,
    whole: &[u8; 32],
) -> Result<Option<RegisterId>, DbError> {
    Ok(s.optional::<(RegisterId,)>(&BEGUN, params![permit.home(), place, whole])?.map(|(id,)| id))
}

pub(super) fn insert_rows(tx: &mut Tx<'_>, permit: &Permit, id: &RegisterId, rows: &[Row]) -> Result<(), DbError> {
    let list: Vec<Vec<Param<'_>>> = rows.iter().map(own).collect();
    Wide { many: &INSERT_ROWS, rows: 8, one: &INSERT_ROW }
        .each((params![permit.home(), id], &list), |statement, params| tx.execute(statement, params).map(|_| ()))
}

fn own(Row { number, unit, head }: &Row) -> Vec<Param<'_>> {
    let (area, status) = (int(unit.area.0), status_word(unit.status));
    params![*number, &unit.unit, &unit.building, &unit.floor, &unit.owner, area, status, head].to_vec()
}

pub(super) fn count(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&COUNT, params![id.home(), id])?.0)
}

/// False when it is sealed already.
pub(super) fn seal(tx: &mut Tx<'_>, permit: &Permit, register: &Register) -> Result<bool, DbError> {
    Ok(tx.execute(&SEAL, params![permit.home(), &register.id, &register.place])? == 1)
}

pub(super) fn rows(
    s: &mut Snapshot<'_>,
    id: &RegisterId,
    (building, after, limit): (&str, u32, i64),
) -> Result<Vec<Row>, DbError> {
    s.all(&ROWS, params![id.home(), id, building, after, limit])
}

pub(super) fn row(s: &mut Snapshot<'_>, id: &RegisterId, number: u32) -> Result<Option<Row>, DbError> {
    s.optional(&ROW, params![id.home(), id, number])
}

pub(super) fn buildings(s: &mut Snapshot<'_>, id: &RegisterId) -> Result<Vec<(String, u64)>, DbError> {
    s.all(&BUILDINGS, params![id.home(), id])
}

pub(super) fn several(s: &mut Snapshot<'_>, id: &RegisterId, limit: i64) -> Result<Vec<Row>, DbError> {
    s.all(&SEVERAL, params![id.home(), id, limit])
}
