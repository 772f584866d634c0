//! Proofs from tiles: any complete subtree is folded from the tile that holds its parts.

use crate::tile::{Kind, WIDTH, tile_at};
use crate::tree::{Hash, HashSource, node_hash};

/// Something that keeps hash tiles: a folder, a table, an object store.
pub trait TileSource {
    /// What can go wrong while reading.
    type Error;

    /// The hashes of tile `index` at tile level `level`, at least the first `width` of them.
    ///
    /// # Errors
    /// When the tile cannot be read.
    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, Self::Error>;
}

/// Why a hash could not be had from tiles.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TileFault<E> {
    /// A tile has fewer hashes than the tree's size says, or the subtree is outside the tree.
    #[error("tile {index} of level {level} has too few hashes")]
    Short {
        /// Tile level.
        level: u8,
        /// Index of the tile in its level.
        index: u64,
    },
    /// The source failed.
    #[error(transparent)]
    Source(#[from] E),
}

/// A [`HashSource`] over tiles of a log of a given size. Keeps the last tile of each level, so a proof reads each tile
/// once.
#[derive(Clone, Debug)]
pub struct TiledHashes<S> {
    source: S,
    size: u64,
    last: Vec<Option<(u64, Vec<Hash>)>>,
}

impl<S: TileSource> TiledHashes<S> {
    /// Reads tiles of a log of `size` entries.
    pub fn new(source: S, size: u64) -> Self {
        Self { source, size, last: Vec::new() }
    }

    fn hashes(&mut self, level: u8, index: u64) -> Result<&[Hash], TileFault<S::Error>> {
        let place = usize::from(level);
        if self.last.len() <= place {
            self.last.resize(place + 1, None);
        }
        if !matches!(&self.last[place], Some((at, _)) if *at == index) {
            let tile = tile_at(Kind::Hashes(level), index, self.size).ok_or(TileFault::Short { level, index })?;
            self.last[place] = Some((index, self.source.tile(level, index, tile.width)?));
        }
        Ok(self.last[place].as_ref().map_or(&[], |(_, hashes)| hashes))
    }
}

impl<S: TileSource> HashSource for TiledHashes<S> {
    type Error = TileFault<S::Error>;

    fn node(&mut self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        let (tile_level, height) = (level / 8, level % 8);
        let first = index << height;
        let (tile, place) = (first / WIDTH, (first % WIDTH) as usize);
        let hashes = self.hashes(tile_level, tile)?;
        let part = hashes.get(place..place + (1 << height));
        part.and_then(fold).ok_or(TileFault::Short { level: tile_level, index: tile })
    }
}

/// The root over a power of two of hashes.
fn fold(hashes: &[Hash]) -> Option<Hash> {
    let mut row = hashes.to_vec();
    while row.len() > 1 {
        row = row.chunks_exact(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
    }
    row.first().copied()
}
