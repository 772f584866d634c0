//! Verifying an export with no database and no network: every byte is checked, and the first wrong one is named.
//!
//! In order: the key, the manifest's signature, the set of files, the checkpoint, every entry against its hash and every
//! hash against the ones below, the root, and at last the other files. A wrong thing does not stop the pass: the rest is
//! still read to learn whether the log itself agrees with its signed root.
//!
//! What it can show depends on the key. With a pinned key: these are the entries that this log signed. With the key
//! taken from the folder: the folder agrees with itself, no more; [`Report::pinned`] says which.

mod finding;
mod folder;
mod log;

use std::path::{Path, PathBuf};

use crate::manifest::{Listed, MANIFEST, MAX_MANIFEST, Manifest, ManifestFault};
use crate::note::{Checkpoint, MAX_CHECKPOINT, Note, NoteError, Verifier};
use crate::tile::{Tile, TileFault, TiledHashes, tile_at};
use crate::tree::{Hash, ProveError, TreeHead, root};

pub use finding::{Finding, LogState};
pub use folder::TileFolder;

use folder::{Content, Folder};

/// The longest `vkey` file, in bytes.
const MAX_VKEY: u64 = 1024;

/// What was verified, when nothing is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The log's origin.
    pub origin: String,
    /// The key everything was checked against.
    pub vkey: String,
    /// Whether that key was the caller's; otherwise it was the export's own.
    pub pinned: bool,
    /// Entries.
    pub size: u64,
    /// The recomputed root, equal to the signed one.
    pub root: Hash,
    /// The signed checkpoint, word for word: compare it with copies kept elsewhere.
    pub checkpoint: String,
    /// Files, the manifest included.
    pub files: u64,
    /// Bytes in all files.
    pub bytes: u64,
    /// The files that the exporter added beside the log, in order of their paths.
    pub added: Vec<String>,
}

/// Why an export is not verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// The pinned key is not a verifier key.
    #[error("the pinned key: {0}")]
    Pin(NoteError),
    /// The earlier checkpoint is not one of the log's key.
    #[error("the earlier checkpoint: {0}")]
    Earlier(NoteError),
    /// Something is wrong with the export.
    #[error("{finding} ({log})")]
    Found {
        /// The first wrong thing.
        finding: Finding,
        /// Whether the entries still lead to the signed root.
        log: LogState,
    },
    /// The file system refused to be read: nothing is known.
    #[error("{}: {source}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// Its error.
        source: std::io::Error,
    },
}

/// Verifies the export in `dir` against the key `pin` (text form) or, without one, against its own.
///
/// # Errors
/// [`VerifyError`].
pub fn verify_dir(dir: &Path, pin: Option<&str>) -> Result<Report, VerifyError> {
    verify_dir_with(dir, pin, |_, _| {})
}

/// Verifies as [`verify_dir`] and hands each entry, in order, to `each(index, bytes)` on the way, so that verdicts can be
/// recomputed in the same pass. What was gathered is worth nothing unless the result is `Ok`: entries are handed over
/// before the root is known, and after a wrong one too. Memory: one bundle, a tile for each level and the manifest.
///
/// # Errors
/// [`VerifyError`].
pub fn verify_dir_with(dir: &Path, pin: Option<&str>, each: impl FnMut(u64, &[u8])) -> Result<Report, VerifyError> {
    let pin = pin.map(|pin| Verifier::parse(pin.trim())).transpose().map_err(VerifyError::Pin)?;
    let mut pass = Pass { folder: Folder::open(dir)?, first: None, manifest: None, sure: false };
    let log = pass.run(pin.as_ref(), each)?;
    let found = |finding, log| Err(VerifyError::Found { finding, log });
    match (pass.first.take(), log) {
        (Some(finding), outcome) => found(finding, outcome.map_or(LogState::Unknown, |outcome| outcome.state)),
        // A pass without a finding has read everything; this arm only keeps the types honest.
        (None, None) => found(Finding::Missing { path: MANIFEST.to_owned() }, LogState::Unknown),
        (None, Some(outcome)) => Ok(outcome.report(&pass, pin.is_some())),
    }
}

