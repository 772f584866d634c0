use std::collections::HashMap;
use std::convert::Infallible;

use proptest::prelude::*;

use super::*;
use crate::tree::{Frontier, MemoryTree, consistency_proof, inclusion_proof, leaf_hash};

#[test]
fn paths_are_those_of_the_specification() {
    let hashes = |level, index, width| Tile { kind: Kind::Hashes(level), index, width };
    let cases = [
        (hashes(0, 1_234_067, 256), "tile/0/x001/x234/067"),
        (hashes(0, 0, 256), "tile/0/000"),
        (hashes(63, 999, 1), "tile/63/999.p/1"),
        (hashes(1, 1000, 255), "tile/1/x001/000.p/255"),
        (hashes(0, 1_000_000_000, 256), "tile/0/x001/x000/x000/000"),
        (Tile { kind: Kind::Entries, index: 273, width: 112 }, "tile/entries/273.p/112"),
    ];
    for (tile, path) in cases {
        assert_eq!(tile.to_string(), path);
        assert_eq!(Tile::parse(path), Some(tile));
    }
    for path in [
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/x000/067",
        "tile/0/001/067",
        "tile/0/xx01",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000/",
        "tile/0/../000",
        "tile/-1/000",
        "tile/entries/",
        "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
        "tile/0/+01",
    ] {
        assert_eq!(Tile::parse(path), None, "{path}");
    }
}

#[test]
fn a_tree_of_70000_has_the_tiles_of_the_specification() {
    let tiles: Vec<Tile> = tiles_of(70_000).collect();
    let of = |kind, full| tiles.iter().filter(|tile| tile.kind == kind && (tile.width == 256) == full).count();
    let partial = |kind| tiles.iter().find(|tile| tile.kind == kind && tile.width < 256).map(|tile| tile.width);
    assert_eq!((of(Kind::Hashes(0), true), partial(Kind::Hashes(0))), (273, Some(112)));
    assert_eq!((of(Kind::Hashes(1), true), partial(Kind::Hashes(1))), (1, Some(17)));
    assert_eq!((of(Kind::Hashes(2), true), partial(Kind::Hashes(2))), (0, Some(1)));
    assert_eq!((of(Kind::Entries, true), partial(Kind::Entries)), (273, Some(112)));
    assert_eq!(tiles.len(), 274 + 274 + 2 + 1);
    let of_256: Vec<String> = tiles_of(256).map(|tile| tile.to_string()).collect();
    assert_eq!(of_256, ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles_of(0).count(), 0);
}

#[test]
fn an_entry_too_long_is_a_typed_error() {
    let mut bundle = Vec::new();
    append_entry(&mut bundle, &vec![7; MAX_ENTRY]).unwrap();
    assert_eq!(append_entry(&mut bundle, &vec![7; MAX_ENTRY + 1]), Err(EntryTooLong(MAX_ENTRY + 1)));
    assert_eq!(entries(&bundle).count(), 1);
}

/// Tiles kept in a map, as an object store would.
struct Kept(HashMap<(u8, u64), Vec<Hash>>);

impl TileSource for Kept {
    type Error = Infallible;

    fn tile(&mut self, level: u8, index: u64, _: u16) -> Result<Vec<Hash>, Infallible> {
        Ok(self.0.get(&(level, index)).cloned().unwrap_or_default())
    }
}

#[test]
fn proofs_from_tiles_are_those_from_the_whole_tree() {
    let size = 66_000_u64;
    let (mut tree, mut frontier, mut kept) = (MemoryTree::new(), Frontier::new(), HashMap::new());
    for n in 0..size {
        let entry = n.to_be_bytes();
        tree.push(&entry);
        frontier.push_with(leaf_hash(&entry), |level, index, hash| {
            if level % 8 == 0 {
                kept.entry((level / 8, index / WIDTH)).or_insert_with(Vec::new).push(hash);
            }
        });
    }
    let mut tiled = TiledHashes::new(Kept(kept), size);
    for index in [0, 1, 255, 256, 65_535, 65_536, 65_999] {
        assert_eq!(inclusion_proof(&mut tiled, index, size).unwrap(), inclusion_proof(&mut tree, index, size).unwrap());
        let old = index + 1;
        assert_eq!(consistency_proof(&mut tiled, old, size).unwrap(), consistency_proof(&mut tree, old, size).unwrap());
    }
    let mut empty = TiledHashes::new(Kept(HashMap::new()), size);
    assert!(inclusion_proof(&mut empty, 5, size).is_err());
}

proptest! {
    #[test]
    fn every_tile_path_reads_back(level in 0..64_u8, index in 0..1_u64 << 56, width in 1..=256_u16, leaf: bool) {
        let kind = if leaf { Kind::Entries } else { Kind::Hashes(level) };
        let tile = Tile { kind, index, width };
        prop_assert_eq!(Tile::parse(&tile.to_string()), Some(tile));
    }

    #[test]
    fn bundles_read_back(list in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20), cut: usize) {
        let mut bundle = Vec::new();
        list.iter().for_each(|entry| append_entry(&mut bundle, entry).unwrap());
        let read: Vec<&[u8]> = entries(&bundle).map(|entry| entry.unwrap().bytes).collect();
        prop_assert_eq!(&read, &list);
        if !bundle.is_empty() {
            let short = &bundle[..cut % bundle.len()];
            let whole = entries(short).filter(Result::is_ok).count();
            prop_assert!(whole < list.len());
            prop_assert!(entries(short).take(whole).zip(&list).all(|(read, entry)| read.unwrap().bytes == entry));
        }
    }

    #[test]
    fn reading_never_panics(path in "tile/(entries|[0-9]{1,3})/[x0-9/.p]{0,30}", bytes: Vec<u8>) {
        let _ = Tile::parse(&path);
        prop_assert!(entries(&bytes).count() <= bytes.len());
    }
}
