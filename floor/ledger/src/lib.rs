//! The append-only Merkle log: entries, sequencer, proofs, export and verification.

pub mod tree;
