//! The growing right edge of the tree: all that is needed to append and to know the root.

use super::{Hash, MAX_SIZE, empty_root, node_hash};

/// The roots of the complete subtrees that make up a tree, largest (leftmost) first: one for each one-bit of the size.
///
/// At most 48 hashes whatever the size, so a sequencer can keep it beside its counter instead of reading the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

/// Why stored bytes are not the frontier of a tree of the given size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrontierError {
    /// The size is above [`MAX_SIZE`].
    #[error("a tree of {0} leaves is larger than this program reads")]
    TooLarge(u64),
    /// The bytes are not 32 for each one-bit of the size.
    #[error("the frontier of {size} leaves has {expected} bytes, not {found}")]
    WrongLength {
        /// Leaves of the tree.
        size: u64,
        /// Bytes a frontier of that size has.
        expected: usize,
        /// Bytes given.
        found: usize,
    },
}

impl Frontier {
    /// The empty tree.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Leaves appended so far.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends one leaf hash.
    pub fn push(&mut self, leaf: Hash) {
        self.push_with(leaf, |_, _, _| {});
    }

    /// Appends one leaf hash and calls `completed(level, index, hash)` for every subtree that this leaf completes, from
    /// the leaf itself (level 0) upwards. Levels that are multiples of 8 are exactly the hashes stored in tiles: level
    /// `8 t` goes into tile level `t`, tile `index / 256`, place `index % 256`.
    pub fn push_with(&mut self, leaf: Hash, mut completed: impl FnMut(u8, u64, Hash)) {
        let mut index = self.size;
        let mut level = 0;
        let mut hash = leaf;
        completed(level, index, hash);
        while index & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node_hash(&left, &hash);
            index >>= 1;
            level += 1;
            completed(level, index, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root of the tree so far; [`empty_root`] while it is empty.
    #[must_use]
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(&last) = peaks.next() else { return empty_root() };
        peaks.fold(last, |right, left| node_hash(left, &right))
    }

    /// The peaks one after the other, 32 bytes each; store them beside [`Frontier::size`].
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.peaks.iter().flat_map(|peak| peak.0).collect()
    }

    /// Reads [`Frontier::to_bytes`] back.
    ///
    /// # Errors
    /// When `size` is above [`MAX_SIZE`] or `bytes` has another length than a tree of `size` leaves needs.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, FrontierError> {
        if size > MAX_SIZE {
            return Err(FrontierError::TooLarge(size));
        }
        let (hashes, rest) = bytes.as_chunks::<32>();
        let expected = size.count_ones() as usize;
        if hashes.len() != expected || !rest.is_empty() {
            return Err(FrontierError::WrongLength { size, expected: expected * 32, found: bytes.len() });
        }
        Ok(Self { size, peaks: hashes.iter().copied().map(Hash).collect() })
    }
}
