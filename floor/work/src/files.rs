//! Photos and documents.
//!
//! A photo is decoded and encoded anew, so that nothing but its pixels is kept: no place, no camera, no second picture
//! behind the first. What a file is, its content says; a name is only shown. The bytes lie in a [`FileStore`] beside
//! the database, the row says what they are and whose.

mod depot;
mod film;
mod parts;
mod picture;
mod receive;
mod sniff;
mod sweep;

use db::{DbError, Fault, Snapshot, Tx};
use kernel::{Context, Day, Home, Id, Instant, Kind, PersonId, Refusal};
use rights::Permit;
use sha2::{Digest, Sha256};

use crate::{
    jobs::{New, enqueue},
    store,
};

pub use depot::{BlobKey, FileStore, FolderStore};
pub use film::{MAX_FILM, prepare_film};
pub use parts::{PART, Parts};
pub use picture::{Gate, MAX_DECODED, MAX_EDGE, MAX_PIXELS, MAX_SIDE, QUALITY, SMALL_EDGE};
pub use receive::{Desk, Upload};
pub use sweep::{SWEEP, Sweep};

/// Bytes of an upload at most.
pub const MAX_UPLOAD: usize = 10 * 1024 * 1024;
/// Characters of a shown name at most.
pub const MAX_NAME: usize = 100;
/// How long a file that nobody attached is kept.
pub const UNATTACHED: i64 = 24 * 3_600_000_000;
/// Files that one person sent and gave to no record yet, at most.
pub const MAX_UNATTACHED: i64 = 60;
/// Their bytes together at most: four films.
pub const MAX_UNATTACHED_BYTES: i64 = 4 * (MAX_FILM as i64);
/// Files of a record that are listed at most.
pub const MAX_LISTED: i64 = 100;

/// The noun of file ids.
pub enum FileNoun {}
/// The id of a file.
pub type FileId = Id<FileNoun>;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FileKind {
    /// A picture, kept as JPEG whatever it came as.
    Photo,
    /// A PDF document, kept as it came.
    Pdf,
    /// A film as MP4, kept as it came but for what its makers wrote beside the pictures, such as the place.
    Mp4,
    /// A film as WebM, kept as it came.
    Webm,
}

impl FileKind {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            FileKind::Photo => "photo",
            FileKind::Pdf => "pdf",
            FileKind::Mp4 => "mp4",
            FileKind::Webm => "webm",
        }
    }

    /// The media type to serve it with, always with `X-Content-Type-Options: nosniff`.
    pub fn media_type(self) -> &'static str {
        match self {
            FileKind::Photo => "image/jpeg",
            FileKind::Pdf => "application/pdf",
            FileKind::Mp4 => "video/mp4",
            FileKind::Webm => "video/webm",
        }
    }
}

impl std::str::FromStr for FileKind {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        [FileKind::Photo, FileKind::Pdf, FileKind::Mp4, FileKind::Webm]
            .into_iter()
            .find(|kind| kind.as_str() == word)
            .ok_or(())
    }
}

/// Where a file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileState {
    /// Its row is there, its bytes may not be.
    Arriving,
    /// Its bytes are there; it belongs to nothing yet.
    Ready,
    /// It belongs to a record.
    Attached,
    /// It is about to be deleted.
    Unwanted,
}

const STATES: [(FileState, &str); 4] = [
    (FileState::Arriving, "arriving"),
    (FileState::Ready, "ready"),
    (FileState::Attached, "attached"),
    (FileState::Unwanted, "unwanted"),
];

impl FileState {
    /// The word in the database.
    pub fn as_str(self) -> &'static str {
        STATES.iter().find(|(state, _)| *state == self).map_or("unwanted", |(_, word)| word)
    }
}

impl std::str::FromStr for FileState {
    type Err = ();
    fn from_str(word: &str) -> Result<Self, ()> {
        STATES.iter().find(|(_, w)| *w == word).map(|(state, _)| *state).ok_or(())
    }
}

/// The bytes of a file, or of its small picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blob {
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
    /// How many they are.
    pub bytes: u64,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Where it stands.
    pub state: FileState,
    /// What it is.
    pub kind: FileKind,
    /// How its uploader called it, at most [`MAX_NAME`] characters; may name people.
    pub name: String,
    /// Its bytes.
    pub blob: Blob,
    /// Pixels from left to right; 0 of what is no photo.
    pub width: u32,
    /// Pixels from top to bottom; 0 of what is no photo.
    pub height: u32,
    /// The small picture, at most [`SMALL_EDGE`] pixels wide and high; none of a document.
    pub small: Option<Blob>,
    /// The id of the record it belongs to.
    pub subject: Option<String>,
    /// Who uploaded it, where somebody had signed in.
    pub added_by: Option<PersonId>,
    /// When.
    pub added_at: Instant,
    /// The local day of that.
    pub added_day: Day,
}

impl File {
    /// Where its bytes lie.
    pub fn key(&self) -> BlobKey {
        BlobKey::new(&self.id, &self.blob.sha256)
    }

    /// Where its small picture's bytes lie; its own bytes' place for a document.
    pub fn small_key(&self) -> BlobKey {
        self.small.as_ref().map_or_else(|| self.key(), |small| BlobKey::new(&self.id, &small.sha256))
    }

