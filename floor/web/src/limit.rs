//! How many writes one client may send: a bucket of drops for each address.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Writes in a row before waiting begins.
const BURST: u32 = 60;
/// How long until one more write is free.
const REFILL: Duration = Duration::from_millis(500);
/// Addresses remembered; beyond it the ones that are full again are forgotten.
const MOST: usize = 100_000;

/// Buckets by address.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    left: u32,
    at: Instant,
}

impl Limiter {
    /// Whether the address may write at `now`. The machine itself always may (the proxy's own checks, benchmarks).
    pub(crate) fn admits(&self, address: IpAddr, now: Instant) -> bool {
        if address.is_loopback() {
            return true;
        }
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < REFILL * BURST);
        }
        let bucket = buckets.entry(address).or_insert(Bucket { left: BURST, at: now });
        let drops = now.duration_since(bucket.at).as_millis() / REFILL.as_millis();
        if let Ok(drops @ 1..) = u32::try_from(drops) {
            bucket.left = bucket.left.saturating_add(drops).min(BURST);
            bucket.at = now;
        }
        let admitted = bucket.left > 0;
        bucket.left = bucket.left.saturating_sub(1);
        admitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_waits_after_its_burst_and_only_that_client() {
        let limiter = Limiter::default();
        let (noisy, calm) = (IpAddr::from([203, 0, 113, 7]), IpAddr::from([203, 0, 113, 8]));
        let start = Instant::now();
        assert_eq!((0..100).filter(|_| limiter.admits(noisy, start)).count(), 60);
        assert!(limiter.admits(calm, start));
        assert!(!limiter.admits(noisy, start + REFILL / 2));
        assert!(limiter.admits(noisy, start + REFILL * 2));
        assert_eq!((0..100).filter(|_| limiter.admits(noisy, start + REFILL * 1_000)).count(), 60);
        assert_eq!((0..100).filter(|_| limiter.admits(IpAddr::from([127, 0, 0, 1]), start)).count(), 100);
    }
}
