//! Writing an export: a folder that anyone can verify with no database and no network.
//!
//! | file | content |
//! |---|---|
//! | `checkpoint` | the signed head of the log |
//! | `vkey` | the log's verifier key |
//! | `tile/entries/…` | the entries, 256 a bundle |
//! | `tile/0/…`, `tile/1/…` | the hash tiles |
//! | `README.txt` | how to verify, in Chinese and English |
//! | any other | files the caller adds: rule sets, verdicts, ballots |
//! | `MANIFEST` | hash and size of each of these, signed |
//!
//! The folder appears whole or not at all: it is written beside its place, flushed to disk and renamed. Memory holds one
//! bundle, one tile for each level and a line for each file.

mod folder;

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::manifest::{Listed, MANIFEST, MAX_MANIFEST, Manifest, plain_path};
use crate::note::{MAX_CHECKPOINT, NoteError, Signer};
use crate::tile::{EntryTooLong, Kind, Tile, WIDTH, append_entry};
use crate::tree::{Frontier, Hash, leaf_hash};

use folder::Folder;

/// The text of `README.txt`.
pub const README: &str = include_str!("export/README.txt");

/// Files that every export has beside its tiles; a caller cannot add them.
pub const OWN_FILES: [&str; 4] = ["checkpoint", "vkey", "README.txt", MANIFEST];

/// Why an export was not written. Nothing is left behind at the place asked for.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The place is a folder with something in it.
    #[error("{} is not empty; name a new folder", .0.display())]
    NotEmpty(PathBuf),
    /// The place is a file or a link, or has no name of its own.
    #[error("{} is not a place for a new folder", .0.display())]
    NotAFolder(PathBuf),
    /// Another export to the same place is running or was interrupted.
    #[error("{} is there: another export is running or was interrupted; remove it if none is running", .0.display())]
    Unfinished(PathBuf),
    /// An entry does not fit.
    #[error("entry {index}: {source}")]
    Entry {
        /// Zero-based index of the entry.
        index: u64,
        /// How long it is.
        source: EntryTooLong,
    },
    /// A name of an added file is not plain, is one of the export's own or was added before.
    #[error("an export cannot have a file named {0:?} added to it")]
    Name(String),
    /// The checkpoint is not a checkpoint of this signer's log.
    #[error("the checkpoint does not hold: {0}")]
    Checkpoint(#[from] NoteError),
    /// The entries given are not the ones of the checkpoint.
    #[error(
        "the entries lead to size {size} and root {root}, the checkpoint says size {signed_size} and root {signed_root}"
    )]
    OtherLog {
        /// Entries given.
        size: u64,
        /// Their root.
        root: Hash,
        /// Entries in the checkpoint.
        signed_size: u64,
        /// Root in the checkpoint.
        signed_root: Hash,
    },
    /// There are more files than a manifest of [`MAX_MANIFEST`] bytes can list.
    #[error("too many files for one export")]
    TooManyFiles,
    /// The file system refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its error.
        source: io::Error,
    },
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportSummary {
    /// Entries.
    pub size: u64,
    /// The root over them, equal to the checkpoint's.
    pub root: Hash,
    /// Files, the manifest included.
    pub files: u64,
    /// Bytes in all files.
    pub bytes: u64,
}

/// An export being written. Dropping it before [`ExportWriter::finish`] removes what was written.
pub struct ExportWriter<'a> {
    signer: &'a Signer,
    folder: Folder,
    listed: BTreeMap<String, Listed>,
    frontier: Frontier,
    /// The bundle being filled.
    bundle: Vec<u8>,
    /// The hash tile being filled at each tile level.
    tiles: Vec<Vec<u8>>,
}

impl<'a> ExportWriter<'a> {
    /// Begins an export to the folder `dir`, which must not exist or be empty. `signer` is the log's key.
    ///
    /// # Errors
    /// [`ExportError::NotEmpty`], [`ExportError::NotAFolder`], [`ExportError::Unfinished`] or [`ExportError::Io`].
    pub fn create(dir: &Path, signer: &'a Signer) -> Result<Self, ExportError> {
        Ok(Self {
            signer,
            folder: Folder::create(dir)?,
            listed: BTreeMap::new(),
            frontier: Frontier::new(),
            bundle: Vec::new(),
            tiles: Vec::new(),
        })
    }

