//! All SQL of ballots and their links. The column `season` holds the id of the vote, whatever it is about.

use db::{DbError, Snapshot, Tx, params};
use kernel::Home;
use rights::Permit;

use crate::{Ballot, BallotId, BallotKey};

db::statements! {
    STATEMENTS:
    INSERT_BALLOT = "INSERT INTO ballots (home, season, id, choices) VALUES (?1, ?2, ?3, ?4)";
    DELETE_BALLOT = "DELETE FROM ballots WHERE home = ?1 AND season = ?2 AND id = ?3";
    BALLOT = "SELECT id, choices FROM ballots WHERE home = ?1 AND season = ?2 AND id = ?3";
    INSERT_KEY = "INSERT INTO ballot_keys (home, season, opener, ballot) VALUES (?1, ?2, ?3, ?4)";
    KEYED = "SELECT b.id, b.choices FROM ballot_keys k \
             JOIN ballots b ON b.home = k.home AND b.season = k.season AND b.id = k.ballot \
             WHERE k.home = ?1 AND k.season = ?2 AND k.opener = ?3";
    /// Two who change one ballot at once: the second finds another ballot under the key.
    MOVE_KEY = "UPDATE ballot_keys SET ballot = ?5 WHERE home = ?1 AND season = ?2 AND opener = ?3 AND ballot = ?4";
    /// As above: who takes a ballot out while it is changed finds another one under the key.
    DELETE_KEY = "DELETE FROM ballot_keys WHERE home = ?1 AND season = ?2 AND opener = ?3 AND ballot = ?4";
    KEYS_UP_TO = "SELECT opener FROM ballot_keys WHERE home = ?1 AND season = ?2 ORDER BY opener LIMIT ?3";
    FORGET_KEYS = "DELETE FROM ballot_keys WHERE home = ?1 AND season = ?2 AND opener <= ?3";
    COUNT_BALLOTS = "SELECT count(*) FROM ballots WHERE home = ?1 AND season = ?2";
    BALLOTS = "SELECT id, choices FROM ballots WHERE home = ?1 AND season = ?2 AND id > ?3 ORDER BY id LIMIT ?4";
    /// A closed vote takes no ballot, so the range holds exactly the rows that were read.
    TAKE_OUT_BALLOTS = "DELETE FROM ballots WHERE home = ?1 AND season = ?2 AND id > ?3 AND id <= ?4";
}

db::record!(Ballot { id, says });

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, scope: &str, ballot: &Ballot) -> Result<(), DbError> {
    tx.execute(&INSERT_BALLOT, params![permit.home(), scope, &ballot.id, &ballot.says]).map(|_| ())
}

pub(crate) fn delete(tx: &mut Tx<'_>, permit: &Permit, scope: &str, id: &BallotId) -> Result<bool, DbError> {
    Ok(tx.execute(&DELETE_BALLOT, params![permit.home(), scope, id])? == 1)
}

/// How many ballots were cast. Walks all of them: for closing and tests, not for pages.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn count(s: &mut Snapshot<'_>, home: Home, scope: &str) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&COUNT_BALLOTS, params![home, scope])?.0)
}

/// One ballot.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ballot(s: &mut Snapshot<'_>, scope: &str, id: &BallotId) -> Result<Option<Ballot>, DbError> {
    s.optional(&BALLOT, params![id.home(), scope, id])
}

/// The ballots whose ids come after `after` (empty for the first page), in order of ids, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn page(s: &mut Snapshot<'_>, home: Home, scope: &str, after: &str, limit: i64) -> Result<Vec<Ballot>, DbError> {
    s.all(&BALLOTS, params![home, scope, after, limit])
}

/// Takes the ballots after `after` up to the last of `page` out and puts them back in the order of `page`.
pub(crate) fn relay(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    after: &str,
    page: &[Ballot],
) -> Result<(), DbError> {
    let Some(last) = page.last() else { return Ok(()) };
    let taken = tx.execute(&TAKE_OUT_BALLOTS, params![permit.home(), scope, after, &last.id])?;
    if taken != page.len() as u64 {
        return Err(DbError::Data(format!("{taken} ballots where {} were read", page.len())));
    }
    page.iter().try_for_each(|ballot| insert(tx, permit, scope, ballot))
}

/// Lets a key open a ballot.
///
/// # Errors
/// [`DbError::Unique`] where it opens another one already, else [`DbError`] of the statement.
pub fn insert_key(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    key: BallotKey,
    ballot: &BallotId,
) -> Result<(), DbError> {
    tx.execute(&INSERT_KEY, params![permit.home(), scope, &key.0, ballot]).map(|_| ())
}

/// The ballot that a key opens.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn keyed(s: &mut Snapshot<'_>, home: Home, scope: &str, key: BallotKey) -> Result<Option<Ballot>, DbError> {
    s.optional(&KEYED, params![home, scope, &key.0])
}

/// Lets the key open another ballot; false when it no longer opens the first.
pub(crate) fn move_key(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    key: BallotKey,
    (from, to): (&BallotId, &BallotId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&MOVE_KEY, params![permit.home(), scope, &key.0, from, to])? == 1)
}

/// False when the key no longer opens the ballot.
pub(crate) fn delete_key(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    (key, ballot): (BallotKey, &BallotId),
) -> Result<bool, DbError> {
    Ok(tx.execute(&DELETE_KEY, params![permit.home(), scope, &key.0, ballot])? == 1)
}

/// Destroys keys, at most `limit`; false when there was none.
pub(crate) fn forget_keys(tx: &mut Tx<'_>, permit: &Permit, scope: &str, limit: i64) -> Result<bool, DbError> {
    let page: Vec<(Vec<u8>,)> = tx.all(&KEYS_UP_TO, params![permit.home(), scope, limit])?;
    let Some((last,)) = page.last() else { return Ok(false) };
    tx.execute(&FORGET_KEYS, params![permit.home(), scope, last.as_slice()]).map(|_| true)
}
