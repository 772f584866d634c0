//! Damage of every kind to small exports, each found and named.

use std::collections::BTreeMap;
use std::fs;

use super::*;
use crate::note::Signer;
use crate::testing::{Scratch, entry, export, export_as, signer};
use crate::tile::{Kind, TiledHashes, WIDTH};
use crate::tree::{inclusion_proof, leaf_hash, verify_inclusion};

/// All files below a folder by relative path.
fn files(dir: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![dir.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
                found.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn pin() -> String {
    signer().verifier().to_string()
}

fn damage(dir: &Path, pin: Option<&str>) -> (Finding, LogState) {
    match verify_dir(dir, pin) {
        Err(VerifyError::Found { finding, log }) => (finding, log),
        other => panic!("expected a finding, got {other:?}"),
    }
}

/// The entry whose bytes in the bundle hold `offset`, by the sizes that [`entry`] gives.
fn entry_at(tile: &Tile, offset: usize) -> (u64, std::ops::Range<u64>) {
    let mut start = 0;
    for index in tile.start().. {
        let end = start + 2 + entry(index).len();
        if offset < end {
            return (index, start as u64..end as u64);
        }
        start = end;
    }
    unreachable!("a bundle ends")
}

#[test]
fn an_untouched_export_is_verified_and_its_entries_handed_over() {
    for size in [0, 1, 255, 256, 257, 700] {
        let scratch = Scratch::new("whole");
        let dir = scratch.path("export");
        let summary = export(&dir, size);
        let mut next = 0;
        let report = verify_dir_with(&dir, Some(&pin()), |index, bytes| {
            assert_eq!((index, bytes), (next, &entry(index)[..]));
            next += 1;
        });
        let report = report.unwrap();
        assert_eq!((next, report.size, report.root), (size, size, summary.root));
        assert_eq!((report.files, report.bytes, report.pinned), (summary.files, summary.bytes, true));
        assert_eq!(report.added, ["rules/owners.toml"]);
        assert!(!verify_dir(&dir, None).unwrap().pinned);
    }
}

/// Flips one bit of each `step`-th byte of each file and checks what is said.
fn flip_all(size: u64, step: usize) {
    let scratch = Scratch::new("flip");
    let dir = scratch.path("export");
    export(&dir, size);
    for (path, bytes) in files(&dir) {
        for place in (0..bytes.len()).step_by(step).chain([bytes.len() - 1]) {
            let mut wrong = bytes.clone();
            wrong[place] ^= 1 << (place % 8);
            fs::write(dir.join(&path), &wrong).unwrap();
            let (finding, log) = damage(&dir, Some(&pin()));
            named(&finding, log, &path, &bytes, place);
            if place % 3 == 0 {
                let (unpinned, _) = damage(&dir, None);
                assert_eq!(unpinned.path(), Some(path.as_str()), "byte {place} of {path}: {unpinned}");
            }
        }
        fs::write(dir.join(&path), &bytes).unwrap();
    }
    assert!(verify_dir(&dir, Some(&pin())).is_ok(), "the export is whole again");
}

/// Whether a flipped byte is named as well as it can be.
fn named(finding: &Finding, log: LogState, path: &str, bytes: &[u8], place: usize) {
    let at = format!("byte {place} of {path}: {finding}, {log}");
    assert_eq!(finding.path(), Some(path), "{at}");
    let line_there = bytes[..place].iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    match (Tile::parse(path), finding) {
        (Some(tile @ Tile { kind: Kind::Entries, .. }), Finding::EntryChanged { index, bytes: range, .. }) => {
            let (expected, there) = entry_at(&tile, place);
            assert_eq!((*index, range.start), (expected, there.start), "{at}");
            assert_ne!(log, LogState::Agrees, "{at}");
            if place as u64 >= there.start + 2 {
                assert_eq!((range.end, log), (there.end, LogState::Disagrees), "{at}");
            }
        }
        (Some(tile), Finding::HashChanged { level, tile: index, hash, .. }) => {
            assert_eq!((Kind::Hashes(*level), *index, usize::from(*hash)), (tile.kind, tile.index, place / 32), "{at}");
            assert_eq!(log, LogState::Agrees, "{at}");
        }
        (None, Finding::FileChanged { line, .. }) => {
            assert_eq!(log, LogState::Agrees, "{at}");
            match path {
                "checkpoint" => assert_eq!(*line, Some(line_there.min(5)), "{at}"),
                "vkey" => assert_eq!(*line, Some(1), "{at}"),
                _ => assert_eq!(*line, None, "{at}"),
            }
        }
        (None, Finding::ManifestChanged { line }) => {
            assert_eq!(log, LogState::Agrees, "{at}");
            let signed = bytes.len() - 200;
            // Near the signature the form itself is broken. Above it the line is told, or the next one when a line was
            // joined to it or left its place in the order.
            let near = line.is_some_and(|line| (line_there..=line_there + 1).contains(&line));
            assert!(place > signed || near, "{at}, line {line_there}");
        }
        _ => panic!("{at}"),
    }
}

#[test]
fn every_byte_of_a_small_export_is_pinned() {
    flip_all(3, 1);
}

#[test]
fn bytes_all_over_larger_exports_are_pinned() {
    for (size, step) in [(0, 11), (1, 13), (255, 97), (256, 101), (257, 89), (700, 211)] {
        flip_all(size, step);
    }
}

#[test]
fn a_deleted_file_is_named() {
    let scratch = Scratch::new("delete");
    let dir = scratch.path("export");
    export(&dir, 257);
    for (path, bytes) in files(&dir) {
        fs::remove_file(dir.join(&path)).unwrap();
        let (finding, log) = damage(&dir, Some(&pin()));
        assert_eq!(finding, Finding::Missing { path: path.clone() });
        let entries = path.starts_with("tile/entries");
        assert_eq!(log, if entries { LogState::Unknown } else { LogState::Agrees }, "{path}");
        fs::write(dir.join(&path), bytes).unwrap();
    }
}

#[test]
fn a_shortened_or_lengthened_file_is_named() {
    let scratch = Scratch::new("truncate");
    let dir = scratch.path("export");
    export(&dir, 257);
    for (path, bytes) in files(&dir) {
        for length in [0, 1, bytes.len() / 2, bytes.len() - 1] {
            fs::write(dir.join(&path), &bytes[..length]).unwrap();
            let (finding, log) = damage(&dir, Some(&pin()));
            assert_eq!(finding.path(), Some(path.as_str()), "{path} cut to {length}");
            if path == "tile/entries/000" {
                let Finding::EntryChanged { index, .. } = finding else { panic!("{finding}") };
                assert_eq!(index, entry_at(&Tile::parse(&path).unwrap(), length).0);
                assert_eq!(log, LogState::Unknown);
            }
        }
        fs::write(dir.join(&path), [&bytes[..], b"\n"].concat()).unwrap();
        let (finding, _) = damage(&dir, Some(&pin()));
        assert_eq!(finding.path(), Some(path.as_str()), "{path} made longer");
        if path.starts_with("tile/") {
            assert_eq!(finding, Finding::Surplus { path: path.clone(), offset: bytes.len() as u64 });
        }
        fs::write(dir.join(&path), bytes).unwrap();
    }
}

#[test]
fn an_added_file_or_folder_is_named() {
    let scratch = Scratch::new("add");
    let dir = scratch.path("export");
    export(&dir, 3);
    for path in ["zz", "tile/zz", "tile/0/000", "rules/owners.toml~", ".hidden", "tile/entries/x001/000"] {
        let folder = dir.join(path).parent().unwrap().to_owned();
        fs::create_dir_all(&folder).unwrap();
        fs::write(dir.join(path), "x").unwrap();
        let (finding, log) = damage(&dir, Some(&pin()));
        let named = if path.contains("x001") { "tile/entries/x001/" } else { path };
        assert_eq!((finding, log), (Finding::Unlisted { path: named.to_owned() }, LogState::Agrees));
        fs::remove_file(dir.join(path)).unwrap();
        if path.contains("x001") {
            fs::remove_dir(folder).unwrap();
        }
    }
    fs::create_dir(dir.join("empty")).unwrap();
    assert_eq!(damage(&dir, None).0, Finding::Unlisted { path: "empty/".to_owned() });
}

#[cfg(unix)]
#[test]
fn links_and_folders_in_place_of_files_are_refused() {
    let scratch = Scratch::new("links");
    let dir = scratch.path("export");
    export(&dir, 257);
    for (path, bytes) in files(&dir) {
        let elsewhere = scratch.path("elsewhere");
        fs::write(&elsewhere, &bytes).unwrap();
        fs::remove_file(dir.join(&path)).unwrap();
        std::os::unix::fs::symlink(&elsewhere, dir.join(&path)).unwrap();
        assert_eq!(damage(&dir, Some(&pin())).0, Finding::NotAFile { path: path.clone() });
        fs::remove_file(dir.join(&path)).unwrap();
        fs::create_dir(dir.join(&path)).unwrap();
        assert_eq!(damage(&dir, Some(&pin())).0, Finding::NotAFile { path: path.clone() });
        fs::remove_dir(dir.join(&path)).unwrap();
        fs::write(dir.join(&path), &bytes).unwrap();
    }
    fs::rename(dir.join("tile"), scratch.path("tile")).unwrap();
    std::os::unix::fs::symlink(scratch.path("tile"), dir.join("tile")).unwrap();
    assert_eq!(damage(&dir, Some(&pin())).0, Finding::NotAFile { path: "tile".to_owned() });
}

/// Writes the manifest anew over what lies in the folder, with the same head.
fn relist(dir: &Path, signer: &Signer) {
    let note = fs::read_to_string(dir.join(MANIFEST)).unwrap();
    let mut manifest = Manifest::parse(Note::parse(&note).unwrap().text).unwrap();
    manifest.files = files(dir).into_iter().map(|(path, bytes)| (path, Listed::of(&bytes))).collect();
    manifest.files.remove(MANIFEST);
    fs::write(dir.join(MANIFEST), signer.sign(&manifest.to_string()).unwrap()).unwrap();
}

fn change_entry(dir: &Path) {
    let path = dir.join("tile/entries/000.p/3");
    let mut bytes = fs::read(&path).unwrap();
    bytes[4] ^= 1;
    fs::write(path, bytes).unwrap();
}

#[test]
fn who_cannot_sign_is_caught_even_without_a_pin() {
    let scratch = Scratch::new("unsigned");
    let dir = scratch.path("export");
    export(&dir, 3);
    let note = fs::read_to_string(dir.join(MANIFEST)).unwrap();
    let signature = &note[note.rfind("\n\n").unwrap() + 1..];
    change_entry(&dir);
    relist(&dir, &signer());
    let relisted = fs::read_to_string(dir.join(MANIFEST)).unwrap();
    let text = &relisted[..=relisted.rfind("\n\n").unwrap()];
    fs::write(dir.join(MANIFEST), format!("{text}{signature}")).unwrap();
    let (finding, log) = damage(&dir, None);
    assert!(matches!(finding, Finding::ManifestChanged { .. }), "{finding}");
    assert_eq!(log, LogState::Disagrees);
}

#[test]
fn who_signs_with_another_key_is_caught_by_the_pin() {
    let (scratch, stranger) = (Scratch::new("stranger"), Signer::new("linli.example/log/1", &[9; 32]).unwrap());
    let dir = scratch.path("export");
    export_as(&dir, &stranger, 3, |index| entry(index + 1));
    assert!(verify_dir(&dir, None).is_ok(), "without a pin the folder only agrees with itself");
    let found = stranger.verifier().to_string();
    assert_eq!(damage(&dir, Some(&pin())).0, Finding::OtherKey { pinned: pin(), found });
    fs::write(dir.join("vkey"), format!("{}\n", pin())).unwrap();
    let (finding, log) = damage(&dir, None);
    assert!(matches!(finding, Finding::ManifestChanged { .. }));
    assert_eq!(log, LogState::Unknown);
}

#[test]
fn who_holds_the_key_and_relists_a_changed_entry_is_caught_by_the_tiles() {
    let scratch = Scratch::new("holder");
    let dir = scratch.path("export");
    export(&dir, 3);
    change_entry(&dir);
    relist(&dir, &signer());
    let (finding, log) = damage(&dir, Some(&pin()));
    let bytes = 0..2 + entry(0).len() as u64;
    assert_eq!(finding, Finding::EntryUnproven { index: 0, path: "tile/entries/000.p/3".to_owned(), bytes });
    assert_eq!(log, LogState::Disagrees);
}

#[test]
fn who_holds_the_key_and_rewrites_the_tiles_too_is_caught_by_the_root() {
    let scratch = Scratch::new("root");
    let dir = scratch.path("export");
    export(&dir, 3);
    change_entry(&dir);
    let bundle = fs::read(dir.join("tile/entries/000.p/3")).unwrap();
    let tile: Vec<u8> = crate::tile::entries(&bundle).flat_map(|entry| leaf_hash(entry.unwrap().bytes).0).collect();
    fs::write(dir.join("tile/0/000.p/3"), tile).unwrap();
    relist(&dir, &signer());
    let (finding, log) = damage(&dir, Some(&pin()));
    assert!(matches!(finding, Finding::RootDiffers { .. }), "{finding}");
    assert_eq!(log, LogState::Disagrees);
}

#[test]
fn a_checkpoint_of_another_head_or_log_is_named() {
    let scratch = Scratch::new("heads");
    let dir = scratch.path("export");
    let root = export(&dir, 3).root;
    fs::write(dir.join("checkpoint"), signer().sign_checkpoint(2, root).unwrap()).unwrap();
    relist(&dir, &signer());
    assert!(matches!(damage(&dir, None).0, Finding::HeadsDisagree { .. }));
    let other = signer().sign(&format!("another.example/log\n3\n{}\n", root.to_base64())).unwrap();
    fs::write(dir.join("checkpoint"), other).unwrap();
    relist(&dir, &signer());
    let (finding, log) = damage(&dir, None);
    assert!(matches!(finding, Finding::CheckpointUnsigned { fault: NoteError::Origin { .. } }));
    assert_eq!(log, LogState::Agrees);
}

#[test]
fn a_signed_tile_that_the_log_does_not_have_is_named() {
    let scratch = Scratch::new("extra-tile");
    let dir = scratch.path("export");
    export(&dir, 3);
    fs::write(dir.join("tile/0/001"), [0; 32]).unwrap();
    relist(&dir, &signer());
    assert_eq!(damage(&dir, None).0, Finding::NotOfThisLog { path: "tile/0/001".to_owned() });
}

#[test]
fn a_manifest_with_a_second_signature_or_a_path_outside_is_named() {
    let scratch = Scratch::new("second");
    let dir = scratch.path("export");
    export(&dir, 3);
    let note = fs::read_to_string(dir.join(MANIFEST)).unwrap();
    let stranger = Signer::new("stranger.example", &[9; 32]).unwrap().sign("x\n").unwrap();
    fs::write(dir.join(MANIFEST), format!("{note}{}", &stranger[3..])).unwrap();
    assert!(matches!(damage(&dir, None).0, Finding::ManifestChanged { line: None }));
    let text = Note::parse(&note).unwrap().text.replace(" vkey", " ../vkey");
    fs::write(dir.join(MANIFEST), signer().sign(&text).unwrap()).unwrap();
    let line = text.lines().count() as u64;
    assert_eq!(damage(&dir, None).0, Finding::ManifestChanged { line: Some(line) });
}

#[test]
fn a_missing_folder_and_a_wrong_pin_are_no_findings() {
    let scratch = Scratch::new("none");
    assert!(matches!(verify_dir(&scratch.path("none"), None), Err(VerifyError::Io { .. })));
    assert!(matches!(verify_dir(&scratch.path("none"), Some("key")), Err(VerifyError::Pin(_))));
    fs::create_dir(scratch.path("empty")).unwrap();
    assert!(matches!(damage(&scratch.path("empty"), None).0, Finding::Missing { .. }));
}

#[test]
fn an_export_continues_its_own_past_and_no_other() {
    let scratch = Scratch::new("past");
    let dir = scratch.path("export");
    export(&dir, 700);
    let report = verify_dir(&dir, Some(&pin())).unwrap();
    let mut frontier = crate::tree::Frontier::new();
    for size in 0..=700 {
        if size % 50 == 0 || size % 256 < 2 {
            let earlier = signer().sign_checkpoint(size, frontier.root()).unwrap();
            assert_eq!(verify_continues(&dir, &report, &earlier).unwrap().size, size);
            let other = signer().sign_checkpoint(size, Hash::of(b"another past")).unwrap();
            let refused = verify_continues(&dir, &report, &other);
            assert!(matches!(refused, Err(VerifyError::Found { finding: Finding::OtherPast { .. }, .. })), "{size}");
        }
        frontier.push(leaf_hash(&entry(size)));
    }
    let later = signer().sign_checkpoint(701, frontier.root()).unwrap();
    let refused = verify_continues(&dir, &report, &later);
    assert!(matches!(refused, Err(VerifyError::Found { finding: Finding::OtherPast { .. }, .. })));
    let stranger = Signer::new("linli.example/log/1", &[9; 32]).unwrap();
    let foreign = stranger.sign_checkpoint(700, report.root).unwrap();
    assert!(matches!(verify_continues(&dir, &report, &foreign), Err(VerifyError::Earlier(_))));
}

#[test]
fn an_export_proves_its_entries() {
    let scratch = Scratch::new("prove");
    let dir = scratch.path("export");
    let summary = export(&dir, 700);
    let mut hashes = TiledHashes::new(TileFolder::open(&dir).unwrap(), 700);
    for index in [0, WIDTH - 1, WIDTH, 699] {
        let path = inclusion_proof(&mut hashes, index, 700).unwrap();
        assert_eq!(verify_inclusion(&leaf_hash(&entry(index)), index, 700, &path, &summary.root), Ok(()));
    }
}