    /// Appends the next entry of the log.
    ///
    /// # Errors
    /// [`ExportError::Entry`] for more than 65,535 bytes, or [`ExportError::Io`].
    pub fn push(&mut self, entry: &[u8]) -> Result<(), ExportError> {
        let index = self.frontier.size();
        append_entry(&mut self.bundle, entry).map_err(|source| ExportError::Entry { index, source })?;
        let mut full = Vec::new();
        let tiles = &mut self.tiles;
        self.frontier.push_with(leaf_hash(entry), |level, index, hash| {
            if level % 8 != 0 {
                return;
            }
            let at = usize::from(level / 8);
            if tiles.len() <= at {
                tiles.resize_with(at + 1, Vec::new);
            }
            tiles[at].extend_from_slice(hash.as_ref());
            if (index + 1).is_multiple_of(WIDTH) {
                full.push((Kind::Hashes(level / 8), index / WIDTH, std::mem::take(&mut tiles[at])));
            }
        });
        if (index + 1).is_multiple_of(WIDTH) {
            full.push((Kind::Entries, index / WIDTH, std::mem::take(&mut self.bundle)));
        }
        full.into_iter().try_for_each(|(kind, index, bytes)| {
            self.write(&Tile { kind, index, width: WIDTH as u16 }.to_string(), &bytes)
        })
    }

    /// Adds a file of the caller's, for example `verdicts/42.json`. Its bytes are pinned by the manifest like all others.
    ///
    /// # Errors
    /// [`ExportError::Name`] when `name` is not plain ([`plain_path`]), is one of [`OWN_FILES`], lies under `tile/` or was
    /// added before; or [`ExportError::Io`].
    pub fn add_file(&mut self, name: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let root = name.split('/').next().unwrap_or(name);
        let taken = |own: &str| root.eq_ignore_ascii_case(own);
        let usable = plain_path(name) && !taken("tile") && !OWN_FILES.into_iter().any(taken);
        if !usable || self.listed.contains_key(name) {
            return Err(ExportError::Name(name.to_owned()));
        }
        self.write(name, bytes)
    }

    /// Writes the partial tiles, `checkpoint` as the sequencer signed it, the other files and the signed manifest; then
    /// moves the folder to its place.
    ///
    /// # Errors
    /// [`ExportError::Checkpoint`] when it is not a checkpoint of the signer's log, [`ExportError::OtherLog`] when the
    /// entries pushed have another size or root, or [`ExportError::Io`].
    pub fn finish(mut self, checkpoint: &str) -> Result<ExportSummary, ExportError> {
        let (size, root) = (self.frontier.size(), self.frontier.root());
        let head = self.signer.verifier().open_checkpoint(checkpoint)?;
        if checkpoint.len() > MAX_CHECKPOINT {
            return Err(NoteError::Malformed.into());
        }
        if (head.size, head.root) != (size, root) {
            return Err(ExportError::OtherLog { size, root, signed_size: head.size, signed_root: head.root });
        }
        self.write_partials()?;
        self.write("checkpoint", checkpoint.as_bytes())?;
        self.write("vkey", format!("{}\n", self.signer.verifier()).as_bytes())?;
        self.write("README.txt", README.as_bytes())?;
        let files = std::mem::take(&mut self.listed);
        let manifest = Manifest { origin: head.origin, entries: size, root, files };
        let note = self.signer.sign(&manifest.to_string())?;
        if note.len() > MAX_MANIFEST {
            return Err(ExportError::TooManyFiles);
        }
        self.folder.write(MANIFEST, note.as_bytes())?;
        let bytes = manifest.files.values().map(|listed| listed.size).sum::<u64>() + note.len() as u64;
        self.folder.publish(manifest.files.keys().map(String::as_str).chain([MANIFEST]))?;
        Ok(ExportSummary { size, root, files: manifest.files.len() as u64 + 1, bytes })
    }

    fn write_partials(&mut self) -> Result<(), ExportError> {
        let size = self.frontier.size();
        let hashes = std::mem::take(&mut self.tiles);
        let partial = (0..).map(Kind::Hashes).zip(hashes).chain([(Kind::Entries, std::mem::take(&mut self.bundle))]);
        for (kind, bytes) in partial {
            let inside = match kind {
                Kind::Entries => size,
                Kind::Hashes(level) => size >> (8 * u32::from(level)),
            };
            if inside % WIDTH != 0 {
                let tile = Tile { kind, index: inside / WIDTH, width: (inside % WIDTH) as u16 };
                self.write(&tile.to_string(), &bytes)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        self.folder.write(path, bytes)?;
        self.listed.insert(path.to_owned(), Listed::of(bytes));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
