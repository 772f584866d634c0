//! Mark a voter as having voted; take a mark back.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::{
    entry::{EntryId, Sealed, seal, take_back},
    erase,
};
use rights::Permit;
use serde::Serialize;

use crate::{Mark, VoterKey, store};

/// Marks the voter, by their own key or that of a letter's code, in the ballot's own transaction: one person one ballot, by a guarded update.
///
/// # Errors
/// Refusals `not-on-the-roll`, `already-voted`; database faults.
pub fn mark(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, scope: &str, key: VoterKey) -> Result<Mark, Fault> {
    if let Some(mark) = store::mark(tx, permit, scope, key, &cx.day)? {
        return Ok(mark);
    }
    let refusal = if store::has_voted(tx, permit.home(), scope, key)?.is_some() {
        Refusal::new(Kind::Conflict, "already-voted")
    } else {
        Refusal::new(Kind::Forbidden, "not-on-the-roll")
    };
    Err(refusal.into())
}

#[derive(Serialize)]
struct Told {}

/// The kind of a mark's entry.
const MARKED: &str = "roll.marked";

/// Seals the entry of a mark in the roll: the day, and a commitment to who it was. The entry's id leads to the voter for
/// whoever keeps it: it is kept only where the mark may be taken back.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seal_mark(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    scope: &str,
    mark: &Mark,
) -> Result<EntryId, DbError> {
    let (id, day): (EntryId, _) = (cx.secret_id(permit.home()), cx.day.clone());
    let told = Sealed {
        season: scope,
        kind: MARKED,
        id: id.as_str(),
        day: Some(&day),
        public: Told {},
        commit: Some(erase::commit(&mark.salt, &mark.key.0)),
    };
    seal(tx, permit, &told)?;
    Ok(id)
}

/// Takes a mark back while the vote is open, with its sealed entry: the voter may vote anew. The caller takes the ballot out
/// in the same transaction.
///
/// # Errors
/// [`DbError`] of the statements; [`DbError::Data`] where there is no such mark, or its box is open.
pub fn unmark(
    tx: &mut Tx<'_>,
    permit: &Permit,
    scope: &str,
    (voter, entry): (VoterKey, &EntryId),
) -> Result<(), DbError> {
    if store::unmark(tx, permit, scope, voter)? && take_back(tx, permit, scope, MARKED, entry.as_str())? {
        return Ok(());
    }
    Err(DbError::Data(format!("mark {entry} is not as it was sealed")))
}
