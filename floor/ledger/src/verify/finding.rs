//! What can be wrong with an export, as data.

use std::fmt;
use std::ops::Range;

use crate::note::NoteError;
use crate::tree::{Hash, TreeHead};

/// Whether the entries in the export lead to the signed root, whatever else is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogState {
    /// Every entry was read and the root over them is the signed one: the entries are whole, something beside them is
    /// damaged.
    Agrees,
    /// Every entry was read and the root over them is another one.
    Disagrees,
    /// It cannot be told: entries are missing, or no signed root could be read.
    Unknown,
}

impl LogState {
    /// A stable code: `agrees`, `disagrees` or `unknown`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Agrees => "agrees",
            Self::Disagrees => "disagrees",
            Self::Unknown => "unknown",
        }
    }
}

impl fmt::Display for LogState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Agrees => "all entries still lead to the signed root",
            Self::Disagrees => "the entries do not lead to the signed root",
            Self::Unknown => "whether the entries lead to the signed root cannot be told",
        })
    }
}

/// One wrong thing. Paths are relative to the export, with `/`; lines count from 1; entries, hashes and bytes from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// There is no such file.
    Missing {
        /// The file.
        path: String,
    },
    /// A link, a folder or a device stands where a file should be.
    NotAFile {
        /// Its path.
        path: String,
    },
    /// A file or folder that the manifest does not list.
    Unlisted {
        /// Its path; of a folder, with a final `/`. Bytes that are no text are replaced.
        path: String,
    },
    /// `vkey` is not a verifier key, and none was pinned.
    KeyUnreadable,
    /// The export's key is not the pinned one: it was signed by somebody else.
    OtherKey {
        /// The pinned key.
        pinned: String,
        /// The export's key.
        found: String,
    },
    /// The manifest is not what the log's key signed.
    ManifestChanged {
        /// The line, when the files or the form tell which (or the next one, for a line joined to it or out of order);
        /// `None` for the signature or several lines.
        line: Option<u64>,
    },
    /// A file beside the log is not as the manifest lists it.
    FileChanged {
        /// The file.
        path: String,
        /// The first wrong line, when it can be told.
        line: Option<u64>,
    },
    /// The checkpoint is as listed, but is not a checkpoint signed by the log.
    CheckpointUnsigned {
        /// Why.
        fault: NoteError,
    },
    /// The manifest and the checkpoint, both signed, are of different heads.
    HeadsDisagree {
        /// The manifest's.
        manifest: TreeHead,
        /// The checkpoint's.
        checkpoint: TreeHead,
    },
    /// A listed tile or bundle that a log of this size does not have.
    NotOfThisLog {
        /// The file.
        path: String,
    },
    /// An entry is not the one that was logged.
    EntryChanged {
        /// The entry.
        index: u64,
        /// Its bundle.
        path: String,
        /// Its bytes in the bundle as it is now, length prefix included.
        bytes: Range<u64>,
    },
    /// A bundle or tile goes on after its last entry or hash.
    Surplus {
        /// The file.
        path: String,
        /// The first byte too many.
        offset: u64,
    },
    /// A hash in a tile is not that of the entries below it.
    HashChanged {
        /// The file.
        path: String,
        /// Tile level.
        level: u8,
        /// The tile in its level.
        tile: u64,
        /// The hash in its tile, 0 to 255; it begins at byte 32 times this.
        hash: u16,
    },
    /// An entry and its hash in the tile disagree although both files are as the manifest lists them: whoever signed the
    /// manifest signed a contradiction.
    EntryUnproven {
        /// The entry.
        index: u64,
        /// Its bundle.
        path: String,
        /// Its bytes in the bundle, length prefix included.
        bytes: Range<u64>,
    },
    /// The log does not begin with the earlier head: its past was rewritten or it is another log.
    OtherPast {
        /// The earlier head, signed by the same key.
        earlier: TreeHead,
    },
    /// Entries and tiles agree with each other and with the manifest, but not with the signed root.
    RootDiffers {
        /// Root over the entries in the export.
        computed: Hash,
        /// Signed root.
        signed: Hash,
    },
}

