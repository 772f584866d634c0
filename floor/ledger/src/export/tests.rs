use std::fs;

use super::*;
use crate::testing::{Scratch, entry, export, signer};
use crate::tile::tiles_of;

#[test]
fn an_export_has_exactly_the_tiles_of_its_size() {
    for size in [0, 1, 255, 256, 257, 700] {
        let scratch = Scratch::new("tiles");
        let dir = scratch.path("export");
        let summary = export(&dir, size);
        let mut expected: Vec<String> = tiles_of(size).map(|tile| tile.to_string()).collect();
        expected.extend(["checkpoint", "vkey", "README.txt", "rules/owners.toml"].map(str::to_owned));
        expected.sort();
        let note = fs::read_to_string(dir.join(MANIFEST)).unwrap();
        let manifest = Manifest::parse(signer().verifier().open(&note).unwrap()).unwrap();
        assert_eq!(manifest.files.keys().cloned().collect::<Vec<_>>(), expected);
        assert_eq!((manifest.entries, manifest.root), (size, summary.root));
        for (path, listed) in &manifest.files {
            let bytes = fs::read(dir.join(path)).unwrap();
            assert_eq!(*listed, Listed::of(&bytes));
        }
        assert_eq!(summary.files, expected.len() as u64 + 1);
    }
}

#[test]
fn a_place_that_is_taken_is_refused_and_left_alone() {
    let (scratch, signer) = (Scratch::new("taken"), signer());
    let dir = scratch.path("export");
    fs::create_dir(&dir).unwrap();
    assert!(ExportWriter::create(&dir, &signer).is_ok(), "an empty folder will do");
    fs::write(dir.join("thesis.txt"), "mine").unwrap();
    assert!(matches!(ExportWriter::create(&dir, &signer), Err(ExportError::NotEmpty(_))));
    assert!(matches!(ExportWriter::create(&dir.join("thesis.txt"), &signer), Err(ExportError::NotAFolder(_))));
    assert_eq!(fs::read_to_string(dir.join("thesis.txt")).unwrap(), "mine");
}

#[test]
fn a_place_taken_meanwhile_is_refused_and_left_alone() {
    let (scratch, signer) = (Scratch::new("meanwhile"), signer());
    let dir = scratch.path("export");
    let writer = ExportWriter::create(&dir, &signer).unwrap();
    assert!(matches!(ExportWriter::create(&dir, &signer), Err(ExportError::Unfinished(_))));
    fs::create_dir(&dir).unwrap();
    fs::write(dir.join("thesis.txt"), "mine").unwrap();
    let checkpoint = signer.sign_checkpoint(0, Frontier::new().root()).unwrap();
    assert!(matches!(writer.finish(&checkpoint), Err(ExportError::NotEmpty(_))));
    assert_eq!(scratch.names(), ["export"]);
}

#[test]
fn entries_of_another_log_are_refused_and_leave_nothing() {
    let (scratch, signer) = (Scratch::new("other"), signer());
    let write = |checkpoint: &str| {
        let mut writer = ExportWriter::create(&scratch.path("export"), &signer).unwrap();
        (0..3).for_each(|index| writer.push(&entry(index)).unwrap());
        writer.finish(checkpoint)
    };
    let mut frontier = Frontier::new();
    (0..3).for_each(|index| frontier.push(leaf_hash(&entry(index))));
    let root = frontier.root();
    for (size, root) in [(2, root), (3, Hash([0; 32]))] {
        let checkpoint = signer.sign_checkpoint(size, root).unwrap();
        assert!(matches!(write(&checkpoint), Err(ExportError::OtherLog { .. })));
    }
    let stranger = Signer::new(signer.verifier().name(), &[9; 32]).unwrap();
    assert!(matches!(write(&stranger.sign_checkpoint(3, root).unwrap()), Err(ExportError::Checkpoint(_))));
    assert!(scratch.names().is_empty());
    assert!(write(&signer.sign_checkpoint(3, root).unwrap()).is_ok());
}

#[test]
fn names_that_lead_elsewhere_or_are_taken_are_refused() {
    let (scratch, signer) = (Scratch::new("names"), signer());
    let mut writer = ExportWriter::create(&scratch.path("export"), &signer).unwrap();
    writer.add_file("ballots/a.pb", b"a").unwrap();
    for name in ["../a", "/a", "checkpoint", "MANIFEST", "manifest", "Tile/0/000", "vkey/x", "ballots/a.pb", ""] {
        assert!(matches!(writer.add_file(name, b""), Err(ExportError::Name(_))), "{name}");
    }
    let index = 0;
    let long = writer.push(&vec![0; 65_536]);
    assert!(matches!(long, Err(ExportError::Entry { index: 0, source: EntryTooLong(65_536) })), "{index}");
}
