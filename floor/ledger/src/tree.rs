//! Merkle tree hashing of RFC 9162 §2.1 (the same as RFC 6962 §2.1): hashes, the growing edge, proofs and their checks.
//!
//! Levels and indexes name *complete* subtrees: the node at `(level, index)` covers the leaves
//! `index · 2^level .. (index + 1) · 2^level`. Level 0 is the leaf hashes.

mod check;
mod frontier;
mod prove;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

pub use check::{ProofFault, TreeHead, verify_consistency, verify_inclusion};
pub use frontier::{Frontier, FrontierError};
pub use prove::{HashSource, MemoryTree, NoSuchNode, ProveError, consistency_proof, inclusion_proof, root};

/// The largest tree this crate accepts from outside, in leaves: 2^48. Far beyond any neighbourhood, and small enough
/// that no index computation can overflow.
pub const MAX_SIZE: u64 = 1 << 48;

/// The longest inclusion or consistency proof of a tree of at most [`MAX_SIZE`] leaves, in hashes.
pub const MAX_PROOF: usize = 64;

/// A SHA-256 value: a leaf hash, a node or a root. Displayed as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// SHA-256 of `bytes` as they are, with no tree prefix: for files, not for leaves.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The 32 bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Standard base64 with padding (RFC 4648 §4), 44 characters, as checkpoints and proofs write it.
    #[must_use]
    pub fn to_base64(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads [`Hash::to_base64`] back; `None` unless `text` is exactly the canonical encoding of 32 bytes.
    #[must_use]
    pub fn from_base64(text: &str) -> Option<Self> {
        if text.len() != 44 {
            return None;
        }
        STANDARD.decode(text).ok()?.try_into().ok().map(Self)
    }

    /// Reads 64 lower-case hexadecimal digits; `None` for anything else.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.as_bytes();
        if digits.len() != 64 {
            return None;
        }
        let mut out = [0; 32];
        for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Some(Self(out))
    }
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// SHA-256(0x00 ‖ `entry`): the hash of a leaf (RFC 9162 §2.1.1).
#[must_use]
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash(Sha256::new().chain_update([0]).chain_update(entry).finalize().into())
}

/// SHA-256(0x01 ‖ `left` ‖ `right`): the hash of an inner node (RFC 9162 §2.1.1).
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash(Sha256::new().chain_update([1]).chain_update(left.0).chain_update(right.0).finalize().into())
}

/// SHA-256 of nothing: the root of the empty tree (RFC 9162 §2.1.1).
#[must_use]
pub fn empty_root() -> Hash {
    Hash::of(&[])
}

#[cfg(test)]
mod tests;
