//! Reading places.

use db::{DbError, Fault, Snapshot};
use kernel::{Home, Kind, PlaceId, Refusal, Site};

use crate::{Code, Line, Listed, Place, State, Version, store};

/// Places a list shows at most.
pub const LIMIT: i64 = 500;
/// Places of a page.
pub const PAGE: i64 = 50;
/// Versions, lines and former places that a page tells at most.
const MOST: i64 = 100;
/// Homes in which a list looks at most: the place's own, and 8 from which parts came.
pub const MOST_HOMES: usize = 9;

/// One place.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn show(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Place>, DbError> {
    store::by_id(s, id)
}

/// The place in force with a code.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_code(s: &mut Snapshot<'_>, code: Code) -> Result<Option<Place>, DbError> {
    store::by_code(s, code)
}

/// A place with all places above it, for the question who may do something there: one statement.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn site(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Option<Site>, DbError> {
    store::site(s, id)
}

/// Where a list of a place looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The place's own home first, then those from which parts came into it by a move; one, almost always, and
    /// [`MOST_HOMES`] at most. Above subdistricts it is the own one alone.
    pub homes: Vec<Home>,
    /// Whether records of a move, anywhere, still have the path that their place had before. For the seconds until they
    /// have followed, a list that goes by their paths goes by those of the places instead.
    pub is_moving: bool,
}

/// Where a list of a place looks: one statement. `path` is the place's.
///
/// # Errors
/// [`DbError`] of the statement, or of a path that is none.
pub fn around(s: &mut Snapshot<'_>, home: Home, path: &str) -> Result<Around, DbError> {
    let last = path.rsplit('/').next().unwrap_or_default();
    let place: PlaceId = last.parse().map_err(|e| DbError::Data(format!("path {path}: {e}")))?;
    let mut homes = vec![home];
    let (guests, is_moving) = store::guests(s, (&place, path), home)?;
    homes.extend(guests);
    Ok(Around { homes, is_moving })
}

/// The homes of [`around`], for lists of what follows a place in the move itself, or goes by the tree.
///
/// # Errors
/// As [`around`].
pub fn homes(s: &mut Snapshot<'_>, home: Home, path: &str) -> Result<Vec<Home>, DbError> {
    Ok(around(s, home, path)?.homes)
}

/// [`Around::is_moving`], where no list is meant.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn is_moving(s: &mut Snapshot<'_>) -> Result<bool, DbError> {
    store::is_moving(s)
}

/// The places in force directly below `parent`, or the roots; by code, then by name; at most [`LIMIT`].
///
/// # Errors
/// [`DbError`] of the statement.
pub fn list(s: &mut Snapshot<'_>, parent: Option<&PlaceId>) -> Result<Vec<Place>, DbError> {
    let found = store::children(s, parent, State::Open, None, LIMIT)?;
    Ok(found.into_iter().map(|listed| listed.place).collect())
}

/// A page of the places in force directly below `parent`, or of the roots, after the sibling `after`: by code, then by
/// name; at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn page(
    s: &mut Snapshot<'_>,
    parent: Option<&PlaceId>,
    after: Option<&PlaceId>,
    limit: i64,
) -> Result<Vec<Listed>, DbError> {
    store::children(s, parent, State::Open, after, limit)
}

/// The place and those above it, the root first.
///
/// # Errors
/// Refusal `place-not-found`; database faults.
pub fn way_down(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<Vec<Place>, Fault> {
    let way = store::way_down(s, id)?;
    if way.is_empty() { Err(Refusal::new(Kind::NotFound, "place-not-found").into()) } else { Ok(way) }
}

/// What a place was, what it came from, and what became of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// Its versions, the present one first.
    pub versions: Vec<Version>,
    /// The places it came from, with their names.
    pub from: Vec<(Line, String)>,
    /// The places that came from it, with their names.
    pub to: Vec<(Line, String)>,
    /// Places that lay directly below it until they ended.
    pub former: Vec<Listed>,
}

/// The history of a place: four statements, at most 100 rows of each kind.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn history(s: &mut Snapshot<'_>, id: &PlaceId) -> Result<History, DbError> {
    let named = |lines: Vec<store::NamedLine>| lines.into_iter().map(|l| (l.0, l.1)).collect();
    Ok(History {
        versions: store::versions(s, id, MOST)?,
        from: named(store::predecessors(s, id, MOST)?),
        to: named(store::successors(s, id, MOST)?),
        former: store::children(s, Some(id), State::Closed, None, MOST)?,
    })
}
