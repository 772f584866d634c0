//! Mark a voter as having voted.

use db::{DbError, Fault, Tx};
use kernel::{Context, Id, Kind, Refusal};
use ledger::{
    entry::{EntryNoun, Sealed, seal},
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

/// Seals the entry of a mark in the roll: the day, and a commitment to who it was.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seal_mark(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, scope: &str, mark: &Mark) -> Result<(), DbError> {
    let (id, day): (Id<EntryNoun>, _) = (cx.secret_id(permit.home()), cx.day.clone());
    let told = Sealed {
        season: scope,
        kind: "roll.marked",
        id: id.as_str(),
        day: Some(&day),
        public: Told {},
        commit: Some(erase::commit(&mark.salt, &mark.key.0)),
    };
    seal(tx, permit, &told)
}
