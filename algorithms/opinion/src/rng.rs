//! Chance from a seed, the same on every machine: SplitMix64 (Steele, Lea, Flood, *Fast splittable pseudorandom number
//! generators*, OOPSLA 2014).

/// A stream of numbers.
pub(crate) struct SplitMix(u64);

impl SplitMix {
    /// A stream of its own for each purpose under one seed.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        let mut parent = Self(seed);
        Self(parent.next().wrapping_add(purpose.wrapping_mul(0xD6E8_FEB8_6659_FD93)))
    }

    /// 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to `n` − 1; 0 for `n` = 0. The bias is below `n`/2⁶⁴.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        ((u128::from(self.next()) * u128::from(n)) >> 64) as u64
    }

    /// From 0 to below 1, in steps of 2⁻⁵³.
    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}

#[cfg(test)]
mod tests {
    use super::SplitMix;

    #[test]
    fn the_stream_is_the_published_one() {
        // the first outputs for state 1234567, as in the reference implementation's test vector
        let mut stream = SplitMix(1_234_567);
        let first: Vec<u64> = (0..3).map(|_| stream.next()).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_stay_below_their_bound() {
        let mut stream = SplitMix::new(1, 2);
        assert!((0..1000).all(|_| stream.below(7) < 7));
        assert!((0..1000).all(|_| (0.0..1.0).contains(&stream.unit())));
        assert_eq!(stream.below(0), 0);
    }
}
