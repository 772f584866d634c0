//! All SQL of ballots by telephone: by what one is taken out.

use db::{Db, DbError, Snapshot, Tx, params};
use ledger::entry::EntryId;
use people::VoterKey;
use rights::Permit;

use crate::PollId;

db::statements! {
    STATEMENTS:
    NOTE = "INSERT INTO poll_phoned (home, poll, voter, opener, mark, entered_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    OF = "SELECT opener, mark, entered_by FROM poll_phoned WHERE home = ?1 AND poll = ?2 AND voter = ?3";
    /// The guard: of two who take one out, the second touches no row.
    TAKE = "DELETE FROM poll_phoned WHERE home = ?1 AND poll = ?2 AND voter = ?3";
    /// Whose flat begins with a text, in the order of the roll.
    AT_FLAT = "SELECT n.voter, n.entered_by FROM poll_phoned n \
               JOIN poll_voters v ON v.home = n.home AND v.poll = n.poll AND v.voter = n.voter \
               WHERE n.home = ?1 AND n.poll = ?2 AND v.flat >= ?3 AND v.flat < ?4 ORDER BY v.flat, v.voter LIMIT ?5";
    UP_TO = "SELECT voter FROM poll_phoned WHERE home = ?1 AND poll = ?2 ORDER BY voter LIMIT ?3";
    FORGET = "DELETE FROM poll_phoned WHERE home = ?1 AND poll = ?2 AND voter <= ?3";
}

/// By what a ballot is taken out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phoned {
    /// The key of the voter's link: it stays the same when they change the ballot.
    pub opener: [u8; 32],
    /// The sealed entry of the mark in the roll.
    pub mark: EntryId,
    /// Who typed it.
    pub entered_by: String,
}

db::record!(Phoned { opener, mark, entered_by });

pub(super) fn note(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &PollId,
    voter: VoterKey,
    new: &Phoned,
) -> Result<(), DbError> {
    tx.execute(&NOTE, params![permit.home(), id, &voter.0, &new.opener, &new.mark, &new.entered_by]).map(|_| ())
}

pub(super) fn of(s: &mut Snapshot<'_>, id: &PollId, voter: VoterKey) -> Result<Option<Phoned>, DbError> {
    s.optional(&OF, params![id.home(), id, &voter.0])
}

pub(super) fn take(tx: &mut Tx<'_>, permit: &Permit, id: &PollId, voter: VoterKey) -> Result<bool, DbError> {
    Ok(tx.execute(&TAKE, params![permit.home(), id, &voter.0])? == 1)
}

/// Whose ballots were typed in and by whom, of flats that begin with `flat`, at most `limit`.
pub(crate) fn at_flat(
    s: &mut Snapshot<'_>,
    id: &PollId,
    flat: &str,
    limit: i64,
) -> Result<Vec<(VoterKey, String)>, DbError> {
    let beyond = format!("{flat}\u{10ffff}");
    let found: Vec<([u8; 32], String)> = s.all(&AT_FLAT, params![id.home(), id, flat, &beyond, limit])?;
    Ok(found.into_iter().map(|(voter, by)| (VoterKey(voter), by)).collect())
}

/// Forgets all of a poll that is closed, `chunk` in a transaction. May be run again.
pub(crate) fn forget(db: &Db, permit: Permit, id: &PollId, chunk: i64) -> Result<(), DbError> {
    loop {
        let key = id.clone();
        if !db.write_wait(move |tx| forget_some(tx, &permit, &key, chunk))? {
            return Ok(());
        }
    }
}

fn forget_some(tx: &mut Tx<'_>, permit: &Permit, id: &PollId, chunk: i64) -> Result<bool, DbError> {
    let page: Vec<([u8; 32],)> = tx.all(&UP_TO, params![permit.home(), id, chunk])?;
    let Some((last,)) = page.last() else { return Ok(false) };
    tx.execute(&FORGET, params![permit.home(), id, last]).map(|_| true)
}
