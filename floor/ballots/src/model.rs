//! A ballot, and what opens it for changing.

use kernel::Id;
use sha2::{Digest, Sha256};

/// The noun of ballot ids.
pub enum BallotNoun {}
/// The id of a ballot: random, so that it tells nothing about its time.
pub type BallotId = Id<BallotNoun>;

/// A ballot as it is kept, whatever was voted on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Its id.
    pub id: BallotId,
    /// What was chosen, in the way the area of the vote writes it.
    pub says: String,
}

/// What opens a ballot for changing while the vote is open: a digest of the vote's id and the secret in the voter's
/// link. The secret itself is kept nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BallotKey(pub [u8; 32]);

impl BallotKey {
    /// Characters of a secret at least: 128 bits in hexadecimal.
    pub const SECRET: usize = 32;

    /// The key of a secret; nothing when it is too short to be one, or too long.
    pub fn of(scope: &str, secret: &str) -> Option<BallotKey> {
        let plain = secret.bytes().all(|b| b.is_ascii_alphanumeric());
        if !plain || !(Self::SECRET..=128).contains(&secret.len()) {
            return None;
        }
        let mut hasher = Sha256::new();
        for part in ["linli.ballot-key/v1", scope, secret] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
        Some(BallotKey(hasher.finalize().into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_one_vote_and_is_long_enough() {
        let secret = "0123456789abcdef0123456789abcdef";
        assert!(BallotKey::of("1-a", secret).is_some());
        assert_ne!(BallotKey::of("1-a", secret), BallotKey::of("1-b", secret));
        for wrong in ["", "short", "0123456789abcdef0123456789abcde-", &"a".repeat(129)] {
            assert_eq!(BallotKey::of("1-a", wrong), None, "{wrong}");
        }
    }
}
