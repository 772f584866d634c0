//! Proofs made from complete subtrees, wherever those are kept.

use super::{Frontier, Hash, MAX_SIZE, empty_root, leaf_hash, node_hash};

/// Something that knows the hashes of complete subtrees: a database, a folder of tiles, memory.
pub trait HashSource {
    /// What can go wrong while reading.
    type Error;

    /// The hash of the complete subtree `(level, index)`, covering leaves `index · 2^level .. (index + 1) · 2^level`.
    /// Only subtrees that lie wholly inside the size asked for are requested.
    ///
    /// # Errors
    /// When the hash cannot be read.
    fn node(&mut self, level: u8, index: u64) -> Result<Hash, Self::Error>;
}

/// Why a proof could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProveError<E> {
    /// The entry asked for is not in a tree of that size.
    #[error("entry {index} is not in a tree of {size} entries")]
    NotInTree {
        /// Zero-based index of the entry.
        index: u64,
        /// Leaves of the tree.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("a tree of {old} entries cannot be the past of one of {new}")]
    NotThePast {
        /// Leaves of the older tree.
        old: u64,
        /// Leaves of the newer tree.
        new: u64,
    },
    /// The size is above [`MAX_SIZE`].
    #[error("a tree of {0} leaves is larger than this program reads")]
    TooLarge(u64),
    /// The source failed.
    #[error(transparent)]
    Source(#[from] E),
}

/// The root of the first `size` leaves.
///
/// # Errors
/// When `size` is above [`MAX_SIZE`] or the source fails.
pub fn root<S: HashSource>(source: &mut S, size: u64) -> Result<Hash, ProveError<S::Error>> {
    bounded(size)?;
    if size == 0 {
        return Ok(empty_root());
    }
    Ok(range(source, 0, size)?)
}

/// The inclusion proof of leaf `index` in the tree of the first `size` leaves, from the leaf's sibling up to the root's
/// child: PATH(m, D\[n\]) of RFC 9162 §2.1.3.1.
///
/// # Errors
/// When `index >= size`, `size` is above [`MAX_SIZE`] or the source fails.
pub fn inclusion_proof<S: HashSource>(
    source: &mut S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, ProveError<S::Error>> {
    bounded(size)?;
    if index >= size {
        return Err(ProveError::NotInTree { index, size });
    }
    let (mut begin, mut end) = (0, size);
    let mut path = Vec::new();
    while end - begin > 1 {
        let middle = begin + split(end - begin);
        if index < middle {
            path.push(range(source, middle, end)?);
            end = middle;
        } else {
            path.push(range(source, begin, middle)?);
            begin = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The proof that the first `old` leaves of the tree of `new` leaves are the tree of `old` leaves: PROOF(m, D\[n\]) of
/// RFC 9162 §2.1.4.1. Empty when `old` is 0 (everything continues the empty tree) or equals `new`.
///
/// # Errors
/// When `old > new`, `new` is above [`MAX_SIZE`] or the source fails.
pub fn consistency_proof<S: HashSource>(source: &mut S, old: u64, new: u64) -> Result<Vec<Hash>, ProveError<S::Error>> {
    bounded(new)?;
    if old > new {
        return Err(ProveError::NotThePast { old, new });
    }
    if old == 0 {
        return Ok(Vec::new());
    }
    let (mut begin, mut end) = (0, new);
    let mut proof = Vec::new();
    while old != end {
        let middle = begin + split(end - begin);
        if old <= middle {
            proof.push(range(source, middle, end)?);
            end = middle;
        } else {
            proof.push(range(source, begin, middle)?);
            begin = middle;
        }
    }
    // When the old tree is itself a left part of the new one, its root is the verifier's own and is left out.
    if begin != 0 {
        proof.push(range(source, begin, end)?);
    }
    proof.reverse();
    Ok(proof)
}

fn bounded<E>(size: u64) -> Result<(), ProveError<E>> {
    if size > MAX_SIZE { Err(ProveError::TooLarge(size)) } else { Ok(()) }
}

/// The largest power of two below `n`, for `n >= 2`.
fn split(n: u64) -> u64 {
    1 << (n - 1).ilog2()
}

/// The tree hash of leaves `begin..end`, where `begin` is a multiple of a power of two that is at least the width.
fn range<S: HashSource>(source: &mut S, begin: u64, end: u64) -> Result<Hash, S::Error> {
    let mut right: Option<Hash> = None;
    let mut stop = end;
    while stop > begin {
        let level = (stop - begin).trailing_zeros() as u8;
        stop -= 1 << level;
        let left = source.node(level, stop >> level)?;
        right = Some(match right {
            None => left,
            Some(right) => node_hash(&left, &right),
        });
    }
    Ok(right.unwrap_or_else(empty_root))
}

/// A whole tree in memory (64 bytes a leaf): for rooms, tests and small exports.
#[derive(Clone, Debug, Default)]
pub struct MemoryTree {
    frontier: Frontier,
    levels: Vec<Vec<Hash>>,
}

/// The node asked for is not in the tree yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the tree has no complete subtree at level {level}, index {index}")]
pub struct NoSuchNode {
    level: u8,
    index: u64,
}

impl MemoryTree {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Appends the leaf of `entry`.
    pub fn push(&mut self, entry: &[u8]) {
        let Self { frontier, levels } = self;
        frontier.push_with(leaf_hash(entry), |level, _, hash| match levels.get_mut(usize::from(level)) {
            Some(row) => row.push(hash),
            None => levels.push(vec![hash]),
        });
    }

    /// Leaves so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// The root so far.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.frontier.root()
    }
}

impl HashSource for MemoryTree {
    type Error = NoSuchNode;

    fn node(&mut self, level: u8, index: u64) -> Result<Hash, NoSuchNode> {
        let row = self.levels.get(usize::from(level));
        let place = usize::try_from(index).ok();
        row.zip(place).and_then(|(row, place)| row.get(place)).copied().ok_or(NoSuchNode { level, index })
    }
}
