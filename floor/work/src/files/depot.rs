//! Where the bytes of files lie: under their hash.

use std::{
    fs,
    io::{self, Read, Seek, SeekFrom},
    path::PathBuf,
};

use sha2::{Digest, Sha256};

use super::{FileId, MAX_UPLOAD};
use crate::disk::{hex, remove, write_whole};

/// The name of bytes: their hash, and the file they belong to.
///
/// Two files with the same bytes have them twice, so that deleting one never has to ask about the other.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlobKey {
    home: u32,
    sha256: [u8; 32],
    file: String,
}

impl BlobKey {
    /// The key of a file's bytes with this hash.
    pub fn new(file: &FileId, sha256: &[u8; 32]) -> BlobKey {
        BlobKey { home: file.home().0, sha256: *sha256, file: file.to_string() }
    }

    /// The hash.
    pub fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }

    /// `7/ab/ab12…-7-cr6p…`: home, first byte, hash and file; letters, digits, dashes and slashes only.
    pub fn path(&self) -> String {
        let digest = hex(&self.sha256);
        let first = digest.get(..2).unwrap_or("00");
        format!("{}/{first}/{digest}-{}", self.home, self.file)
    }
}

/// A place for bytes. Implementations: a folder; an object store would be another.
pub trait FileStore: Send + Sync {
    /// Keeps bytes; they are durable when it returns. The same key again is the same bytes again.
    ///
    /// # Errors
    /// What the store says.
    fn put(&self, key: &BlobKey, bytes: &[u8]) -> io::Result<()>;

    /// The bytes as a stream.
    ///
    /// # Errors
    /// [`io::ErrorKind::NotFound`] when there are none; what the store says.
    fn get(&self, key: &BlobKey) -> io::Result<Box<dyn Read + Send>>;

    /// Deletes the bytes; absent ones are deleted already.
    ///
    /// # Errors
    /// What the store says.
    fn delete(&self, key: &BlobKey) -> io::Result<()>;

    /// `len` bytes from the byte `from` on, fewer where the file ends before; unchecked ([`super::Parts`] checks them).
    ///
    /// # Errors
    /// As [`FileStore::get`].
    fn part(&self, key: &BlobKey, from: u64, len: usize) -> io::Result<Vec<u8>> {
        let (mut file, mut bytes) = (self.get(key)?, Vec::new());
        io::copy(&mut file.by_ref().take(from), &mut io::sink())?;
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The bytes of a photo or a document at once, checked against their hash: what a disk or an intruder changed is never
    /// served.
    ///
    /// # Errors
    /// [`io::ErrorKind::InvalidData`] for other bytes than were kept; as [`FileStore::get`].
    fn whole(&self, key: &BlobKey) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        self.get(key)?.take((MAX_UPLOAD * 4) as u64).read_to_end(&mut bytes)?;
        let found: [u8; 32] = Sha256::digest(&bytes).into();
        if found == key.sha256 { Ok(bytes) } else { Err(io::ErrorKind::InvalidData.into()) }
    }
}

/// Bytes in a folder of the file system, or of a network's that several nodes share.
#[derive(Debug, Clone)]
pub struct FolderStore {
    path: PathBuf,
}

impl FolderStore {
    /// The folder at `path`, which is made with the first file.
    pub fn new(path: impl Into<PathBuf>) -> FolderStore {
        FolderStore { path: path.into() }
    }

    fn of(&self, key: &BlobKey) -> PathBuf {
        self.path.join(key.path())
    }
}

impl FileStore for FolderStore {
    fn put(&self, key: &BlobKey, bytes: &[u8]) -> io::Result<()> {
        write_whole(&self.of(key), bytes)
    }

    fn get(&self, key: &BlobKey) -> io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(fs::File::open(self.of(key))?))
    }

    fn part(&self, key: &BlobKey, from: u64, len: usize) -> io::Result<Vec<u8>> {
        let (mut file, mut bytes) = (fs::File::open(self.of(key))?, Vec::with_capacity(len));
        file.seek(SeekFrom::Start(from))?;
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn delete(&self, key: &BlobKey) -> io::Result<()> {
        remove(&self.of(key))
    }
}
