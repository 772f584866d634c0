//! One sequencer gives entries their place.
//!
//! Commands only queue entries, so concurrent writers never wait for a chain's head, and a reader that follows places
//! never skips a late commit: what has a place is committed. On PostgreSQL several nodes compete by a lease; the lease
//! saves work, the compare-and-set on the head is what keeps two of them from ever placing twice.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering::Relaxed},
    },
    time::Duration,
};

use db::{Db, DbError, Dialect, params};
use kernel::{Clock, Home};

use crate::{
    note::{NoteError, Signer},
    store,
    tile::WIDTH,
    tree::{Frontier, Hash, leaf_hash},
};

/// Entries placed in one transaction at most. A machine for which this is too much for the budget of a write places
/// fewer: half as many after each overrun, and slowly more again.
const CHUNK: u32 = 1024;
/// How long a sequencer that died keeps others waiting.
const LEASE: Duration = Duration::from_secs(3);
/// Between looks at an empty queue.
const PAUSE: Duration = Duration::from_millis(200);

/// Why entries could not be placed.
#[derive(Debug, thiserror::Error)]
pub enum SequencerError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The log in this database was begun with another key.
    #[error("the log of this database is signed by {found}, not by the given key {given}")]
    OtherKey {
        /// Public key of the log.
        found: String,
        /// Public key of the given signer.
        given: String,
    },
    /// The stored head is damaged.
    #[error("the log's head is damaged: {0}")]
    Damaged(String),
    /// The checkpoint cannot be signed.
    #[error(transparent)]
    Note(#[from] NoteError),
}

/// Places entries and signs checkpoints.
pub struct Sequencer {
    db: Db,
    signer: Signer,
    holder: String,
    clock: Arc<dyn Clock>,
    /// Entries of the next transaction.
    chunk: AtomicU32,
}

/// One entry on its way into the log.
type Queued = (Home, String, String, Option<String>, Vec<u8>);

/// What one step did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// There was nothing to place.
    Idle,
    /// This many entries have a place now (0 when only an emptied box was put away, or the chunk was too large).
    Placed(u64),
    /// Another process leads or came first.
    NotLeading,
}

/// Entries of one transaction, in the order of their places.
enum Chunk {
    Nothing,
    Queued(Vec<Queued>),
    Sealed { home: Home, season: String, kind: String, rows: Vec<(String, Vec<u8>)> },
    EmptyBox { home: Home, season: String },
}

/// What the next head will be.
struct Advance {
    from: u64,
    to: u64,
    frontier: Vec<u8>,
    checkpoint: String,
    subtrees: Vec<(i64, i64, Hash)>,
}

impl Sequencer {
    /// A sequencer for the log of `db`, which it begins if there is none. `holder` names this process among others.
    ///
    /// # Errors
    /// [`SequencerError::OtherKey`] when the log was begun with another key.
    pub fn new(db: &Db, signer: Signer, holder: String, clock: Arc<dyn Clock>) -> Result<Sequencer, SequencerError> {
        let empty = Frontier::new();
        let (bytes, root) = (empty.to_bytes(), empty.root());
        let checkpoint = signer.sign_checkpoint(0, root)?;
        let given = signer.verifier().to_string();
        let vkey = given.clone();
        let db = db.jobs();
        let found = db.write_wait(move |tx| {
            tx.execute(&store::BEGIN_LOG, params![&bytes, &checkpoint, &vkey])?;
            tx.one::<(u64, Vec<u8>, String, String)>(&store::HEAD, &[])
        })?;
        if found.3 != given {
            return Err(SequencerError::OtherKey { found: found.3, given });
        }
        Ok(Sequencer { db, signer, holder, clock, chunk: AtomicU32::new(CHUNK) })
    }

    /// The key that signs.
    pub fn signer(&self) -> &Signer {
        &self.signer
    }

    /// Places everything that is committed and not in a sealed box; answers how many entries that were.
    ///
    /// # Errors
    /// [`SequencerError`].
    pub fn drain(&self) -> Result<u64, SequencerError> {
        let mut placed = 0;
        loop {
            match self.step()? {
                Step::Idle => return Ok(placed),
                Step::Placed(n) => placed += n,
                // whoever leads places what is there; when nothing is left, the work is done all the same
                Step::NotLeading if self.is_empty()? => return Ok(placed),
                Step::NotLeading => std::thread::sleep(PAUSE),
            }
        }
    }

    fn is_empty(&self) -> Result<bool, SequencerError> {
        Ok(matches!(self.db.read_wait(|s| next_chunk(s, 1))?, Chunk::Nothing))
    }

