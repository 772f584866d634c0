//! All SQL of places.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, Instant, Permit};

use crate::{Place, PlaceId};

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO places (id, home, parent, level, name, added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    BY_ID = "SELECT id, home, parent, level, name FROM places WHERE id = ?1";
    CHILDREN = "SELECT id, home, parent, level, name FROM places WHERE parent = ?1 ORDER BY name LIMIT ?2";
    ROOTS = "SELECT id, home, parent, level, name FROM places WHERE parent IS NULL ORDER BY home, id LIMIT ?1";
    LAST_HOME = "SELECT COALESCE(MAX(home), 0) FROM places";
}

impl FromRow for Place {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let level: String = row.get(3)?;
        let level = level.parse().map_err(|()| DbError::Data(format!("level {level}")))?;
        Ok(Place { id: row.get(0)?, home: row.get(1)?, parent: row.get(2)?, level, name: row.get(4)? })
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, _: &Permit, place: &Place, now: Instant) -> Result<(), DbError> {
    let level = place.level.as_str();
    tx.execute(&INSERT, params![&place.id, place.home, place.parent.as_ref(), level, &place.name, now]).map(|_| ())
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    s.optional(&BY_ID, params![id])
}

pub(crate) fn children(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<Place>, DbError> {
    s.all(&CHILDREN, params![id, limit])
}

pub(crate) fn roots(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<Place>, DbError> {
    s.all(&ROOTS, params![limit])
}

/// The home a new root gets. Two roots made at the same moment may share one, which is harmless: a home is a shard.
pub(crate) fn next_home(s: &mut Snapshot<'_>) -> Result<Home, DbError> {
    let (last,) = s.one::<(i64,)>(&LAST_HOME, &[])?;
    Home::from_i64(last + 1).ok_or_else(|| DbError::Data("no home is left".into()))
}
