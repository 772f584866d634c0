//! Writing: every function asks for a permit.

use db::{DbError, Param, Statement, Tx, Wide, params};
use kernel::{Day, Instant, PlaceId};
use rights::Permit;

use super::{aliases, sql};
use crate::{
    Code, Place, Reason, code,
    names::{self, Key},
};

/// Aliases of a place that are searched.
const MOST_ALIASES: i64 = 50;

/// Keys of places.
const KEYS: Wide = Wide { many: &sql::INSERT_KEY_16, rows: 16, one: &sql::INSERT_KEY };

/// A place on its way into the tree, with what made it.
pub(crate) struct Coming {
    pub place: Place,
    pub reason: Reason,
}

/// Texts that parameters borrow.
struct Texts {
    code: Option<String>,
    sort: String,
    keys: Vec<Key>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, coming: &Coming, now: Instant) -> Result<(), DbError> {
    insert_many(tx, permit, std::slice::from_ref(coming), now)
}

/// Places with their first versions and their keys, in few statements.
pub(crate) fn insert_many(tx: &mut Tx<'_>, _: &Permit, list: &[Coming], now: Instant) -> Result<(), DbError> {
    let texts: Vec<Texts> = list.iter().map(|coming| texts(&coming.place)).collect();
    let pairs = || list.iter().zip(&texts);
    let rows: Vec<Vec<Param<'_>>> = pairs().map(|(coming, texts)| row(&coming.place, texts, now)).collect();
    wide(tx, Wide { many: &sql::INSERT_8, rows: 8, one: &sql::INSERT }, &rows)?;
    let versions: Vec<Vec<Param<'_>>> = pairs().map(|(coming, texts)| first_version(coming, texts)).collect();
    wide(tx, Wide { many: &sql::INSERT_VERSION_8, rows: 8, one: &sql::INSERT_VERSION }, &versions)?;
    let keys: Vec<Vec<Param<'_>>> = pairs().flat_map(|(coming, texts)| key_rows(&coming.place, &texts.keys)).collect();
    wide(tx, KEYS, &keys)
}

fn texts(place: &Place) -> Texts {
    let is_filler = place.state == crate::State::Filler;
    Texts {
        code: place.code.map(|code| code.to_string()),
        sort: names::sort_key(place.code, &place.name),
        keys: if is_filler { Vec::new() } else { names::keys_of(place.level, &place.name, &[]) },
    }
}

fn row<'p>(place: &'p Place, texts: &'p Texts, now: Instant) -> Vec<Param<'p>> {
    vec![
        Param::from(&place.id),
        Param::from(place.home),
        Param::from(place.parent.as_ref()),
        Param::from(place.level.as_str()),
        Param::from(&place.name),
        Param::from(&place.shown),
        code::param(texts.code.as_ref()),
        Param::from(&place.path),
        Param::from(&texts.sort),
        Param::from(place.state.as_str()),
        Param::from(place.version),
        Param::from(place.valid_from.as_ref()),
        Param::from(now),
    ]
}

fn first_version<'p>(coming: &'p Coming, texts: &'p Texts) -> Vec<Param<'p>> {
    let place = &coming.place;
    vec![
        Param::from(&place.id),
        Param::from(place.version),
        Param::from(place.valid_from.as_ref()),
        Param::from(&place.name),
        Param::from(place.parent.as_ref()),
        code::param(texts.code.as_ref()),
        Param::from(coming.reason.as_str()),
    ]
}

fn key_rows<'p>(place: &'p Place, keys: &'p [Key]) -> Vec<Vec<Param<'p>>> {
    let of = |key: &'p Key| {
        let tier = Param::Int(i64::from(key.tier));
        vec![tier, Param::from(&key.key), Param::from(&place.id), Param::from(place.home)]
    };
    keys.iter().map(of).collect()
}

fn wide(tx: &mut Tx<'_>, wide: Wide, rows: &[Vec<Param<'_>>]) -> Result<(), DbError> {
    wide.each((&[], rows), |statement, params| tx.execute(statement, params).map(|_| ()))
}

/// What a version changes.
#[derive(Debug, Clone)]
pub(crate) struct Change {
    pub name: String,
    pub shown: String,
    pub code: Option<Code>,
    pub parent: Option<PlaceId>,
}