impl Finding {
    /// A stable code for scripts and for translation.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "missing",
            Self::NotAFile { .. } => "not-a-file",
            Self::Unlisted { .. } => "unlisted",
            Self::KeyUnreadable => "key-unreadable",
            Self::OtherKey { .. } => "other-key",
            Self::ManifestChanged { .. } => "manifest-changed",
            Self::FileChanged { .. } => "file-changed",
            Self::CheckpointUnsigned { .. } => "checkpoint-unsigned",
            Self::HeadsDisagree { .. } => "heads-disagree",
            Self::NotOfThisLog { .. } => "not-of-this-log",
            Self::EntryChanged { .. } => "entry-changed",
            Self::Surplus { .. } => "surplus",
            Self::HashChanged { .. } => "hash-changed",
            Self::EntryUnproven { .. } => "entry-unproven",
            Self::OtherPast { .. } => "other-past",
            Self::RootDiffers { .. } => "root-differs",
        }
    }

    /// The file concerned, if it is one.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        match self {
            Self::Missing { path }
            | Self::NotAFile { path }
            | Self::Unlisted { path }
            | Self::FileChanged { path, .. }
            | Self::NotOfThisLog { path }
            | Self::EntryChanged { path, .. }
            | Self::Surplus { path, .. }
            | Self::HashChanged { path, .. }
            | Self::EntryUnproven { path, .. } => Some(path),
            Self::KeyUnreadable | Self::OtherKey { .. } => Some("vkey"),
            Self::ManifestChanged { .. } => Some(crate::manifest::MANIFEST),
            Self::CheckpointUnsigned { .. } | Self::HeadsDisagree { .. } => Some("checkpoint"),
            Self::OtherPast { .. } | Self::RootDiffers { .. } => None,
        }
    }

    pub(super) fn at_line(self, at: Option<u64>) -> Self {
        match self {
            Self::FileChanged { path, .. } => Self::FileChanged { path, line: at },
            other => other,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path } => write!(f, "{path} is missing"),
            Self::NotAFile { path } => write!(f, "{path} is not a regular file"),
            Self::Unlisted { path } => write!(f, "{path} is not listed in the MANIFEST"),
            Self::KeyUnreadable => write!(f, "vkey is not a verifier key, and none was given to check against"),
            Self::OtherKey { pinned, found } => write!(f, "the export is signed by {found}, not by {pinned}"),
            Self::ManifestChanged { line: None } => write!(f, "MANIFEST is not what the log's key signed"),
            Self::ManifestChanged { line: Some(line) } => {
                write!(f, "MANIFEST is not what the log's key signed: line {line}")
            }
            Self::FileChanged { path, line: None } => write!(f, "{path} was changed"),
            Self::FileChanged { path, line: Some(line) } => write!(f, "{path} was changed: line {line}"),
            Self::CheckpointUnsigned { fault } => write!(f, "the checkpoint does not hold: {fault}"),
            Self::HeadsDisagree { manifest, checkpoint } => write!(
                f,
                "the MANIFEST is of {} entries with root {}, the checkpoint of {} with root {}",
                manifest.size, manifest.root, checkpoint.size, checkpoint.root
            ),
            Self::NotOfThisLog { path } => write!(f, "{path} is not a file of a log of this size"),
            Self::EntryChanged { index, path, bytes } => {
                write!(f, "entry {index} was changed: {path}, bytes {} to {}", bytes.start, bytes.end)
            }
            Self::Surplus { path, offset } => write!(f, "{path} has bytes too many from byte {offset}"),
            Self::HashChanged { path, level, tile, hash } => {
                write!(f, "{path} was changed: level {level}, tile {tile}, hash {hash}")
            }
            Self::EntryUnproven { index, path, bytes } => write!(
                f,
                "entry {index} is not the one in the hash tiles: {path}, bytes {} to {}",
                bytes.start, bytes.end
            ),
            Self::OtherPast { earlier } => write!(
                f,
                "the log does not begin with the earlier one of {} entries and root {}",
                earlier.size, earlier.root
            ),
            Self::RootDiffers { computed, signed } => {
                write!(f, "the entries lead to root {computed}, the signed root is {signed}")
            }
        }
    }
}
