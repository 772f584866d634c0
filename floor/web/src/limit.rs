//! How many writes one client may send: a bucket of drops for each address, or each /64 of IPv6.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Writes in a row before waiting begins.
const BURST: u32 = 60;
/// How long until one more write is free.
const REFILL: Duration = Duration::from_millis(500);
/// Addresses remembered; beyond it the ones that are full again are forgotten.
const MOST: usize = 100_000;

/// Buckets by network.
#[derive(Debug, Default)]
pub(crate) struct Limiter {
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Debug)]
struct Bucket {
    left: u32,
    at: Instant,
}

/// What stands for one client: an IPv4 address, or the /64 of an IPv6 one, of which every household and every server has
/// a whole (RFC 6177, RFC 7934), so that a single address says nothing. `None` for the machine itself.
pub(crate) fn network(address: IpAddr) -> Option<IpAddr> {
    let address = address.to_canonical();
    if address.is_loopback() {
        return None;
    }
    Some(match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(long) => Ipv6Addr::from_bits(long.to_bits() & !u128::from(u64::MAX)).into(),
    })
}

impl Limiter {
    /// Whether the network of a client ([`network`]) may write at `now`. The machine itself always may (the proxy's own
    /// checks, benchmarks).
    pub(crate) fn admits(&self, client: Option<IpAddr>, now: Instant) -> bool {
        let Some(network) = client else { return true };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MOST {
            buckets.retain(|_, bucket| now.duration_since(bucket.at) < REFILL * BURST);
        }
        let bucket = buckets.entry(network).or_insert(Bucket { left: BURST, at: now });
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
        let (noisy, calm) = (network([203, 0, 113, 7].into()), network([203, 0, 113, 8].into()));
        let start = Instant::now();
        assert_eq!((0..100).filter(|_| limiter.admits(noisy, start)).count(), 60);
        assert!(limiter.admits(calm, start));
        assert!(!limiter.admits(noisy, start + REFILL / 2));
        assert!(limiter.admits(noisy, start + REFILL * 2));
        assert_eq!((0..100).filter(|_| limiter.admits(noisy, start + REFILL * 1_000)).count(), 60);
        assert_eq!((0..100).filter(|_| limiter.admits(network([127, 0, 0, 1].into()), start)).count(), 100);
    }
    #[test]
    fn a_client_of_ipv6_is_its_64_and_a_mapped_address_is_the_one_it_maps() {
        let of = |text: &str| network(text.parse().unwrap()).map(|net| net.to_string());
        for (address, wanted) in [
            ("2001:db8:1:2::1", Some("2001:db8:1:2::")),
            ("2001:db8:1:2:ffff:ffff:ffff:ffff", Some("2001:db8:1:2::")),
            ("2001:db8:1:3::1", Some("2001:db8:1:3::")),
            ("::ffff:203.0.113.7", Some("203.0.113.7")),
            ("203.0.113.7", Some("203.0.113.7")),
            ("::1", None),
            ("::ffff:127.0.0.1", None),
            ("127.8.0.1", None),
        ] {
            assert_eq!(of(address).as_deref(), wanted, "{address}");
        }
        let (limiter, start) = (Limiter::default(), Instant::now());
        let from = |n: u128| network(Ipv6Addr::from_bits((0x2001_0db8 << 96) | n).into());
        assert_eq!((0..100).filter(|n| limiter.admits(from(*n), start)).count(), 60, "one client, a hundred addresses");
        assert!(limiter.admits(from(1 << 64), start), "the next client");
    }
}
