//! Reading the log: following it by cursor, proving that an entry is in it, serving its tiles.

use db::{DbError, Snapshot, params};
use kernel::Home;

use crate::{
    note::Checkpoint,
    proof::Receipt,
    store,
    tile::{self, TileFault, TileSource, TiledHashes},
    tree::{Hash, ProveError, inclusion_proof, leaf_hash},
};

/// Entries a reader may ask for at once.
pub const MAX_PAGE: u64 = 2048;

/// The log's head as the sequencer signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Entries that have a place.
    pub size: u64,
    /// The signed note.
    pub checkpoint: String,
    /// The public key of the log.
    pub vkey: String,
}

impl Head {
    /// The root that the checkpoint signs, `None` if the stored note is damaged.
    pub fn root(&self) -> Option<Hash> {
        let text = self.checkpoint.split_once("\n\n").map(|(text, _)| format!("{text}\n"))?;
        Checkpoint::parse(&text).ok().map(|c| c.root)
    }
}

/// An entry with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its place, 0 for the first.
    pub seq: u64,
    /// Its id.
    pub id: String,
    /// What happened.
    pub kind: String,
    /// Under which record, absent for entries of secret votes.
    pub subject: Option<String>,
    /// The bytes that were hashed: JSON of a [`crate::entry::Leaf`].
    pub leaf: Vec<u8>,
}

db::record!(Entry { seq, id, kind, subject, leaf });

/// The head, or `None` while no sequencer has begun the log.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn head(s: &mut Snapshot<'_>) -> Result<Option<Head>, DbError> {
    let row = s.optional::<(u64, Vec<u8>, String, String)>(&store::HEAD, &[])?;
    Ok(row.map(|(size, _, checkpoint, vkey)| Head { size, checkpoint, vkey }))
}

/// The entries from place `from` on, at most `limit` (and at most [`MAX_PAGE`]), in order. A reader keeps
/// `last.seq + 1` as its cursor; nothing is ever inserted before a cursor.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn tail(s: &mut Snapshot<'_>, from: u64, limit: u64) -> Result<Vec<Entry>, DbError> {
    let (from, to) = (signed(from), signed(from.saturating_add(limit.min(MAX_PAGE))));
    s.all(&store::TAIL, params![from, to])
}

/// The newest entries before place `before`, newest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn newest(s: &mut Snapshot<'_>, before: u64, limit: u64) -> Result<Vec<Entry>, DbError> {
    s.all(&store::BEFORE, params![signed(before), signed(limit.min(MAX_PAGE))])
}

/// The newest entries about `subject` before place `before`, newest first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn about(s: &mut Snapshot<'_>, subject: &str, before: u64, limit: u64) -> Result<Vec<Entry>, DbError> {
    s.all(&store::BY_SUBJECT, params![subject, signed(before), signed(limit.min(MAX_PAGE))])
}

/// The newest entry of this kind about `subject`, if one has a place.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn newest_of(s: &mut Snapshot<'_>, subject: &str, kind: &str) -> Result<Option<Entry>, DbError> {
    s.optional(&store::OF_KIND, params![subject, kind])
}

/// The entry with this id, if it has a place.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn find(s: &mut Snapshot<'_>, id: &str) -> Result<Option<Entry>, DbError> {
    s.optional(&store::BY_ID, params![id])
}

/// What opens the commitment of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The entry's place.
    pub seq: u64,
    /// The salt.
    pub salt: [u8; 32],
    /// The private part: JSON.
    pub body: String,
}

db::record!(Opening { seq, salt, body });

/// What opens the commitments of a home's entries of one kind from place `from` on, of at most `limit` entries of any kind (and at
/// most [`MAX_PAGE`]). What was erased is not there. Private parts are personal: only for who may have them.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn openings(
    s: &mut Snapshot<'_>,
    (home, kind): (Home, &str),
    from: u64,
    limit: u64,
) -> Result<Vec<Opening>, DbError> {
    let (from, to) = (signed(from), signed(from.saturating_add(limit.min(MAX_PAGE))));
    s.all(&store::OPENINGS, params![home, kind, from, to])
}

/// Entries in sealed boxes of votes that are still open.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sealed(s: &mut Snapshot<'_>) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&store::COUNT_SEALED, &[])?.0)
}

/// Why no proof could be made.
pub type ProofError = ProveError<TileFault<DbError>>;

/// The receipt of the entry at `index` (C2SP tlog-proof): its place, the path to the root, the signed checkpoint.
///
/// # Errors
/// When the entry is not in the log or the database fails.
pub fn receipt(s: &mut Snapshot<'_>, head: &Head, index: u64) -> Result<Receipt, ProofError> {
    let mut hashes = TiledHashes::new(Tiles(s), head.size);
    let path = inclusion_proof(&mut hashes, index, head.size)?;
    Ok(Receipt { extra: None, index, path, checkpoint: head.checkpoint.clone() })
}

/// The bytes of a tile of the log at `head`, or `None` when the log is not that large.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn tile(s: &mut Snapshot<'_>, head: &Head, wanted: &tile::Tile) -> Result<Option<Vec<u8>>, DbError> {
    let (from, width) = (wanted.index.saturating_mul(tile::WIDTH), u64::from(wanted.width));
    let scale = match wanted.kind {
        tile::Kind::Entries => 0,
        tile::Kind::Hashes(level) => u32::from(level) * 8,
    };
    if head.size.checked_shr(scale).unwrap_or(0) < from.saturating_add(width) {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    match wanted.kind {
        tile::Kind::Entries => {
            s.each(&store::LEAVES, params![signed(from), signed(from + width)], |(leaf,): (Vec<u8>,)| {
                tile::append_entry(&mut bytes, &leaf).map_err(|e| DbError::Data(e.to_string()))
            })?;
        }
        tile::Kind::Hashes(level) => {
            let hashes = Tiles(s).tile(level, wanted.index, wanted.width)?;
            hashes.iter().for_each(|hash| bytes.extend_from_slice(hash.as_bytes()));
        }
    }
    Ok(Some(bytes))
}

/// The database as a source of hash tiles.
struct Tiles<'s, 'c>(&'s mut Snapshot<'c>);

impl TileSource for Tiles<'_, '_> {
    type Error = DbError;

    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, DbError> {
        let from = index * tile::WIDTH;
        let to = from + u64::from(width);
        let mut hashes = Vec::with_capacity(usize::from(width));
        if level == 0 {
            self.0.each(&store::LEAVES, params![signed(from), signed(to)], |(leaf,): (Vec<u8>,)| {
                hashes.push(leaf_hash(&leaf));
                Ok(())
            })?;
        } else {
            self.0.each(
                &store::SUBTREES,
                params![i64::from(level), signed(from), signed(to)],
                |(hash,): ([u8; 32],)| {
                    hashes.push(Hash(hash));
                    Ok(())
                },
            )?;
        }
        Ok(hashes)
    }
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
