//! The append-only Merkle log: entries, sequencer, proofs, export and verification.

pub mod erase;
pub mod note;
pub mod proof;
pub mod tile;
pub mod tree;