/// Gives a place its next version from `day` on; false when it is no longer as it was read.
pub(crate) fn revise(
    tx: &mut Tx<'_>,
    permit: &Permit,
    place: &Place,
    change: &Change,
    (day, reason): (&Day, Reason),
) -> Result<bool, DbError> {
    let code = change.code.map(|code| code.to_string());
    let sort = names::sort_key(change.code, &change.name);
    let params = params![
        &place.id,
        place.version,
        &change.name,
        &change.shown,
        code::param(code.as_ref()),
        &sort,
        change.parent.as_ref(),
    ];
    if tx.execute(&sql::REVISE, params)? != 1 {
        return Ok(false);
    }
    tx.execute(&sql::END_VERSION, params![&place.id, day])?;
    let params = params![
        &place.id,
        place.version + 1,
        day,
        &change.name,
        change.parent.as_ref(),
        code::param(code.as_ref()),
        reason.as_str(),
    ];
    tx.execute(&sql::INSERT_VERSION, params)?;
    if change.name != place.name {
        rekey(tx, permit, &Place { name: change.name.clone(), ..place.clone() })?;
    }
    Ok(true)
}

/// Ends a place; false when it is no longer as it was read.
pub(crate) fn close(tx: &mut Tx<'_>, _: &Permit, place: &Place, day: &Day) -> Result<bool, DbError> {
    if tx.execute(&sql::CLOSE, params![&place.id, place.version, day])? != 1 {
        return Ok(false);
    }
    tx.execute(&sql::END_VERSION, params![&place.id, day])?;
    Ok(true)
}

/// That one place came from another.
pub(crate) fn line(
    tx: &mut Tx<'_>,
    _: &Permit,
    from: &PlaceId,
    to: &PlaceId,
    (day, kind): (&Day, Reason),
) -> Result<(), DbError> {
    tx.execute(&sql::INSERT_LINE, params![from, to, day, kind.as_str()]).map(|_| ())
}

/// Makes the keys of a place anew, of its name and its aliases.
pub(crate) fn rekey(tx: &mut Tx<'_>, _: &Permit, place: &Place) -> Result<(), DbError> {
    let aliases = aliases(tx, &place.id, MOST_ALIASES)?;
    tx.execute(&sql::DELETE_KEYS, params![place.home, &place.id])?;
    let keys = names::keys_of(place.level, &place.name, &aliases);
    wide(tx, KEYS, &key_rows(place, &keys))
}

/// Adds an alias; false when the place has it already.
pub(crate) fn alias(tx: &mut Tx<'_>, permit: &Permit, place: &Place, alias: &str) -> Result<bool, DbError> {
    let is_new = tx.execute(&sql::INSERT_ALIAS, params![&place.id, alias])? == 1;
    if is_new {
        rekey(tx, permit, place)?;
    }
    Ok(is_new)
}

/// Moves a place and all below it under another path.
///
/// A place that somebody adds below meanwhile holds the row it is added to; the update waits for it, and sees its row
/// when it looks again.
pub(crate) fn rebase(tx: &mut Tx<'_>, _: &Permit, place: &Place, path: &str) -> Result<(), DbError> {
    tx.execute(&sql::SET_PATH, params![&place.id, path])?;
    below(tx, &sql::REBASE, &place.path, path)
}

/// Lays all places in force directly below `from` into `to`, with everything below them.
pub(crate) fn adopt(
    tx: &mut Tx<'_>,
    _: &Permit,
    (from, to): (&Place, &Place),
    (day, reason): (&Day, Reason),
) -> Result<(), DbError> {
    tx.execute(&sql::END_VERSIONS_BELOW, params![&from.id, day])?;
    tx.execute(&sql::ADOPT, params![&from.id, &to.id])?;
    tx.execute(&sql::NEW_VERSIONS_BELOW, params![&to.id, day, reason.as_str()])?;
    below(tx, &sql::REBASE_OPEN, &from.path, &to.path)
}

fn below(tx: &mut Tx<'_>, statement: &Statement, old: &str, new: &str) -> Result<(), DbError> {
    // '0' is the character after '/'
    let (first, end) = (format!("{old}/"), format!("{old}0"));
    while tx.execute(statement, params![&first, &end, new, old])? > 0 {}
    Ok(())
}
