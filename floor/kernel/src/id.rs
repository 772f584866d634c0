//! Identifiers: made by the application, text, shard number first.

use std::{fmt, marker::PhantomData, str::FromStr};

use crate::{Chance, Instant};

/// The shard number: opaque, stands first in every key of a large table and in every [`Id`], never changes.
///
/// Places map to it (by default one home a subdistrict), so that merging or moving a community moves no row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Home(pub u32);

impl Home {
    /// The number as the database stores it.
    pub fn as_i64(self) -> i64 {
        i64::from(self.0)
    }

    /// A stored number back into a home; `None` outside `0..=u32::MAX`.
    pub fn from_i64(n: i64) -> Option<Home> {
        u32::try_from(n).ok().map(Home)
    }
}

impl fmt::Display for Home {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Crockford's base 32 in lower case: no `i`, `l`, `o`, `u`, so that an id can be read out over the telephone.
const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Letters of a time-ordered id: 52 bits of microseconds (until the year 2112) and 48 bits of chance.
const ORDERED_LEN: usize = 20;
/// Letters of a random id: 120 bits of chance.
const RANDOM_LEN: usize = 24;

/// An identifier of a `K`: `"7-01jd3k…"`, the home, a dash and 20 time-ordered or 24 random letters.
///
/// `K` only keeps ids of different nouns apart at compile time; it is never stored.
pub struct Id<K>(Box<str>, PhantomData<fn() -> K>);

/// Why a text is not an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier: expected a number, a dash and {ORDERED_LEN} or {RANDOM_LEN} letters")]
pub struct IdError;

impl<K> Id<K> {
    /// A new id that sorts by its time of making within a home.
    pub fn ordered(home: Home, now: Instant, chance: &mut Chance) -> Self {
        let micros = u128::from(u64::try_from(now.0).unwrap_or(0) & ((1 << 52) - 1));
        let bits = (micros << 48) | (chance.bits128() & ((1 << 48) - 1));
        Self::letters(home, bits, ORDERED_LEN)
    }

    /// A new id that tells nothing about its time of making. Sorting by it is a uniform shuffle.
    pub fn random(home: Home, chance: &mut Chance) -> Self {
        Self::letters(home, chance.bits128(), RANDOM_LEN)
    }

    fn letters(home: Home, bits: u128, len: usize) -> Self {
        let mut text = format!("{home}-");
        for place in (0..len).rev() {
            let five = usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0);
            text.push(char::from(LETTERS[five]));
        }
        Id(text.into(), PhantomData)
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The home that the id names.
    pub fn home(&self) -> Home {
        let digits = self.0.split('-').next().unwrap_or("0");
        Home(digits.parse().unwrap_or(0))
    }
}

impl<K> FromStr for Id<K> {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let (home, letters) = text.split_once('-').ok_or(IdError)?;
        let canonical = home.parse::<u32>().is_ok_and(|n| n.to_string() == home);
        let known = letters.bytes().all(|b| LETTERS.contains(&b));
        let sized = letters.len() == ORDERED_LEN || letters.len() == RANDOM_LEN;
        if canonical && known && sized { Ok(Id(text.into(), PhantomData)) } else { Err(IdError) }
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Id(self.0.clone(), PhantomData)
    }
}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K> Eq for Id<K> {}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&self.0)
    }
}
impl<'de, K> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Thing;

    #[test]
    fn ordered_ids_sort_by_time_and_come_back_from_text() {
        let mut chance = Chance::seeded(1);
        let early = Id::<Thing>::ordered(Home(7), Instant(1_700_000_000_000_000), &mut chance);
        let late = Id::<Thing>::ordered(Home(7), Instant(1_700_000_000_000_001), &mut chance);
        assert!(early < late);
        assert_eq!(early.home(), Home(7));
        assert_eq!(early.as_str().parse::<Id<Thing>>(), Ok(early));
    }

    #[test]
    fn what_is_not_an_id_is_refused() {
        for text in [
            "",
            "7",
            "7-",
            "x-0123456789abcdefghjk",
            "07-0123456789abcdefghjk",
            "7-0123456789ABCDEFGHJK",
            "7-0123'; drop table x",
        ] {
            assert_eq!(text.parse::<Id<Thing>>(), Err(IdError), "{text}");
        }
    }
}
