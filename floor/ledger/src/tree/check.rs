//! Checking proofs: pure functions of RFC 9162, with no source and no trust in the sender.

use super::{Hash, empty_root, node_hash};

/// Why a proof does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofFault {
    /// The index is not below the size, or the older size is above the newer.
    #[error("the sizes contradict each other")]
    Sizes,
    /// The proof has too few or too many hashes for these sizes.
    #[error("the proof has the wrong number of hashes for these sizes")]
    Length,
    /// The proof leads to another root than the one given.
    #[error("the proof leads to another root")]
    Root,
    /// The consistency proof leads to another root than the one given for the older tree.
    #[error("the proof leads to another root of the older tree")]
    OldRoot,
}

/// Checks that the leaf with hash `leaf` is entry `index` of the tree of `size` leaves with root `root`
/// (RFC 9162 §2.1.3.2). `path` runs from the leaf's sibling up to the root's child.
///
/// # Errors
/// The [`ProofFault`] that shows the proof to be wrong.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, path: &[Hash], root: &Hash) -> Result<(), ProofFault> {
    if index >= size {
        return Err(ProofFault::Sizes);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf;
    for sibling in path {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            // A right edge that is not a right child has no sibling on the levels below the next one-bit.
            let skip = node.trailing_zeros().min(63);
            node >>= skip;
            last >>= skip;
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match last {
        0 if hash == *root => Ok(()),
        0 => Err(ProofFault::Root),
        _ => Err(ProofFault::Length),
    }
}

/// A tree's size in leaves and its root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeHead {
    /// Leaves.
    pub size: u64,
    /// Root hash.
    pub root: Hash,
}

/// Checks that the tree `new` begins with the tree `old` (RFC 9162 §2.1.4.2). An empty old tree is the past of every
/// tree and has an empty proof.
///
/// # Errors
/// The [`ProofFault`] that shows the proof to be wrong.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), ProofFault> {
    if old.size > new.size {
        return Err(ProofFault::Sizes);
    }
    if old.size == 0 || old.size == new.size {
        return unchanged(old, new, proof);
    }
    let skip = (old.size - 1).trailing_ones();
    let (mut node, mut last) = ((old.size - 1) >> skip, (new.size - 1) >> skip);
    // A complete old tree is a node of the new one: its root starts the proof without being sent.
    let (first, rest) = if old.size.is_power_of_two() {
        (old.root, proof)
    } else {
        let (first, rest) = proof.split_first().ok_or(ProofFault::Length)?;
        (*first, rest)
    };
    let (mut old_hash, mut new_hash) = (first, first);
    for sibling in rest {
        if last == 0 {
            return Err(ProofFault::Length);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            let skip = node.trailing_zeros().min(63);
            node >>= skip;
            last >>= skip;
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    match last {
        0 if old_hash != old.root => Err(ProofFault::OldRoot),
        0 if new_hash != new.root => Err(ProofFault::Root),
        0 => Ok(()),
        _ => Err(ProofFault::Length),
    }
}

fn unchanged(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), ProofFault> {
    if !proof.is_empty() {
        return Err(ProofFault::Length);
    }
    if old.size == 0 && old.root != empty_root() {
        return Err(ProofFault::OldRoot);
    }
    if old.size == new.size && old.root != new.root {
        return Err(ProofFault::Root);
    }
    Ok(())
}