    /// The header `Content-Disposition`: photos and films are shown, documents are only ever saved (RFC 6266, RFC 8187).
    pub fn disposition(&self) -> String {
        match self.kind {
            FileKind::Photo | FileKind::Mp4 | FileKind::Webm => "inline".into(),
            FileKind::Pdf => {
                let mut text = String::from("attachment; filename*=UTF-8''");
                for byte in self.name.bytes() {
                    if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                        text.push(char::from(byte));
                    } else {
                        text.push_str(&format!("%{byte:02X}"));
                    }
                }
                text
            }
        }
    }
}

/// What is kept of an upload.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// What it is.
    pub kind: FileKind,
    /// What is kept of it.
    pub bytes: Vec<u8>,
    /// Pixels from left to right; 0 of what is no photo.
    pub width: u32,
    /// Pixels from top to bottom; 0 of what is no photo.
    pub height: u32,
    /// The small picture as JPEG; none of a document.
    pub small: Option<Vec<u8>>,
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Prepared({:?}, {} bytes, {} × {})", self.kind, self.bytes.len(), self.width, self.height)
    }
}

/// Checks an upload and makes of it what is kept. The same bytes give the same result. May take seconds of processor
/// time and, inside the gate, [`MAX_DECODED`] bytes of memory and as much again: never inside a transaction.
///
/// # Errors
/// Refusals `file-empty`, `file-too-large` with the limit in megabytes, `file-kind-unknown`, `file-damaged`,
/// `image-too-large` with the limit in millions of pixels, `files-busy`.
pub fn prepare(bytes: &[u8], gate: &Gate) -> Result<Prepared, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::new(Kind::Invalid, "file-empty"));
    }
    if bytes.len() > MAX_UPLOAD {
        let limit = i64::try_from(MAX_UPLOAD >> 20).unwrap_or(0);
        return Err(Refusal::new(Kind::LimitReached, "file-too-large").with_int("limit", limit));
    }
    match sniff::format(bytes) {
        Some(sniff::Format::Pdf) if sniff::pdf_is_whole(bytes) => {
            Ok(Prepared { kind: FileKind::Pdf, bytes: bytes.to_vec(), width: 0, height: 0, small: None })
        }
        Some(sniff::Format::Pdf) => Err(damaged()),
        Some(sniff::Format::Picture(format)) => picture::prepare(bytes, format, gate),
        None => Err(Refusal::new(Kind::Invalid, "file-kind-unknown")),
    }
}

fn damaged() -> Refusal {
    Refusal::new(Kind::Invalid, "file-damaged")
}

fn blob(bytes: &[u8]) -> Blob {
    Blob { sha256: Sha256::digest(bytes).into(), bytes: bytes.len() as u64 }
}

/// The name as it is shown: without folders and invisible characters, at most [`MAX_NAME`] characters.
pub fn shown_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    // also the marks that turn the direction of writing, which can make "gpj.exe" out of "exe.jpg"
    let odd = |c: char| {
        c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let plain: String = last.chars().filter(|c| !odd(*c)).take(MAX_NAME).collect();
    plain.trim().to_owned()
}

/// One file.
///
/// # Errors
/// Refusal `file-not-found`; database faults.
pub fn file(s: &mut Snapshot<'_>, id: &FileId) -> Result<File, Fault> {
    let found = store::file(s, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "file-not-found"))?)
}

/// The files of a record in the order in which they came, [`MAX_LISTED`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_subject(s: &mut Snapshot<'_>, home: Home, subject: &str) -> Result<Vec<File>, DbError> {
    store::files_of(s, home, subject, MAX_LISTED)
}

/// Gives a file to a record, in the transaction in which the record gets it; the record's own entry tells of it. Only
/// who uploaded it can do that.
///
/// # Errors
/// Refusals `file-not-found` when there is none, it is somebody else's, or it was swept; `file-in-use` when it belongs
/// to a record already; database faults.
pub fn attach(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, id: &FileId, subject: &str) -> Result<File, Fault> {
    let mine = cx.actor.person();
    if store::attach_file(tx, permit, id, subject, mine)? {
        return file(tx, id);
    }
    let found = file(tx, id)?;
    let code = match found.state {
        FileState::Attached if found.added_by.as_ref() == mine => "file-in-use",
        _ => "file-not-found",
    };
    Err(Refusal::new(if code == "file-in-use" { Kind::Conflict } else { Kind::NotFound }, code).into())
}

/// Takes a file from its record for good: a job deletes its bytes and its row. The record's own entry tells of it.
///
/// # Errors
/// Refusal `file-not-found` when it does not belong to the record; database faults.
pub fn let_go(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, id: &FileId, subject: &str) -> Result<(), Fault> {
    if !store::let_file_go(tx, permit, id, subject)? {
        return Err(Refusal::new(Kind::NotFound, "file-not-found").into());
    }
    enqueue(tx, cx, &New { home: permit.home(), kind: SWEEP, payload: id, dedup: None, run_at: None })?;
    Ok(())
}

#[cfg(test)]
mod tests;
