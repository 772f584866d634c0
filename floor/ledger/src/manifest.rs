//! `MANIFEST` of an export: one line a file, signed by the log's key, so that every byte of the export is pinned.
//!
//! ```text
//! linli.manifest/v1 linli.example/log/1
//! entries 700
//! root BASE64
//! SHA256-IN-HEX SIZE PATH
//! …
//! ```
//!
//! The first line holds a space, which no origin does, and the second is no number: so a manifest can never pass for a
//! checkpoint signed by the same key, nor a checkpoint for a manifest.

use std::collections::BTreeMap;
use std::fmt;

use crate::note::decimal;
use crate::tree::{Hash, MAX_SIZE};

/// The name of the manifest inside an export.
pub const MANIFEST: &str = "MANIFEST";

/// The longest manifest read, in bytes: room for some 600,000 files, or 75 million entries.
pub const MAX_MANIFEST: usize = 64 << 20;

/// The longest path of a file, in bytes.
pub const MAX_PATH: usize = 200;

const HEADER: &str = "linli.manifest/v1 ";

/// Lines before the first file.
const HEADER_LINES: u64 = 3;

/// What the manifest says of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// SHA-256 of its bytes.
    pub hash: Hash,
    /// Bytes.
    pub size: u64,
}

impl Listed {
    /// What a manifest says of a file with these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self { hash: Hash::of(bytes), size: bytes.len() as u64 }
    }
}

/// All files of an export but the manifest itself, and the head of the log. Displayed as the text that is signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// The log's origin.
    pub origin: String,
    /// Entries in the export.
    pub entries: u64,
    /// The root over them.
    pub root: Hash,
    /// Files by path, in byte order.
    pub files: BTreeMap<String, Listed>,
}

/// The first line (counted from 1) that is not as a manifest has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {0} is not a line of a manifest")]
pub struct ManifestFault(pub u64);

impl Manifest {
    /// Reads the text of a manifest; paths must be plain ([`plain_path`]) and in strictly rising order.
    ///
    /// # Errors
    /// [`ManifestFault`] with the first wrong line.
    pub fn parse(text: &str) -> Result<Self, ManifestFault> {
        let mut lines = (1..).zip(text.lines());
        let mut header = |line: u64, prefix: &str| {
            lines.next().and_then(|(_, text)| text.strip_prefix(prefix)).ok_or(ManifestFault(line))
        };
        let origin = header(1, HEADER)?.to_owned();
        let entries = decimal(header(2, "entries ")?).filter(|size| *size <= MAX_SIZE).ok_or(ManifestFault(2))?;
        let root = Hash::from_base64(header(3, "root ")?).ok_or(ManifestFault(3))?;
        let mut files = BTreeMap::new();
        for (line, text) in lines {
            let (path, listed) = file_line(text).ok_or(ManifestFault(line))?;
            if files.last_key_value().is_some_and(|(last, _): (&String, _)| last.as_str() >= path) {
                return Err(ManifestFault(line));
            }
            files.insert(path.to_owned(), listed);
        }
        Ok(Self { origin, entries, root, files })
    }

    /// The line, counted from 1, that lists `path`.
    #[must_use]
    pub fn line_of(&self, path: &str) -> Option<u64> {
        let place = self.files.keys().position(|listed| listed == path)?;
        Some(place as u64 + HEADER_LINES + 1)
    }
}

impl fmt::Display for Manifest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}{}\nentries {}\nroot {}", self.origin, self.entries, self.root.to_base64())?;
        self.files.iter().try_for_each(|(path, listed)| writeln!(f, "{} {} {path}", listed.hash, listed.size))
    }
}

fn file_line(text: &str) -> Option<(&str, Listed)> {
    let mut parts = text.splitn(3, ' ');
    let hash = Hash::from_hex(parts.next()?)?;
    let size = decimal(parts.next()?)?;
    let path = parts.next().filter(|path| plain_path(path) && *path != MANIFEST)?;
    Some((path, Listed { hash, size }))
}

/// Whether a path can only name a file inside the export: 1 to [`MAX_PATH`] bytes of ASCII letters, digits, `.`, `_` and
/// `-` in parts between single `/`; no part begins with a dot, so neither `..` nor hidden files.
#[must_use]
pub fn plain_path(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    path.len() <= MAX_PATH
        && path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Manifest {
        let listed = |text: &str| Listed::of(text.as_bytes());
        let files = [("checkpoint", "c"), ("tile/0/000.p/1", "t"), ("vkey", "k")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), listed(text))).collect();
        Manifest { origin: "linli.example/log".to_owned(), entries: 1, root: Hash::of(b"root"), files }
    }

    #[test]
    fn a_manifest_reads_back_and_names_its_lines() {
        let manifest = sample();
        assert_eq!(Manifest::parse(&manifest.to_string()), Ok(manifest.clone()));
        assert_eq!(manifest.line_of("checkpoint"), Some(4));
        assert_eq!(manifest.line_of("vkey"), Some(6));
        assert_eq!(manifest.line_of("absent"), None);
    }

    #[test]
    fn the_first_wrong_line_is_named() {
        let text = sample().to_string();
        let cases = [
            ("linli.manifest/v1", "linli.manifest/v2", 1),
            ("entries 1", "entries 01", 2),
            ("root ", "root  ", 3),
            (" 1 checkpoint", " 1 ../checkpoint", 4),
            (" 1 checkpoint", " x checkpoint", 4),
            (" 1 checkpoint", " 1 MANIFEST", 4),
            (" 1 checkpoint", " 1 zzz", 5),
            (" 1 vkey", " 1 checkpoint", 6),
            (" 1 vkey", " 1 tile/0/000.p/1", 6),
        ];
        for (from, to, line) in cases {
            assert_eq!(Manifest::parse(&text.replace(from, to)), Err(ManifestFault(line)), "{to}");
        }
        assert_eq!(Manifest::parse(""), Err(ManifestFault(1)));
    }

    #[test]
    fn paths_that_lead_elsewhere_are_not_plain() {
        let long = "x".repeat(MAX_PATH + 1);
        for path in ["", "/a", "a/", "a//b", "..", "a/../b", ".hidden", "a\\b", "c:", "a b", "楼", "a\nb", &long] {
            assert!(!plain_path(path), "{path}");
        }
        assert!(plain_path("ballots/2024-pb_1.pb"));
    }
}