/// Checks that an export just verified continues an earlier head: `earlier` is a checkpoint note kept from an older
/// export, a newspaper or a witness. This is what shows that nothing was taken out or rewritten in between.
///
/// # Errors
/// [`VerifyError::Earlier`] when the note is not signed by the report's key, [`Finding::OtherPast`] when the log does not
/// begin with it, or [`VerifyError::Io`].
pub fn verify_continues(dir: &Path, report: &Report, earlier: &str) -> Result<Checkpoint, VerifyError> {
    let verifier = Verifier::parse(&report.vkey).map_err(VerifyError::Earlier)?;
    let head = verifier.open_checkpoint(earlier).map_err(VerifyError::Earlier)?;
    let mut hashes = TiledHashes::new(TileFolder::open(dir)?, report.size);
    let computed = match root(&mut hashes, head.size) {
        Err(ProveError::Source(TileFault::Source(error))) => return Err(error),
        Err(_) => None,
        Ok(computed) => Some(computed),
    };
    if head.size > report.size || computed != Some(head.root) {
        let earlier = TreeHead { size: head.size, root: head.root };
        return Err(VerifyError::Found { finding: Finding::OtherPast { earlier }, log: LogState::Agrees });
    }
    Ok(head)
}

/// One verification under way.
struct Pass {
    folder: Folder,
    first: Option<Finding>,
    manifest: Option<Manifest>,
    /// Whether the manifest is signed: otherwise it is only a hint at what was meant.
    sure: bool,
}

/// The log as far as it could be read.
struct Outcome {
    verifier: Verifier,
    head: TreeHead,
    checkpoint: String,
    state: LogState,
    manifest_bytes: u64,
}

impl Outcome {
    fn report(self, pass: &Pass, pinned: bool) -> Report {
        let files = pass.manifest.iter().flat_map(|manifest| &manifest.files);
        let own = |path: &str| path.starts_with("tile/") || crate::export::OWN_FILES.contains(&path);
        Report {
            origin: self.verifier.name().to_owned(),
            vkey: self.verifier.to_string(),
            pinned,
            size: self.head.size,
            root: self.head.root,
            checkpoint: self.checkpoint,
            files: files.clone().count() as u64 + 1,
            bytes: files.clone().map(|(_, listed)| listed.size).sum::<u64>() + self.manifest_bytes,
            added: files.map(|(path, _)| path.clone()).filter(|path| !own(path)).collect(),
        }
    }
}

impl Pass {
    /// Keeps the first finding. An unsigned manifest gets the line that turns out to disagree with the files.
    fn note(&mut self, finding: Finding) {
        match &mut self.first {
            None => self.first = Some(finding),
            Some(Finding::ManifestChanged { line: line @ None }) => {
                *line = finding.path().and_then(|path| self.manifest.as_ref()?.line_of(path));
            }
            Some(_) => {}
        }
    }

    fn run(&mut self, pin: Option<&Verifier>, each: impl FnMut(u64, &[u8])) -> Result<Option<Outcome>, VerifyError> {
        let Some(verifier) = self.key(pin)? else { return Ok(None) };
        let manifest_bytes = self.read_manifest(&verifier)?;
        self.compare_files()?;
        let checkpoint = self.checkpoint(&verifier)?;
        let listed = self.manifest.as_ref().filter(|_| self.sure);
        let listed = listed.map(|manifest| TreeHead { size: manifest.entries, root: manifest.root });
        let Some(head) = listed.or(checkpoint.as_ref().map(|(head, _)| *head)) else {
            self.other_files(None)?;
            return Ok(None);
        };
        let state = log::check(self, &head, each)?;
        self.other_files(Some(head.size))?;
        let checkpoint = checkpoint.map(|(_, note)| note).unwrap_or_default();
        Ok(Some(Outcome { verifier, head, checkpoint, state, manifest_bytes }))
    }

    /// The key to check against: the pinned one, else the folder's.
    fn key(&mut self, pin: Option<&Verifier>) -> Result<Option<Verifier>, VerifyError> {
        let content = self.folder.read("vkey", MAX_VKEY)?;
        let text = content.text();
        let found = text.and_then(|text| Verifier::parse(text.strip_suffix('\n')?).ok());
        match (pin, found) {
            (None, Some(found)) => Ok(Some(found)),
            (None, None) => {
                self.note(content.fault("vkey").unwrap_or(Finding::KeyUnreadable));
                Ok(None)
            }
            (Some(pin), Some(found)) if found != *pin => {
                self.note(Finding::OtherKey { pinned: pin.to_string(), found: found.to_string() });
                Ok(Some(pin.clone()))
            }
            // An unreadable key does not matter when one is pinned; its file is compared like all others.
            (Some(pin), _) => Ok(Some(pin.clone())),
        }
    }

