//! Persons and voters.

use sha2::{Digest, Sha256};

/// What a roll keeps of a voter: a digest of the vote's id and the voter's code, so that a copied roll opens no ballot
/// paper and the same code in two votes is two keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VoterKey(pub [u8; 32]);

impl VoterKey {
    /// The key of `code` in the vote `scope`.
    pub fn of(scope: &str, code: &str) -> VoterKey {
        let mut hasher = Sha256::new();
        for part in ["linli.voter/v1", scope, code.trim()] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        VoterKey(hasher.finalize().into())
    }
}

/// A voter's mark in the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The voter's salt, from which the commitment in the log is made.
    pub salt: [u8; 32],
    /// The voter's key.
    pub key: VoterKey,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_another_key_in_another_vote() {
        assert_eq!(VoterKey::of("1-a", "K7Q2"), VoterKey::of("1-a", " K7Q2 "));
        assert_ne!(VoterKey::of("1-a", "K7Q2"), VoterKey::of("1-b", "K7Q2"));
        assert_ne!(VoterKey::of("1-a", "bc"), VoterKey::of("1-ab", "c"));
    }
}
