//! Chance as an argument.

use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha20Rng;

/// A source of random bits that is handed in, never fetched: seeded in tests and draws, from the system at the rim.
#[derive(Clone)]
pub struct Chance(ChaCha20Rng);

impl Chance {
    /// Reproducible chance for tests, demonstrations and published draws.
    pub fn seeded(seed: u64) -> Self {
        Chance(ChaCha20Rng::seed_from_u64(seed))
    }

    /// Chance from 32 bytes of the system's entropy (or of a published beacon).
    pub fn from_bytes(seed: [u8; 32]) -> Self {
        Chance(ChaCha20Rng::from_seed(seed))
    }

    /// 128 uniform bits.
    pub fn bits128(&mut self) -> u128 {
        (u128::from(self.0.next_u64()) << 64) | u128::from(self.0.next_u64())
    }

    /// 32 uniform bytes, the size of a salt.
    pub fn bytes32(&mut self) -> [u8; 32] {
        let mut bytes = [0; 32];
        self.0.fill_bytes(&mut bytes);
        bytes
    }

    /// A uniform number below `n` (0 when `n` is 0), by rejection: no value is likelier than another.
    pub fn below(&mut self, n: u64) -> u64 {
        if n == 0 {
            return 0;
        }
        let limit = u64::MAX - u64::MAX % n;
        loop {
            let draw = self.0.next_u64();
            if draw < limit {
                return draw % n;
            }
        }
    }

    /// Puts items in an order by chance (Fisher and Yates): every order is as likely as any other, and the same chance
    /// gives the same order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            let other = usize::try_from(self.below(last as u64 + 1)).unwrap_or(last);
            items.swap(last, other);
        }
    }
}

impl std::fmt::Debug for Chance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Chance")
    }
}
