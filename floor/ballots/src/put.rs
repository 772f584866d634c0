//! Keep a ballot, put another in its place, take it out.

use db::{DbError, Fault, Tx};
use kernel::{Kind, Refusal};
use ledger::{
    entry::{Sealed, seal, take_back},
    tree::Hash,
};
use rights::Permit;
use serde::Serialize;

use crate::{Ballot, BallotId, BallotKey, store};

/// A ballot with the entry that tells of it once the vote is closed.
#[derive(Debug)]
pub struct Kept<'a, P> {
    /// The id of the vote.
    pub scope: &'a str,
    /// The kind of the entry.
    pub kind: &'static str,
    /// The ballot.
    pub ballot: &'a Ballot,
    /// The public part of the entry.
    pub public: P,
    /// A commitment to what the public part leaves out.
    pub commit: Option<Hash>,
}

/// Stores a ballot and seals its entry, which has neither time nor voter.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn put<P: Serialize>(tx: &mut Tx<'_>, permit: &Permit, kept: &Kept<'_, P>) -> Result<(), DbError> {
    store::insert(tx, permit, kept.scope, kept.ballot)?;
    let told = Sealed {
        season: kept.scope,
        kind: kept.kind,
        id: kept.ballot.id.as_str(),
        day: None,
        public: &kept.public,
        commit: kept.commit,
    };
    seal(tx, permit, &told)
}

/// Puts a ballot in the place of `old`, which the key opens. The old row and its sealed entry go in the same
/// transaction, so that the old one is never counted and never in the log, and nothing there says that there was one.
///
/// # Errors
/// Refusal `changed-meanwhile`; database faults.
pub fn replace<P: Serialize>(
    tx: &mut Tx<'_>,
    permit: &Permit,
    key: BallotKey,
    old: &BallotId,
    kept: &Kept<'_, P>,
) -> Result<(), Fault> {
    // who changes the same ballot at the same moment finds it changed
    if !store::move_key(tx, permit, kept.scope, key, (old, &kept.ballot.id))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let gone =
        store::delete(tx, permit, kept.scope, old)? && take_back(tx, permit, kept.scope, kept.kind, old.as_str())?;
    if !gone {
        return Err(DbError::Data(format!("ballot {old} is not as it was sealed")).into());
    }
    Ok(put(tx, permit, kept)?)
}

/// Takes the ballot that a key opens out of a vote whose box is closed, with its sealed entry of this kind and the key:
/// nothing says any more that there was one. Answers with its id. What marks the voter is the caller's to take back.
///
/// # Errors
/// Refusal `changed-meanwhile`, also where the key opens none; database faults.
pub fn take_out(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (scope, kind): (&str, &str),
    key: BallotKey,
) -> Result<BallotId, Fault> {
    let changed = || Refusal::new(Kind::Conflict, "changed-meanwhile");
    let ballot = store::keyed(tx, permit.home(), scope, key)?.ok_or_else(changed)?.id;
    if !store::delete_key(tx, permit, scope, (key, &ballot))? {
        return Err(changed().into());
    }
    if store::delete(tx, permit, scope, &ballot)? && take_back(tx, permit, scope, kind, ballot.as_str())? {
        return Ok(ballot);
    }
    Err(DbError::Data(format!("ballot {ballot} is not as it was sealed")).into())
}
