//! Commitments that can be forgotten.
//!
//! The log is append-only, so nothing personal may be written into it. An entry carries `commit(salt, private)` instead,
//! and the private part and its 32 random salt bytes lie in ordinary tables. While both are there, anyone who is shown
//! them can check that they are what was logged. Deleting the salt is the erasure: names, choices and phone numbers can
//! be guessed from short lists, so an unsalted hash would be personal data; with 256 secret bits that no longer exist
//! every private part is equally likely, and the entry, the root and all proofs stay as they were.
//!
//! The salt must be fresh for each commitment and from a cryptographic source; the caller's chance provides it.

use sha2::{Digest as _, Sha256};

use crate::tree::Hash;

/// Sets these hashes apart from leaves (0x00…), nodes (0x01…) and files.
const DOMAIN: &[u8] = b"linli.commitment/v1";

/// SHA-256 over the parts domain, `salt` and `private`, each behind its length in bytes (8 bytes, big-endian): so no two
/// different inputs give the same bytes to hash.
#[must_use]
pub fn commit(salt: &[u8; 32], private: &[u8]) -> Hash {
    let mut hasher = Sha256::new();
    for part in [DOMAIN, salt, private] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    Hash(hasher.finalize().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::leaf_hash;

    #[test]
    fn the_commitment_is_the_documented_hash() {
        let salt = [7; 32];
        let bytes = [
            &[0, 0, 0, 0, 0, 0, 0, 19][..],
            b"linli.commitment/v1",
            &[0, 0, 0, 0, 0, 0, 0, 32],
            &salt,
            &[0, 0, 0, 0, 0, 0, 0, 3],
            b"yes",
        ]
        .concat();
        assert_eq!(commit(&salt, b"yes"), Hash::of(&bytes));
    }

    #[test]
    fn another_salt_or_private_part_is_another_commitment() {
        let base = commit(&[7; 32], b"yes");
        assert_ne!(base, commit(&[8; 32], b"yes"));
        assert_ne!(base, commit(&[7; 32], b"no"));
        assert_ne!(base, commit(&[7; 32], b"yes\0"));
        assert_ne!(base, leaf_hash(b"yes"));
    }
}
