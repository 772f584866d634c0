//! All SQL of places.

mod follow;
mod sql;
mod write;

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, PlaceId, Site};
use rights::Permit;

use crate::{Code, Line, Listed, Place, Reason, State, Version, code, model::site_of};

pub use sql::STATEMENTS;
pub(crate) use write::{Change, Coming, adopt, alias, close, insert, insert_many, line, rebase, revise};

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
            code: code::cell(row, 6)?,
            path: row.get(7)?,
            state: state.parse().map_err(|()| DbError::Data(format!("state {state}")))?,
            version: row.get(9)?,
            valid_from: row.get(10)?,
            valid_until: row.get(11)?,
        })
    }
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let above: [Option<String>; 3] = [row.get(12)?, row.get(13)?, row.get(14)?];
        let (has_twin, parent_has_twin) = (row.get(15)?, row.get(16)?);
        let above = above.into_iter().flatten().collect();
        Ok(Listed { place: Place::from_row(row)?, above, has_twin, parent_has_twin })
    }
}

impl FromRow for Version {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Version {
            number: row.get(0)?,
            from: row.get(1)?,
            until: row.get(2)?,
            name: row.get(3)?,
            parent: row.get(4)?,
            code: code::cell(row, 5)?,
            reason: reason(row, 6)?,
        })
    }
}

/// A line with the name of the place at its other end.
pub(crate) struct NamedLine(pub Line, pub String);

impl FromRow for NamedLine {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let line = Line { predecessor: row.get(0)?, successor: row.get(1)?, day: row.get(2)?, kind: reason(row, 3)? };
        Ok(NamedLine(line, row.get(4)?))
    }
}

/// A place that was found, by which key.
pub(crate) struct Hit {
    pub listed: Listed,
    pub tier: u32,
    pub key: String,
}

impl FromRow for Hit {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Hit { listed: Listed::from_row(row)?, tier: row.get(17)?, key: row.get(18)? })
    }
}

fn reason(row: &Row<'_>, i: usize) -> Result<Reason, DbError> {
    let word: String = row.get(i)?;
    word.parse().map_err(|()| DbError::Data(format!("reason {word}")))
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    s.optional(&sql::BY_ID, params![id])
}

pub(crate) fn hold(tx: &mut Tx<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    tx.optional(&sql::HOLD, params![id])
}

