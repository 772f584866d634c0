//! What the tests of export and verification share.

use std::fs;
use std::path::{Path, PathBuf};

use crate::export::{ExportSummary, ExportWriter};
use crate::note::Signer;
use crate::tree::{Frontier, leaf_hash};

/// A folder of its own, removed at the end.
pub struct Scratch(PathBuf);

impl Scratch {
    pub fn new(name: &str) -> Self {
        let thread = std::thread::current().name().unwrap_or("main").replace("::", "-");
        let dir = std::env::temp_dir().join(format!("ledger-{name}-{}-{thread}", std::process::id()));
        let _ = fs::remove_dir_all(&dir);
        fs::create_dir_all(&dir).unwrap();
        Self(dir)
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    /// What lies in it, sorted.
    pub fn names(&self) -> Vec<String> {
        let names = fs::read_dir(&self.0).unwrap().map(|found| found.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn signer() -> Signer {
    Signer::new("linli.example/log/1", &[5; 32]).unwrap()
}

/// An entry, of a length that differs from its neighbours'.
pub fn entry(index: u64) -> Vec<u8> {
    format!("{{\"n\":{index}}}{}", ".".repeat((index % 5) as usize)).into_bytes()
}

/// Writes an export of `size` entries and one added file.
pub fn export(dir: &Path, size: u64) -> ExportSummary {
    export_as(dir, &signer(), size, entry)
}

/// Writes an export of other entries by another signer.
pub fn export_as(dir: &Path, signer: &Signer, size: u64, entry: impl Fn(u64) -> Vec<u8>) -> ExportSummary {
    let mut writer = ExportWriter::create(dir, signer).unwrap();
    let mut frontier = Frontier::new();
    for index in 0..size {
        frontier.push(leaf_hash(&entry(index)));
        writer.push(&entry(index)).unwrap();
    }
    writer.add_file("rules/owners.toml", b"quorum = \"2/3\"\n").unwrap();
    writer.finish(&signer.sign_checkpoint(size, frontier.root()).unwrap()).unwrap()
}
