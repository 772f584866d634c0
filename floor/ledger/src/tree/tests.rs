//! Published vectors of certificate-transparency's Merkle tree, and every proof of every small tree.

use proptest::prelude::*;

use super::check::TreeHead;
use super::*;

/// The eight leaves used by certificate-transparency's reference implementations.
const LEAVES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];

const ROOTS: [&str; 8] = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

const A: &str = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
const B: &str = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
const C: &str = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
const D: &str = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
const E: &str = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
const F: &str = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

fn hex(text: &str) -> Hash {
    Hash::from_hex(text).unwrap()
}

fn tree(entries: impl IntoIterator<Item = Vec<u8>>) -> MemoryTree {
    let mut tree = MemoryTree::new();
    entries.into_iter().for_each(|entry| tree.push(&entry));
    tree
}

fn published() -> MemoryTree {
    tree(LEAVES.iter().map(|leaf| leaf.to_vec()))
}

fn head(size: u64) -> TreeHead {
    TreeHead { size, root: hex(ROOTS[size as usize - 1]) }
}

#[test]
fn roots_are_the_published_ones() {
    assert_eq!(empty_root().to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let mut frontier = Frontier::new();
    for (leaf, root) in LEAVES.iter().zip(ROOTS) {
        frontier.push(leaf_hash(leaf));
        assert_eq!(frontier.root(), hex(root));
    }
}

#[test]
fn inclusion_proofs_are_the_published_ones() {
    let mut tree = published();
    let cases: [(u64, u64, &[&str]); 5] =
        [(0, 1, &[]), (0, 8, &[A, B, C]), (5, 8, &[D, E, ROOTS[3]]), (2, 3, &[ROOTS[1]]), (1, 5, &[ROOTS[0], B, D])];
    for (index, size, expected) in cases {
        let expected: Vec<Hash> = expected.iter().map(|text| hex(text)).collect();
        assert_eq!(inclusion_proof(&mut tree, index, size).unwrap(), expected, "entry {index} of {size}");
        let leaf = leaf_hash(LEAVES[index as usize]);
        assert_eq!(verify_inclusion(&leaf, index, size, &expected, &head(size).root), Ok(()));
    }
}

#[test]
fn consistency_proofs_are_the_published_ones() {
    let mut tree = published();
    let cases: [(u64, u64, &[&str]); 4] = [(1, 1, &[]), (1, 8, &[A, B, C]), (6, 8, &[F, E, ROOTS[3]]), (2, 5, &[B, D])];
    for (old, new, expected) in cases {
        let expected: Vec<Hash> = expected.iter().map(|text| hex(text)).collect();
        assert_eq!(consistency_proof(&mut tree, old, new).unwrap(), expected, "{old} in {new}");
        assert_eq!(verify_consistency(&head(old), &head(new), &expected), Ok(()));
    }
}

const MANY: u64 = 300;

/// A tree of [`MANY`] leaves and its root at every size, computed by the definition, not by the frontier.
fn many() -> (MemoryTree, Vec<Hash>) {
    let leaves: Vec<Hash> = (0..MANY).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    let roots = (0..=MANY as usize).map(|size| by_definition(&leaves[..size])).collect();
    (tree((0..MANY).map(|n| n.to_be_bytes().to_vec())), roots)
}

/// MTH of RFC 9162 §2.1.1, word for word.
fn by_definition(leaves: &[Hash]) -> Hash {
    match leaves.len() {
        0 => empty_root(),
        1 => leaves[0],
        n => {
            let k = n.next_power_of_two() / 2;
            node_hash(&by_definition(&leaves[..k]), &by_definition(&leaves[k..]))
        }
    }
}

#[test]
fn every_root_and_inclusion_proof_of_every_small_tree_holds() {
    let (mut tree, roots) = many();
    for size in 0..=MANY {
        assert_eq!(root(&mut tree, size).unwrap(), roots[size as usize]);
        for index in 0..size {
            let path = inclusion_proof(&mut tree, index, size).unwrap();
            let leaf = leaf_hash(&index.to_be_bytes());
            assert_eq!(verify_inclusion(&leaf, index, size, &path, &roots[size as usize]), Ok(()));
        }
    }
    assert_eq!(inclusion_proof(&mut tree, 5, 5), Err(ProveError::NotInTree { index: 5, size: 5 }));
}

#[test]
fn every_consistency_proof_of_every_small_tree_holds() {
    let (mut tree, roots) = many();
    for new in 0..=MANY {
        for old in 0..=new {
            let proof = consistency_proof(&mut tree, old, new).unwrap();
            let (old, new) =
                (TreeHead { size: old, root: roots[old as usize] }, TreeHead { size: new, root: roots[new as usize] });
            assert_eq!(verify_consistency(&old, &new, &proof), Ok(()), "{} in {}", old.size, new.size);
        }
    }
    assert_eq!(consistency_proof(&mut tree, 6, 5), Err(ProveError::NotThePast { old: 6, new: 5 }));
}

#[test]
fn a_frontier_survives_storage_at_every_size() {
    let mut frontier = Frontier::new();
    for n in 0..MANY {
        let bytes = frontier.to_bytes();
        assert!(bytes.len() <= 64 * 32);
        assert_eq!(Frontier::from_bytes(n, &bytes).unwrap(), frontier);
        assert!(Frontier::from_bytes(n ^ 1 << 20, &bytes).is_err());
        assert!(Frontier::from_bytes(n, &[bytes, vec![0]].concat()).is_err());
        frontier.push(leaf_hash(&n.to_be_bytes()));
    }
    assert_eq!(Frontier::from_bytes(MAX_SIZE + 1, &[0; 64]), Err(FrontierError::TooLarge(MAX_SIZE + 1)));
}

#[test]
fn a_frontier_reports_each_complete_subtree_once_and_in_order() {
    let mut seen: Vec<(u8, u64, Hash)> = Vec::new();
    let mut frontier = Frontier::new();
    for n in 0..MANY {
        frontier.push_with(leaf_hash(&n.to_be_bytes()), |level, index, hash| seen.push((level, index, hash)));
    }
    for level in 0..9_u8 {
        let row: Vec<_> = seen.iter().filter(|(at, ..)| *at == level).collect();
        assert_eq!(row.len() as u64, MANY >> level);
        for (place, (_, index, hash)) in row.into_iter().enumerate() {
            assert_eq!(*index, place as u64);
            let leaves: Vec<Hash> =
                (index << level..(index + 1) << level).map(|n| leaf_hash(&n.to_be_bytes())).collect();
            assert_eq!(*hash, by_definition(&leaves));
        }
    }
}

#[test]
fn base64_and_hex_read_only_what_they_write() {
    let hash = leaf_hash(b"x");
    assert_eq!(Hash::from_base64(&hash.to_base64()), Some(hash));
    assert_eq!(Hash::from_hex(&hash.to_string()), Some(hash));
    assert_eq!(Hash::from_hex(&hash.to_string().to_uppercase()), None);
    let canonical = Hash([0; 32]).to_base64();
    assert_eq!(Hash::from_base64(&canonical.replace("A=", "B=")), None, "bits after the end must be zero");
    assert_eq!(Hash::from_base64(canonical.trim_end_matches('=')), None);
}

/// One bit of a list of hashes turned.
fn flip(hashes: &[Hash], bit: usize) -> Vec<Hash> {
    let mut out = hashes.to_vec();
    let bit = bit % (hashes.len() * 256);
    out[bit / 256].0[bit % 256 / 8] ^= 1 << (bit % 8);
    out
}

proptest! {
    #[test]
    fn no_changed_inclusion_proof_holds(size in 2..MANY, index in 0..MANY, bit: usize) {
        let index = index % size;
        let mut tree = tree((0..size).map(|n| n.to_be_bytes().to_vec()));
        let (leaf, root) = (leaf_hash(&index.to_be_bytes()), tree.root());
        let path = inclusion_proof(&mut tree, index, size).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &path, &root), Ok(()));
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &flip(&path, bit), &root), Err(ProofFault::Root));
        prop_assert!(verify_inclusion(&flip(&[leaf], bit)[0], index, size, &path, &root).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &path, &flip(&[root], bit)[0]).is_err());
        prop_assert!(verify_inclusion(&leaf, (index + 1) % size, size, &path, &root).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &path[1..], &root).is_err());
        prop_assert!(verify_inclusion(&leaf, index, size, &[&path[..], &[root]].concat(), &root).is_err());
        prop_assert_eq!(verify_inclusion(&leaf, size, size, &path, &root), Err(ProofFault::Sizes));
    }

    #[test]
    fn no_changed_consistency_proof_holds(new in 2..MANY, old in 1..MANY, bit: usize) {
        let old = 1 + (old - 1) % (new - 1);
        let mut tree = tree((0..new).map(|n| n.to_be_bytes().to_vec()));
        let proof = consistency_proof(&mut tree, old, new).unwrap();
        let (old, new) = (TreeHead { size: old, root: root(&mut tree, old).unwrap() }, TreeHead { size: new, root: tree.root() });
        prop_assert_eq!(verify_consistency(&old, &new, &proof), Ok(()));
        prop_assert!(verify_consistency(&old, &new, &flip(&proof, bit)).is_err());
        let other = |head: &TreeHead| TreeHead { root: flip(&[head.root], bit)[0], ..*head };
        prop_assert!(verify_consistency(&other(&old), &new, &proof).is_err());
        prop_assert!(verify_consistency(&old, &other(&new), &proof).is_err());
        prop_assert!(verify_consistency(&old, &new, &proof[1..]).is_err());
        prop_assert!(verify_consistency(&old, &new, &[&proof[..], &[new.root]].concat()).is_err());
        prop_assert_eq!(verify_consistency(&new, &old, &proof), Err(ProofFault::Sizes));
    }

    #[test]
    fn checks_never_panic(index: u64, size: u64, n in 0..70_usize) {
        let path = vec![Hash([7; 32]); n];
        let head = |size| TreeHead { size, root: Hash([7; 32]) };
        let _ = verify_inclusion(&path.first().copied().unwrap_or(Hash([1; 32])), index, size, &path, &Hash([9; 32]));
        let _ = verify_consistency(&head(index), &head(size), &path);
    }
}
