//! All SQL of halls.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Home;
use rights::Permit;

use super::{Hall, HallId, HallKind};

macro_rules! columns {
    () => {
        "h.id, h.place, h.name, h.kind, h.about, h.elected, h.recommended, h.drawn, h.from_day, h.until_day, \
         h.revision, h.made_by, h.made_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO halls (home, id, place, name, kind, about, elected, recommended, drawn, from_day, until_day, \
              revision, made_by, made_day, once) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12, ?13, ?14)";
    ONCE = concat!("SELECT ", columns!(), " FROM halls h WHERE h.home = ?1 AND h.once = ?2");
    HALL = concat!("SELECT ", columns!(), " FROM halls h WHERE h.home = ?1 AND h.id = ?2");
    /// Whoever changes a hall, its seats or its lots waits here for whoever does at the same moment.
    HOLD = "UPDATE halls SET revision = revision WHERE home = ?1 AND id = ?2";
    WRITE = "UPDATE halls SET revision = revision + 1, name = ?4, kind = ?5, about = ?6, elected = ?7, recommended = ?8, \
             drawn = ?9, from_day = ?10, until_day = ?11 WHERE home = ?1 AND id = ?2 AND revision = ?3";
    LIST = concat!("SELECT ", columns!(), " FROM halls h JOIN places w ON w.id = h.place WHERE w.path >= ?1 \
           AND w.path < ?2 AND h.id < ?3 ORDER BY h.id DESC LIMIT ?4");
}

impl FromRow for Hall {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let kind: String = row.get(3)?;
        let kind: HallKind = kind.parse().map_err(|()| DbError::Data(format!("halls: {kind}")))?;
        Ok(Hall {
            id: row.get(0)?,
            place: row.get(1)?,
            name: row.get(2)?,
            kind,
            about: row.get(4)?,
            elected: row.get(5)?,
            recommended: row.get(6)?,
            drawn: row.get(7)?,
            from: row.get(8)?,
            until: row.get(9)?,
            revision: row.get(10)?,
            made_by: row.get(11)?,
            made_day: row.get(12)?,
        })
    }
}

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &Hall, once: &str) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        &new.place,
        &new.name,
        new.kind.as_str(),
        &new.about,
        new.elected,
        new.recommended,
        new.drawn,
        &new.from,
        &new.until,
        new.made_by.as_ref(),
        &new.made_day,
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Hall>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(super) fn hall(s: &mut Snapshot<'_>, id: &HallId) -> Result<Option<Hall>, DbError> {
    s.optional(&HALL, params![id.home(), id])
}

/// Waits for others who change it, then reads; none where there is no such hall.
pub(super) fn held(tx: &mut Tx<'_>, id: &HallId) -> Result<Option<Hall>, DbError> {
    tx.execute(&HOLD, params![id.home(), id])?;
    hall(tx, id)
}

/// Writes what may change, from the revision in which it was read; false where it moved meanwhile.
pub(super) fn write(tx: &mut Tx<'_>, permit: &Permit, new: &Hall) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &new.id,
        new.revision,
        &new.name,
        new.kind.as_str(),
        &new.about,
        new.elected,
        new.recommended,
        new.drawn,
        &new.from,
        &new.until,
    ];
    Ok(tx.execute(&WRITE, params)? == 1)
}

pub(super) fn list(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    before: Option<&HallId>,
    limit: i64,
) -> Result<Vec<Hall>, DbError> {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    let (first, end) =
        path.map_or_else(|| (String::new(), "~".to_owned()), |path| (path.to_owned(), format!("{path}0")));
    s.all(&LIST, params![&first, &end, before.map_or("~", HallId::as_str), limit])
}
