//! Reading an export as an outsider's folder: bounded, never through a link, never outside.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::{Finding, VerifyError};
use crate::manifest::{Listed, MANIFEST, Manifest};
use crate::tile::{Kind, Tile, hashes};
use crate::tree::Hash;

/// An export's folder.
pub struct Folder {
    root: PathBuf,
}

/// A file as far as it could be read.
pub enum Content {
    /// All of it.
    Whole(Vec<u8>),
    /// It is longer than it may be; its first bytes.
    TooLong(Vec<u8>),
    Missing,
    NotAFile,
}

impl Content {
    /// The bytes, if there are no more than allowed.
    pub fn bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Whole(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The bytes that are there.
    pub fn prefix(&self) -> Option<&[u8]> {
        match self {
            Self::Whole(bytes) | Self::TooLong(bytes) => Some(bytes),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    /// The first line that is not UTF-8.
    pub fn line_not_text(&self) -> Option<u64> {
        let bytes = self.prefix()?;
        let valid = std::str::from_utf8(bytes).err()?.valid_up_to();
        Some(bytes.get(..valid)?.iter().filter(|byte| **byte == b'\n').count() as u64 + 1)
    }

    /// What is wrong before looking inside.
    pub fn fault(&self, path: &str) -> Option<Finding> {
        let path = path.to_owned();
        match self {
            Self::Whole(_) => None,
            Self::TooLong(bytes) => Some(Finding::Surplus { path, offset: bytes.len() as u64 }),
            Self::Missing => Some(Finding::Missing { path }),
            Self::NotAFile => Some(Finding::NotAFile { path }),
        }
    }
}

impl Folder {
    /// The folder itself may be reached through a link; nothing inside it may be.
    pub fn open(root: &Path) -> Result<Self, VerifyError> {
        let root = root.to_owned();
        match fs::metadata(&root) {
            Ok(found) if found.is_dir() => Ok(Self { root }),
            Ok(_) => Err(VerifyError::Io { path: root, source: io::ErrorKind::NotADirectory.into() }),
            Err(source) => Err(VerifyError::Io { path: root, source }),
        }
    }

    /// Opens a regular file whose every folder is a real folder. `path` is plain, so it cannot lead outside.
    fn file(&self, path: &str) -> Result<Result<File, Content>, VerifyError> {
        let mut full = self.root.clone();
        let mut parts = path.split('/').peekable();
        while let Some(part) = parts.next() {
            full.push(part);
            let kind = match fs::symlink_metadata(&full) {
                Ok(found) => found.file_type(),
                Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                    return Ok(Err(Content::Missing));
                }
                Err(source) => return Err(VerifyError::Io { path: full, source }),
            };
            let fits = if parts.peek().is_some() { kind.is_dir() } else { kind.is_file() };
            if !fits {
                return Ok(Err(Content::NotAFile));
            }
        }
        File::open(&full).map(Ok).map_err(|source| VerifyError::Io { path: full, source })
    }

    /// Reads a file of at most `limit` bytes.
    pub fn read(&self, path: &str, limit: u64) -> Result<Content, VerifyError> {
        let file = match self.file(path)? {
            Ok(file) => file,
            Err(content) => return Ok(content),
        };
        let mut bytes = Vec::new();
        let read = file.take(limit.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|source| VerifyError::Io { path: self.root.join(path), source })?;
        if bytes.len() as u64 <= limit {
            return Ok(Content::Whole(bytes));
        }
        bytes.pop();
        Ok(Content::TooLong(bytes))
    }

    /// Compares a file with what is listed, piece by piece; never reads more than one byte beyond the listed size.
    pub fn hash(&self, path: &str, listed: &Listed) -> Result<Option<Finding>, VerifyError> {
        let file = match self.file(path)? {
            Ok(file) => file,
            Err(content) => return Ok(content.fault(path)),
        };
        let mut file = file.take(listed.size.saturating_add(1));
        let (mut hasher, mut piece, mut size) = (Sha256::new(), vec![0; 1 << 16], 0);
        loop {
            let read = match file.read(&mut piece) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(source) => return Err(VerifyError::Io { path: self.root.join(path), source }),
            };
            size += read as u64;
            hasher.update(&piece[..read]);
        }
        let path = path.to_owned();
        Ok(if size > listed.size {
            Some(Finding::Surplus { path, offset: listed.size })
        } else if size < listed.size || Hash(hasher.finalize().into()) != listed.hash {
            let line = (path == "vkey").then_some(1);
            Some(Finding::FileChanged { path, line })
        } else {
            None
        })
    }

    /// The first thing in the folder that is not listed (or is no file), and the first listed file that is missing.
    pub fn compare(&self, manifest: &Manifest) -> Result<(Option<Finding>, Option<Finding>), VerifyError> {
        let unlisted = self.walk("", manifest)?;
        for path in manifest.files.keys() {
            if let Err(content) = self.file(path)? {
                return Ok((unlisted, content.fault(path)));
            }
        }
        Ok((unlisted, None))
    }

    /// Walks `folder` (empty or ending in `/`) in the order of names; goes only into folders that hold listed files.
    fn walk(&self, folder: &str, manifest: &Manifest) -> Result<Option<Finding>, VerifyError> {
        let full = self.root.join(folder);
        let failed = |source| VerifyError::Io { path: full.clone(), source };
        let mut found = Vec::new();
        for entry in fs::read_dir(&full).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let kind = entry.file_type().map_err(failed)?;
            let name = entry.file_name();
            let plain = name.to_str().is_some();
            found.push((format!("{folder}{}", name.to_string_lossy()), plain, kind));
        }
        found.sort_by(|a, b| a.0.cmp(&b.0));
        for (path, plain, kind) in found {
            let inside = format!("{path}/");
            let next = manifest.files.range(inside.clone()..).next();
            let holds = plain && next.is_some_and(|(listed, _)| listed.starts_with(&inside));
            let listed = plain && (manifest.files.contains_key(&path) || path == MANIFEST);
            if !kind.is_dir() && (holds || listed) && !(listed && kind.is_file()) {
                return Ok(Some(Finding::NotAFile { path }));
            }
            if kind.is_dir() && holds {
                if let Some(finding) = self.walk(&inside, manifest)? {
                    return Ok(Some(finding));
                }
            } else if kind.is_dir() && listed {
                return Ok(Some(Finding::NotAFile { path }));
            } else if !listed {
                return Ok(Some(Finding::Unlisted { path: if kind.is_dir() { inside } else { path } }));
            }
        }
        Ok(None)
    }
}

/// The hash tiles of an export, as a source of proofs. Reads what is there: verify the folder or the proof.
pub struct TileFolder(Folder);

impl TileFolder {
    /// Opens an export.
    ///
    /// # Errors
    /// [`VerifyError::Io`] when `dir` is not a folder.
    pub fn open(dir: &Path) -> Result<Self, VerifyError> {
        Folder::open(dir).map(Self)
    }
}

impl crate::tile::TileSource for TileFolder {
    type Error = VerifyError;

    fn tile(&mut self, level: u8, index: u64, width: u16) -> Result<Vec<Hash>, VerifyError> {
        let path = Tile { kind: Kind::Hashes(level), index, width }.to_string();
        let content = self.0.read(&path, 32 * u64::from(width))?;
        let read = content.bytes().and_then(|bytes| hashes(bytes, width));
        read.ok_or_else(|| VerifyError::Found {
            finding: content.fault(&path).unwrap_or(Finding::FileChanged { path, line: None }),
            log: super::LogState::Unknown,
        })
    }
}
