//! Tiles and entry bundles of c2sp.org/tlog-tiles: how a log is cut into files.
//!
//! A tile at tile level `t` holds 256 hashes of complete subtrees of height `8 t`; a bundle holds 256 entries. The last
//! ones of each level are partial.

mod source;

use std::fmt;

use crate::note::decimal;
use crate::tree::Hash;

pub use source::{TileFault, TileSource, TiledHashes};

/// Hashes in a full tile, entries in a full bundle.
pub const WIDTH: u64 = 256;

/// The longest entry, in bytes: its length is written in two bytes.
pub const MAX_ENTRY: usize = 65_535;

/// The longest bundle, in bytes.
pub const MAX_BUNDLE: usize = WIDTH as usize * (2 + MAX_ENTRY);

/// What a tile file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Entries.
    Entries,
    /// Hashes of this tile level, 0 to 63.
    Hashes(u8),
}

/// One file of a log: displayed as its path, `tile/0/x001/x234/067` or, when partial, `tile/0/x001/x234/067.p/12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// Entries or hashes, and the level.
    pub kind: Kind,
    /// The place among the files of that kind and level.
    pub index: u64,
    /// Entries or hashes inside, 1 to 256.
    pub width: u16,
}

impl Tile {
    /// Reads a path; `None` for anything that [`Tile`]'s `Display` would not write.
    #[must_use]
    pub fn parse(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = match kind {
            "entries" => Kind::Entries,
            level => Kind::Hashes(decimal(level).filter(|level| *level < 64)? as u8),
        };
        let (digits, width) = match rest.split_once(".p/") {
            None => (rest, WIDTH as u16),
            Some((digits, width)) => (digits, decimal(width).filter(|width| (1..WIDTH).contains(width))? as u16),
        };
        let index = digits.split('/').map(|part| part.trim_start_matches('x')).collect::<String>();
        // Up to 18 digits cannot overflow; the comparison below refuses every other spelling.
        if index.len() > 18 || !index.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let tile = Self { kind, index: index.parse().ok()?, width };
        (tile.to_string() == path).then_some(tile)
    }

    /// The index of the first entry or hash inside, counted within the kind and level.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.index.saturating_mul(WIDTH)
    }
}

impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            Kind::Entries => f.write_str("tile/entries/")?,
            Kind::Hashes(level) => write!(f, "tile/{level}/")?,
        }
        let mut unit = 1000_u64;
        while self.index / unit >= 1000 {
            unit *= 1000;
        }
        while unit > 1 {
            if self.index >= unit {
                write!(f, "x{:03}/", self.index / unit % 1000)?;
            }
            unit /= 1000;
        }
        write!(f, "{:03}", self.index % 1000)?;
        if u64::from(self.width) < WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// The tile of `kind` at `index` in a log of `size` entries, with its width; `None` when the log has none there.
#[must_use]
pub fn tile_at(kind: Kind, index: u64, size: u64) -> Option<Tile> {
    let inside = size.checked_shr(match kind {
        Kind::Entries => 0,
        Kind::Hashes(level) => 8 * u32::from(level),
    });
    let width = inside.unwrap_or(0).saturating_sub(index.saturating_mul(WIDTH)).min(WIDTH);
    (width > 0).then_some(Tile { kind, index, width: width as u16 })
}

/// Every tile and bundle of a log of `size` entries: entries first, then each level from 0 upwards.
pub fn tiles_of(size: u64) -> impl Iterator<Item = Tile> {
    std::iter::once(Kind::Entries)
        .chain((0..8).map(Kind::Hashes))
        .flat_map(move |kind| (0..).map_while(move |index| tile_at(kind, index, size)))
}

/// An entry is longer than [`MAX_ENTRY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("an entry has at most {MAX_ENTRY} bytes, this one has {0}")]
pub struct EntryTooLong(pub usize);

/// Appends one entry to a bundle: its length in two big-endian bytes, then its bytes.
///
/// # Errors
/// [`EntryTooLong`]; the bundle is then unchanged.
pub fn append_entry(bundle: &mut Vec<u8>, entry: &[u8]) -> Result<(), EntryTooLong> {
    let length = u16::try_from(entry.len()).map_err(|_| EntryTooLong(entry.len()))?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// One entry of a bundle and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BundledEntry<'a> {
    /// The entry's bytes.
    pub bytes: &'a [u8],
    /// Offset in the bundle of the entry's length prefix, in bytes.
    pub offset: usize,
}

/// A bundle ends inside the entry that begins at this offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the bundle ends inside the entry that begins at byte {0}")]
pub struct CutShort(pub usize);

/// The entries of a bundle one after the other, until its end or the first one that is cut short.
pub fn entries(bundle: &[u8]) -> impl Iterator<Item = Result<BundledEntry<'_>, CutShort>> {
    let mut offset = 0;
    std::iter::from_fn(move || {
        let rest = bundle.get(offset..).filter(|rest| !rest.is_empty())?;
        let entry = rest.split_first_chunk::<2>().and_then(|(length, rest)| {
            rest.get(..usize::from(u16::from_be_bytes(*length))).map(|bytes| BundledEntry { bytes, offset })
        });
        let Some(entry) = entry else {
            let at = offset;
            offset = bundle.len();
            return Some(Err(CutShort(at)));
        };
        offset += 2 + entry.bytes.len();
        Some(Ok(entry))
    })
}

/// The hashes of a tile; `None` unless `bytes` is exactly `width` hashes.
#[must_use]
pub fn hashes(bytes: &[u8], width: u16) -> Option<Vec<Hash>> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    (rest.is_empty() && hashes.len() == usize::from(width)).then(|| hashes.iter().copied().map(Hash).collect())
}

#[cfg(test)]
mod tests;
