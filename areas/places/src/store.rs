//! All SQL of places.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, Instant, PlaceId, Site};
use rights::Permit;

use crate::{Place, code, model::site_of};

/// Columns of a place in the order of its fields.
macro_rules! columns {
    () => {
        "p.id, p.home, p.parent, p.level, p.name, p.shown, p.code, p.path, p.state, p.version, p.valid_from, \
         p.valid_until"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO places (id, home, parent, level, name, shown, code, path, sort, state, version, valid_from, \
              added_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";
    BY_ID = concat!("SELECT ", columns!(), " FROM places p WHERE p.id = ?1");
    /// Holds the place's row, so that it is not moved or closed meanwhile.
    HOLD = concat!("SELECT ", columns!(), " FROM places p WHERE p.id = ?1 {share}");
    SITE = "SELECT home, path FROM places WHERE id = ?1";
    CHILDREN = concat!("SELECT ", columns!(), " FROM places p WHERE p.parent = ?1 AND p.state = 'open' \
                ORDER BY p.sort, p.id LIMIT ?2");
    ROOTS = concat!("SELECT ", columns!(), " FROM places p WHERE p.parent IS NULL AND p.state = 'open' \
             ORDER BY p.sort, p.id LIMIT ?1");
    LAST_HOME = "SELECT COALESCE(MAX(home), 0) FROM places";
}

impl FromRow for Place {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let word = |i: usize| row.get::<String>(i);
        let (level, state) = (word(3)?, word(8)?);
        Ok(Place {
            id: row.get(0)?,
            home: row.get(1)?,
            parent: row.get(2)?,
            level: level.parse().map_err(|()| DbError::Data(format!("level {level}")))?,
            name: row.get(4)?,
            shown: row.get(5)?,
            code: crate::code::cell(row, 6)?,
            path: row.get(7)?,
            state: state.parse().map_err(|()| DbError::Data(format!("state {state}")))?,
            version: row.get(9)?,
            valid_from: row.get(10)?,
            valid_until: row.get(11)?,
        })
    }
}

pub(crate) fn insert(tx: &mut Tx<'_>, _: &Permit, place: &Place, now: Instant) -> Result<(), DbError> {
    let text = place.code.map(|c| c.to_string());
    let sort = text.clone().unwrap_or_else(|| format!("~{}", place.name));
    let params = params![
        &place.id,
        place.home,
        place.parent.as_ref(),
        place.level.as_str(),
        &place.name,
        &place.shown,
        code::param(text.as_ref()),
        &place.path,
        &sort,
        place.state.as_str(),
        place.version,
        place.valid_from.as_ref(),
        now,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    s.optional(&BY_ID, params![id])
}

pub(crate) fn hold(tx: &mut Tx<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    tx.optional(&HOLD, params![id])
}

pub(crate) fn site(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Site>, DbError> {
    let found: Option<(Home, String)> = s.optional(&SITE, params![id])?;
    found.map(|(home, path)| site_of(home, &path)).transpose()
}

pub(crate) fn children(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<Place>, DbError> {
    s.all(&CHILDREN, params![id, limit])
}

pub(crate) fn roots(s: &mut Snapshot<'_>, limit: i64) -> Result<Vec<Place>, DbError> {
    s.all(&ROOTS, params![limit])
}

/// The home a new root or subdistrict gets. Two made at the same moment may share one, which is harmless: a home is a
/// shard.
pub(crate) fn next_home(s: &mut Snapshot<'_>) -> Result<Home, DbError> {
    let (last,) = s.one::<(i64,)>(&LAST_HOME, &[])?;
    Home::from_i64(last + 1).ok_or_else(|| DbError::Data("no home is left".into()))
}