pub(crate) fn site(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Site>, DbError> {
    let found: Option<(Home, String)> = s.optional(&sql::SITE, params![id])?;
    found.map(|(home, path)| site_of(home, &path)).transpose()
}

pub(crate) fn way_down(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Vec<Place>, DbError> {
    s.all(&sql::WAY_DOWN, params![id])
}

/// Places directly below one, or the roots, in the order of siblings, after the sibling `after`.
pub(crate) fn children(
    s: &mut Snapshot<'_>,
    parent: Option<&PlaceId>,
    state: State,
    after: Option<&PlaceId>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    let state = state.as_str();
    match (parent, after) {
        (Some(parent), None) => s.all(&sql::CHILDREN, params![parent, state, limit]),
        (Some(parent), Some(after)) => s.all(&sql::CHILDREN_AFTER, params![parent, state, after, limit]),
        (None, None) => s.all(&sql::ROOTS, params![state, limit]),
        (None, Some(after)) => s.all(&sql::ROOTS_AFTER, params![state, after, limit]),
    }
}

pub(crate) fn count_below(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<i64, DbError> {
    Ok(s.one::<(i64,)>(&sql::COUNT_BELOW, params![id])?.0)
}

/// The home a new root or subdistrict gets. Two made at the same moment may share one, which is harmless: a home is a
/// shard.
pub(crate) fn next_home(s: &mut Snapshot<'_>) -> Result<Home, DbError> {
    let (last,) = s.one::<(i64,)>(&sql::LAST_HOME, &[])?;
    Home::from_i64(last + 1).ok_or_else(|| DbError::Data("no home is left".into()))
}

/// Which of three names siblings with other full names are shown by.
pub(crate) fn taken(
    s: &mut Snapshot<'_>,
    parent: &PlaceId,
    but: &str,
    name: &str,
    three: &[String; 3],
) -> Result<Vec<String>, DbError> {
    let found: Vec<(String,)> = s.all(&sql::TAKEN, params![parent, but, name, &three[0], &three[1], &three[2]])?;
    Ok(found.into_iter().map(|(shown,)| shown).collect())
}

pub(crate) fn aliases(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<String>, DbError> {
    let found: Vec<(String,)> = s.all(&sql::ALIASES, params![id, limit])?;
    Ok(found.into_iter().map(|(alias,)| alias).collect())
}

pub(crate) fn versions(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<Version>, DbError> {
    s.all(&sql::VERSIONS, params![id, limit])
}

pub(crate) fn successors(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<NamedLine>, DbError> {
    s.all(&sql::SUCCESSORS, params![id, limit])
}

pub(crate) fn predecessors(s: &mut Snapshot<'_>, id: &PlaceId, limit: i64) -> Result<Vec<NamedLine>, DbError> {
    s.all(&sql::PREDECESSORS, params![id, limit])
}

/// After every text that begins with a key: no stored text has this character.
const LAST: char = '\u{10FFFF}';

/// Candidates whose key begins with `prefix`, in the whole tree.
pub(crate) fn find(s: &mut Snapshot<'_>, tier: u32, prefix: &str, limit: i64) -> Result<Vec<Hit>, DbError> {
    let end = format!("{prefix}{LAST}");
    s.all(&sql::FIND, params![tier, prefix, &end, limit])
}

/// Candidates whose key begins with `prefix`, among the places of one home.
pub(crate) fn find_near(s: &mut Snapshot<'_>, home: Home, prefix: &str, limit: i64) -> Result<Vec<Hit>, DbError> {
    let end = format!("{prefix}{LAST}");
    s.all(&sql::FIND_NEAR, params![home, prefix, &end, limit])
}

pub(crate) fn by_code(s: &mut Snapshot<'_>, code: Code) -> Result<Option<Place>, DbError> {
    s.optional(&sql::BY_CODE, params![&code.to_string()])
}

/// Places whose code begins with `prefix`.
pub(crate) fn by_codes(s: &mut Snapshot<'_>, prefix: &str, limit: i64) -> Result<Vec<Hit>, DbError> {
    let end = format!("{prefix}{LAST}");
    s.all(&sql::BY_CODES, params![prefix, &end, limit])
}

/// Places in force that have codes, after the code `after`.
pub(crate) fn coded(s: &mut Snapshot<'_>, after: &str, limit: i64) -> Result<Vec<Place>, DbError> {
    s.all(&sql::CODED, params![after, limit])
}

/// A row of the tree: id, home, level, name, path.
pub(crate) type Node = (PlaceId, Home, String, String, String);

/// Rows in the order of their paths, so that each stands after the one it lies in.
pub(crate) fn in_path_order(s: &mut Snapshot<'_>, after: &str, limit: i64) -> Result<Vec<Node>, DbError> {
    s.all(&sql::IN_PATH_ORDER, params![after, limit])
}

/// Homes of the places within a path.
pub(crate) fn homes_within(s: &mut Snapshot<'_>, path: &str) -> Result<Vec<Home>, DbError> {
    homes(s.all(&sql::HOMES_WITHIN, params![path, &format!("{path}0")])?)
}

/// Homes other than its own of what lies in a subdistrict or a part of one, at most 8; and whether records of a move are
/// still on their way.
pub(crate) fn guests(
    s: &mut Snapshot<'_>,
    (place, path): (&PlaceId, &str),
    home: Home,
) -> Result<(Vec<Home>, bool), DbError> {
    let mut rows: Vec<(i64,)> = s.all(&sql::GUESTS, params![home, path, &format!("{path}0"), place])?;
    let n = rows.len();
    rows.retain(|(home,)| *home >= 0);
    let is_moving = rows.len() < n;
    Ok((homes(rows)?, is_moving))
}

pub(crate) fn is_moving(s: &mut Snapshot<'_>) -> Result<bool, DbError> {
    Ok(s.optional::<(String,)>(&sql::IS_MOVING, &[])?.is_some())
}

/// Notes that records of the move that ended this version are on their way.
pub(crate) fn begin_move(tx: &mut Tx<'_>, _: &Permit, (place, version): (&PlaceId, u32)) -> Result<(), DbError> {
    tx.execute(&sql::INSERT_MOVE, params![place, version]).map(|_| ())
}

/// They have come.
pub(crate) fn end_move(tx: &mut Tx<'_>, _: &Permit, (place, version): (&PlaceId, u32)) -> Result<(), DbError> {
    tx.execute(&sql::DELETE_MOVE, params![place, version]).map(|_| ())
}

fn homes(rows: Vec<(i64,)>) -> Result<Vec<Home>, DbError> {
    let home = |(n,): (i64,)| u32::try_from(n).map(Home).map_err(|_| DbError::Data(format!("home {n}")));
    rows.into_iter().map(home).collect()
}