    /// Follows the queue until `stop` is set.
    pub fn run(&self, stop: &AtomicBool) {
        while !stop.load(Relaxed) {
            match self.step() {
                Ok(Step::Placed(_)) => continue,
                Ok(_) => {}
                Err(error) => tracing::error!(%error, "the sequencer could not place entries"),
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Places one chunk.
    ///
    /// # Errors
    /// [`SequencerError`].
    pub fn step(&self) -> Result<Step, SequencerError> {
        if !self.leads()? {
            return Ok(Step::NotLeading);
        }
        let limit = self.chunk.load(Relaxed);
        let (head, chunk) = self.db.read_wait(move |s| {
            let head = s.one::<(u64, Vec<u8>, String, String)>(&store::HEAD, &[])?;
            Ok::<_, DbError>((head, next_chunk(s, limit)?))
        })?;
        let leaves: Vec<&[u8]> = match &chunk {
            Chunk::Nothing => return Ok(Step::Idle),
            Chunk::EmptyBox { .. } => Vec::new(),
            Chunk::Queued(rows) => rows.iter().map(|row| &row.4[..]).collect(),
            Chunk::Sealed { rows, .. } => rows.iter().map(|row| &row.1[..]).collect(),
        };
        let n = leaves.len() as u64;
        let advance = self.advance(head.0, &head.1, &leaves)?;
        match self.db.write_wait(move |tx| place(tx, &advance, &chunk)) {
            Ok(()) => {
                metrics::counter!("linli_ledger_entries_placed_total").increment(n);
                if n == u64::from(limit) {
                    self.chunk.store((limit + limit / 32 + 1).min(CHUNK), Relaxed);
                }
                Ok(Step::Placed(n))
            }
            // another sequencer moved the head or emptied the queue between the read and the write
            Err(Placing::Overtaken) => Ok(Step::NotLeading),
            Err(Placing::Db(DbError::OverBudget)) if limit > 1 => {
                // what was read may be less than the limit
                let tried = u32::try_from(n).unwrap_or(limit).min(limit);
                self.chunk.store((tried / 2).max(1), Relaxed);
                Ok(Step::Placed(0))
            }
            Err(Placing::Db(error)) => Err(error.into()),
        }
    }

    fn leads(&self) -> Result<bool, SequencerError> {
        if self.db.dialect() == Dialect::Sqlite {
            return Ok(true); // the file's lock already lets one process in
        }
        let now = self.clock.now().0;
        let until = now + i64::try_from(LEASE.as_micros()).unwrap_or(0);
        let holder = self.holder.clone();
        let touched = self.db.write_wait(move |tx| tx.execute(&store::TAKE_LEASE, params![&holder, until, now]))?;
        Ok(touched == 1)
    }

    fn advance(&self, from: u64, frontier: &[u8], leaves: &[&[u8]]) -> Result<Advance, SequencerError> {
        let damaged = |e: &dyn std::fmt::Display| SequencerError::Damaged(e.to_string());
        let mut frontier = Frontier::from_bytes(from, frontier).map_err(|e| damaged(&e))?;
        let mut subtrees = Vec::new();
        for leaf in leaves {
            frontier.push_with(leaf_hash(leaf), |level, index, hash| {
                if level > 0 && level % 8 == 0 {
                    subtrees.push((i64::from(level / 8), i64::try_from(index).unwrap_or(i64::MAX), hash));
                }
            });
        }
        let to = frontier.size();
        let checkpoint = self.signer.sign_checkpoint(to, frontier.root())?;
        Ok(Advance { from, to, frontier: frontier.to_bytes(), checkpoint, subtrees })
    }
}

impl std::fmt::Debug for Sequencer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sequencer({})", self.holder)
    }
}

fn next_chunk(s: &mut db::Snapshot<'_>, limit: u32) -> Result<Chunk, DbError> {
    let mut queued: Vec<Queued> = Vec::new();
    s.each(&store::NEXT_QUEUED, params![limit], |row: (Home, String, String, Option<String>, Vec<u8>)| {
        queued.push(row);
        Ok(())
    })?;
    if !queued.is_empty() {
        return Ok(Chunk::Queued(queued));
    }
    let Some((home, season)) = s.optional::<(Home, String)>(&store::NEXT_BOX, &[])? else {
        return Ok(Chunk::Nothing);
    };
    let Some((kind,)) = s.optional::<(String,)>(&store::FIRST_KIND, params![home, &season])? else {
        return Ok(Chunk::EmptyBox { home, season });
    };
    let rows = s.all(&store::NEXT_SEALED, params![home, &season, &kind, limit])?;
    Ok(Chunk::Sealed { home, season, kind, rows })
}

enum Placing {
    Overtaken,
    Db(DbError),
}

impl From<DbError> for Placing {
    fn from(error: DbError) -> Self {
        Placing::Db(error)
    }
}

fn place(tx: &mut db::Tx<'_>, advance: &Advance, chunk: &Chunk) -> Result<(), Placing> {
    let (from, to) = (number(advance.from), number(advance.to));
    if tx.execute(&store::MOVE_HEAD, params![from, to, &advance.frontier, &advance.checkpoint])? != 1 {
        return Err(Placing::Overtaken);
    }
    for (level, index, hash) in &advance.subtrees {
        tx.execute(&store::KEEP_SUBTREE, params![*level, *index, hash.as_bytes()])?;
    }
    let expected = advance.to - advance.from;
    let placed = match chunk {
        Chunk::Nothing => 0,
        Chunk::EmptyBox { home, season } => tx.execute(&store::EMPTIED_BOX, params![*home, season]).map(|_| 0)?,
        Chunk::Queued(rows) => {
            let mut placed = 0;
            for (seq, (home, id, kind, subject, leaf)) in (from..).zip(rows) {
                placed += tx.execute(&store::UNQUEUE, params![*home, id])?;
                tx.execute(&store::PLACE, params![seq, *home, id, kind, subject.as_deref(), leaf])?;
            }
            placed
        }
        Chunk::Sealed { home, season, kind, rows } => {
            let last = rows.last().map_or("", |row| row.0.as_str());
            tx.execute(&store::PLACE_SEALED, params![from, *home, season, kind, last])?;
            tx.execute(&store::UNSEAL, params![*home, season, kind, last])?
        }
    };
    if placed == expected { Ok(()) } else { Err(Placing::Overtaken) }
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// A tile is eight levels of the tree, which is why every eighth level's hashes are kept.
const _: () = assert!(WIDTH == 1 << 8, "subtrees are kept every eighth level");
