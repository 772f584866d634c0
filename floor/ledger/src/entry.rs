//! Writing entries: in the same transaction as the change they tell of.

use db::{DbError, Tx, params};
use kernel::{Context, Day, Home, Id};
use rights::Permit;
use serde::{Deserialize, Serialize};

use crate::{erase, store, tile::MAX_ENTRY, tree::Hash};

/// The noun of entry ids.
pub enum EntryNoun {}
/// The id of an entry; a ballot's entry has the ballot's own id.
pub type EntryId = Id<EntryNoun>;

/// What a command wants told.
#[derive(Debug)]
pub struct Draft<'a, P> {
    /// `noun.verb-in-the-past`, such as `idea.posted`. Part of the public format.
    pub kind: &'static str,
    /// The id of the season, matter or place under which readers look for it.
    pub subject: &'a str,
    /// The public part: no personal data.
    pub public: &'a P,
    /// The private part: kept beside the log, committed to in it, erasable.
    pub private: Option<&'a serde_json::Value>,
}

/// The bytes of an entry as the log keeps them: compact JSON, fields in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaf<P> {
    /// Version of this format: 1.
    pub v: u8,
    /// The entry's id.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// Under which record.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub subject: Option<String>,
    /// When, in microseconds UTC. Absent from secret votes.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub at: Option<i64>,
    /// The local day. Absent from ballots.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub day: Option<String>,
    /// The public part.
    pub public: P,
    /// SHA-256 commitment to the private part (hexadecimal), see [`erase`].
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub commit: Option<String>,
}

/// Writes an entry; the sequencer gives it its place within a second.
///
/// # Errors
/// [`DbError`] of the statements, or [`DbError::Data`] when the entry is longer than a log entry may be.
pub fn append<P: Serialize>(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    draft: &Draft<'_, P>,
) -> Result<EntryId, DbError> {
    let home = permit.home();
    let id: EntryId = cx.id(home);
    let commit = match draft.private {
        Some(private) => Some(keep_secret(tx, cx, home, &id, private)?),
        None => None,
    };
    let leaf = Leaf {
        v: 1,
        id: id.to_string(),
        kind: draft.kind.to_owned(),
        subject: Some(draft.subject.to_owned()),
        at: Some(cx.now.0),
        day: Some(cx.day.to_string()),
        public: draft.public,
        commit: commit.map(|c| c.to_string()),
    };
    let bytes = encode(&leaf)?;
    tx.execute(&store::QUEUE, params![home, &id, draft.kind, draft.subject, &bytes])?;
    Ok(id)
}

fn keep_secret(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    home: Home,
    id: &EntryId,
    private: &serde_json::Value,
) -> Result<Hash, DbError> {
    let salt = cx.chance.bytes32();
    let body = private.to_string();
    tx.execute(&store::KEEP_SECRET, params![home, id, &salt, &body])?;
    Ok(erase::commit(&salt, body.as_bytes()))
}

/// An entry of a secret vote: without time, in the box of its vote until the box is opened.
#[derive(Debug)]
pub struct Sealed<'a, P> {
    /// The season whose vote it belongs to.
    pub season: &'a str,
    /// What happened.
    pub kind: &'static str,
    /// A random id that tells nothing about time; the order of the log is the order of these ids.
    pub id: &'a str,
    /// The local day, for roll marks only: a ballot carries no time at all.
    pub day: Option<&'a Day>,
    /// The public part.
    pub public: P,
    /// A commitment to who it was, for roll marks only.
    pub commit: Option<Hash>,
}

/// Puts an entry into the sealed box of its vote. It enters the log when the box is opened ([`open_box`]): kind by
/// kind, in the order of random ids, so that neither place nor time joins a roll mark with a ballot, and nobody can
/// read an interim result.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn seal<P: Serialize>(tx: &mut Tx<'_>, permit: &Permit, sealed: &Sealed<'_, P>) -> Result<(), DbError> {
    let leaf = Leaf {
        v: 1,
        id: sealed.id.to_owned(),
        kind: sealed.kind.to_owned(),
        subject: Some(sealed.season.to_owned()),
        at: None,
        day: sealed.day.map(ToString::to_string),
        public: &sealed.public,
        commit: sealed.commit.map(|c| c.to_string()),
    };
    let bytes = encode(&leaf)?;
    let params = params![permit.home(), sealed.season, sealed.kind, sealed.id, &bytes];
    tx.execute(&store::SEAL, params).map(|_| ())
}

/// Takes an entry out of a box that is still closed, because another one takes its place. False when the box does not
/// have it, or is open. Nobody outside can tell: what was never in the log is not missing from it.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn take_back(tx: &mut Tx<'_>, permit: &Permit, season: &str, kind: &str, id: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&store::TAKE_BACK, params![permit.home(), season, kind, id])? == 1)
}

/// Opens the sealed box of a vote: the sequencer moves its entries into the log, in chunks. Call it in the transaction
/// that closes the vote, so that nothing is sealed afterwards.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn open_box(tx: &mut Tx<'_>, permit: &Permit, season: &str) -> Result<(), DbError> {
    tx.execute(&store::OPEN_BOX, params![permit.home(), season]).map(|_| ())
}

fn encode<P: Serialize>(leaf: &Leaf<P>) -> Result<Vec<u8>, DbError> {
    let bytes = serde_json::to_vec(leaf).map_err(|e| DbError::Data(e.to_string()))?;
    if bytes.len() > MAX_ENTRY {
        return Err(DbError::Data(format!("an entry of {} bytes is longer than the log takes", bytes.len())));
    }
    Ok(bytes)
}