    /// Reads the manifest, and gives its size in bytes.
    fn read_manifest(&mut self, verifier: &Verifier) -> Result<u64, VerifyError> {
        let content = self.folder.read(MANIFEST, MAX_MANIFEST as u64)?;
        if let Some(fault) = content.fault(MANIFEST) {
            self.note(fault);
            return Ok(0);
        }
        let Some(note) = content.text() else {
            self.note(Finding::ManifestChanged { line: content.line_not_text() });
            return Ok(0);
        };
        // Lines of other keys could be added without breaking the log's signature: only its own may be there.
        let alone = Note::parse(note).is_ok_and(|note| note.signatures.len() == 1);
        self.sure = alone && verifier.open(note).is_ok();
        // Read even when the signature does not fit: it may still tell which line was changed.
        let text = note.rfind("\n\n").map_or(note, |cut| &note[..=cut]);
        let parsed = Manifest::parse(text).and_then(|manifest| {
            let own = manifest.origin == verifier.name();
            if own { Ok(manifest) } else { Err(ManifestFault(1)) }
        });
        match parsed {
            Ok(manifest) => self.manifest = Some(manifest),
            Err(fault) => {
                self.sure = false;
                self.note(Finding::ManifestChanged { line: Some(fault.0) });
            }
        }
        if !self.sure {
            self.note(Finding::ManifestChanged { line: None });
        }
        Ok(note.len() as u64)
    }

    /// Compares the names in the folder with those listed.
    fn compare_files(&mut self) -> Result<(), VerifyError> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let (unlisted, missing) = self.folder.compare(manifest)?;
        for finding in unlisted.into_iter().chain(missing) {
            self.note(finding);
        }
        Ok(())
    }

    /// The signed head and its note, if the checkpoint holds.
    fn checkpoint(&mut self, verifier: &Verifier) -> Result<Option<(TreeHead, String)>, VerifyError> {
        let content = self.folder.read("checkpoint", MAX_CHECKPOINT as u64)?;
        let opened = content.text().map(|note| (verifier.open_checkpoint(note), note));
        if let Some(fault) = self.compare("checkpoint", &content) {
            let line = content.bytes().and_then(|bytes| self.first_wrong_checkpoint_line(bytes));
            self.note(fault.at_line(line));
        } else if let Some((Err(fault), _)) = &opened {
            self.note(Finding::CheckpointUnsigned { fault: fault.clone() });
        }
        let Some((Ok(head), note)) = opened else { return Ok(None) };
        let head = TreeHead { size: head.size, root: head.root };
        if let Some(manifest) = &self.manifest
            && (manifest.entries, manifest.root) != (head.size, head.root)
        {
            let line = if manifest.entries == head.size { 3 } else { 2 };
            let listed = TreeHead { size: manifest.entries, root: manifest.root };
            let disagree = Finding::HeadsDisagree { manifest: listed, checkpoint: head };
            match &mut self.first {
                Some(Finding::ManifestChanged { line: at @ None }) => *at = Some(line),
                _ => self.note(disagree),
            }
        }
        Ok(Some((head, note.to_owned())))
    }

    /// The manifest repeats what the checkpoint must say, so a changed line can be named.
    fn first_wrong_checkpoint_line(&self, bytes: &[u8]) -> Option<u64> {
        let manifest = self.manifest.as_ref().filter(|_| self.sure)?;
        let expected =
            [manifest.origin.clone(), manifest.entries.to_string(), manifest.root.to_base64(), String::new()];
        let lines = bytes.split(|byte| *byte == b'\n');
        let wrong = expected.iter().zip(lines).position(|(expected, line)| expected.as_bytes() != line);
        Some(wrong.unwrap_or(expected.len()) as u64 + 1)
    }

    /// What is wrong with a file that was read, by the manifest.
    fn compare(&self, path: &str, content: &Content) -> Option<Finding> {
        if let Some(fault) = content.fault(path) {
            return Some(fault);
        }
        let listed = self.manifest.as_ref()?.files.get(path)?;
        let same = content.bytes().is_some_and(|bytes| Listed::of(bytes) == *listed);
        (!same).then(|| Finding::FileChanged { path: path.to_owned(), line: None })
    }

    /// The files that are neither tiles of the log nor read before; of an unknown log, its tiles too.
    fn other_files(&mut self, size: Option<u64>) -> Result<(), VerifyError> {
        let Some(manifest) = &self.manifest else { return Ok(()) };
        let mut findings = Vec::new();
        for (path, listed) in &manifest.files {
            let tile = Tile::parse(path);
            let of_log = |size| tile.is_some_and(|tile| tile_at(tile.kind, tile.index, size) == Some(tile));
            match size {
                _ if path == "checkpoint" => {}
                Some(size) if of_log(size) => {}
                Some(_) if path.starts_with("tile/") => findings.push(Finding::NotOfThisLog { path: path.clone() }),
                _ => findings.extend(self.folder.hash(path, listed)?),
            }
        }
        findings.into_iter().for_each(|finding| self.note(finding));
        Ok(())
    }
}

#[cfg(test)]
mod tests;
