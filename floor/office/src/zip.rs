//! The container of office files (APPNOTE.TXT 6.3.3, without its version 64, encryption and parts on several discs).
//!
//! An archive that comes from outside is measured by its list before anything is unpacked: entries, the sum of their
//! sizes, no two that overlap (which is how small files unpack to much), no name twice. A part is unpacked to its
//! stated size and not a byte further, and its checksum must fit.

use std::{
    io::{Read as _, Write as _},
    ops::Range,
};

use flate2::{Compression, Crc, read::DeflateDecoder, write::DeflateEncoder};
use kernel::{Kind, Refusal};

/// Bytes of an archive from outside.
pub const MAX_PACKED: usize = 5 << 20;
/// Bytes of all its parts.
pub const MAX_UNPACKED: u64 = 50 << 20;
/// Its parts.
pub const MAX_ENTRIES: usize = 2_000;
/// Bytes of an archive that is written.
pub const MAX_WRITTEN: usize = 64 << 20;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
const LOCAL_SIZE: usize = 30;
const CENTRAL_SIZE: usize = 46;
const END_SIZE: usize = 22;
const UTF8: u16 = 1 << 11;
/// 1980-01-01, the first day that the format knows: files made from the same facts are the same bytes.
const FIRST_DAY: u16 = 0x21;

/// A part of an archive.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its name, such as `xl/workbook.xml`.
    pub name: String,
    method: u16,
    stamp: [u16; 2],
    crc: u32,
    size: u32,
    data: Range<usize>,
}

/// An archive from outside.
#[derive(Debug, Clone)]
pub struct Archive {
    bytes: Vec<u8>,
    entries: Vec<Entry>,
}

/// The file cannot be read.
pub(crate) fn unreadable() -> Refusal {
    Refusal::new(Kind::Invalid, "xlsx-unreadable")
}

fn too_much() -> Refusal {
    Refusal::new(Kind::Invalid, "xlsx-too-much-inside")
        .with_int("limit", i64::try_from(MAX_UNPACKED >> 20).unwrap_or(0))
        .with_int("parts", i64::try_from(MAX_ENTRIES).unwrap_or(0))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

fn size(n: u32) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

impl Archive {
    /// Reads the list of an archive and measures it.
    ///
    /// # Errors
    /// Refusals `xlsx-too-large`, `xlsx-too-much-inside`, `xlsx-unreadable`.
    pub fn read(bytes: Vec<u8>) -> Result<Archive, Refusal> {
        if bytes.len() > MAX_PACKED {
            let limit = i64::try_from(MAX_PACKED >> 20).unwrap_or(0);
            return Err(Refusal::new(Kind::Invalid, "xlsx-too-large").with_int("limit", limit));
        }
        let entries = list(&bytes)?;
        let whole: u64 = entries.iter().map(|entry| u64::from(entry.size)).sum();
        if whole > MAX_UNPACKED {
            return Err(too_much());
        }
        Ok(Archive { bytes, entries })
    }

    /// Its parts in their order.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// A part by its name.
    pub fn entry(&self, name: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name == name)
    }

    /// The content of a part.
    ///
    /// # Errors
    /// Refusal `xlsx-unreadable` where it is not what the list says.
    pub fn unpack(&self, entry: &Entry) -> Result<Vec<u8>, Refusal> {
        let packed = self.bytes.get(entry.data.clone()).ok_or_else(unreadable)?;
        let mut out = Vec::new();
        if entry.method == 0 {
            out.extend_from_slice(packed);
        } else {
            let most = u64::from(entry.size) + 1;
            DeflateDecoder::new(packed).take(most).read_to_end(&mut out).map_err(|_| unreadable())?;
        }
        let mut crc = Crc::new();
        crc.update(&out);
        if out.len() != size(entry.size) || crc.sum() != entry.crc {
            return Err(unreadable());
        }
        Ok(out)
    }

    /// The content of a part as text.
    ///
    /// # Errors
    /// Refusal `xlsx-unreadable` where it is not there, not what the list says, or not UTF-8.
    pub fn text(&self, name: &str) -> Result<String, Refusal> {
        let entry = self.entry(name).ok_or_else(unreadable)?;
        String::from_utf8(self.unpack(entry)?).map_err(|_| unreadable())
    }
}

/// The list at the end of an archive, checked against the archive.
fn list(bytes: &[u8]) -> Result<Vec<Entry>, Refusal> {
    let end = end_of(bytes).ok_or_else(unreadable)?;
    let at = |offset: usize| u16_at(bytes, end + offset).ok_or_else(unreadable);
    let n = usize::from(at(10)?);
    let (from, length) =
        (size(u32_at(bytes, end + 16).ok_or_else(unreadable)?), size(u32_at(bytes, end + 12).ok_or_else(unreadable)?));
    // one disc, and nothing between the list and its end
    if at(4)? != 0 || at(6)? != 0 || usize::from(at(8)?) != n || from.checked_add(length) != Some(end) {
        return Err(unreadable());
    }
    if n > MAX_ENTRIES {
        return Err(too_much());
    }
    let mut entries: Vec<Entry> = Vec::with_capacity(n);
    let mut spans: Vec<Range<usize>> = Vec::with_capacity(n);
    let mut cursor = from;
    for _ in 0..n {
        let (entry, span, next) = one(bytes, cursor, from).ok_or_else(unreadable)?;
        entries.push(entry);
        spans.push(span);
        cursor = next;
    }
    spans.sort_by_key(|span| span.start);
    let overlap = spans.windows(2).any(|two| two[0].end > two[1].start);
    let mut names: Vec<String> = entries.iter().map(|entry| entry.name.to_ascii_lowercase()).collect();
    names.sort_unstable();
    let twice = names.windows(2).any(|two| two[0] == two[1]);
    if cursor != end || overlap || twice { Err(unreadable()) } else { Ok(entries) }
}

/// Where the record of the end begins: its comment reaches to the last byte.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|at| {
        u32_at(bytes, *at) == Some(END)
            && u16_at(bytes, at + 20).is_some_and(|comment| at + END_SIZE + usize::from(comment) == bytes.len())
    })
}

/// The entry of the list at `at`, the bytes it takes in the archive, and where the next one stands.
fn one(bytes: &[u8], at: usize, list: usize) -> Option<(Entry, Range<usize>, usize)> {
    if u32_at(bytes, at)? != CENTRAL {
        return None;
    }
    let (flags, method) = (u16_at(bytes, at + 8)?, u16_at(bytes, at + 10)?);
    let (packed, unpacked) = (u32_at(bytes, at + 20)?, u32_at(bytes, at + 24)?);
    let lengths = [u16_at(bytes, at + 28)?, u16_at(bytes, at + 30)?, u16_at(bytes, at + 32)?].map(usize::from);
    let start = size(u32_at(bytes, at + 42)?);
    let name = bytes.get(at + CENTRAL_SIZE..at + CENTRAL_SIZE + lengths[0])?;
    // encrypted, or packed in a way that office files do not use
    if flags & 1 != 0 || !matches!(method, 0 | 8) || (method == 0 && packed != unpacked) {
        return None;
    }
    if u32_at(bytes, start)? != LOCAL || u16_at(bytes, start + 8)? != method {
        return None;
    }
    let (name_length, extra) = (usize::from(u16_at(bytes, start + 26)?), usize::from(u16_at(bytes, start + 28)?));
    if bytes.get(start + LOCAL_SIZE..start + LOCAL_SIZE + name_length)? != name {
        return None;
    }
    let data = start + LOCAL_SIZE + name_length + extra;
    let data = data..data.checked_add(size(packed))?;
    if data.end > list {
        return None;
    }
    let name = std::str::from_utf8(name).ok()?.to_owned();
    let stays_inside =
        !name.starts_with('/') && !name.contains(['\\', '\0']) && name.split('/').all(|part| part != "..");
    let stamp = [u16_at(bytes, at + 12)?, u16_at(bytes, at + 14)?];
    let crc = u32_at(bytes, at + 16)?;
    let entry = Entry { name, method, stamp, crc, size: unpacked, data: data.clone() };
    let next = at + CENTRAL_SIZE + lengths.iter().sum::<usize>();
    (stays_inside && !entry.name.is_empty()).then_some((entry, start..data.end, next))
}

/// Writes an archive, part after part.
#[derive(Debug, Default)]
pub struct Writer {
    out: Vec<u8>,
    list: Vec<u8>,
    n: u16,
}

/// A part that is being written.
#[derive(Debug)]
pub struct Part {
    encoder: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    name: String,
    start: usize,
}

fn too_large() -> Refusal {
    Refusal::new(Kind::LimitReached, "office-file-too-large")
        .with_int("limit", i64::try_from(MAX_WRITTEN >> 20).unwrap_or(0))
}

impl Part {
    /// More of its content.
    ///
    /// # Errors
    /// Refusal `office-file-too-large`.
    pub fn write(&mut self, text: &str) -> Result<(), Refusal> {
        self.crc.update(text.as_bytes());
        self.encoder.write_all(text.as_bytes()).map_err(|_| too_large())?;
        if self.encoder.get_ref().len() > MAX_WRITTEN { Err(too_large()) } else { Ok(()) }
    }
}

impl Writer {
    /// Begins a part; [`Writer::end`] takes it back.
    pub fn begin(&mut self, name: &str) -> Part {
        let start = self.out.len();
        let mut out = std::mem::take(&mut self.out);
        // sizes and checksum are put in at the end
        let entry = Entry { name: name.to_owned(), method: 8, stamp: [0, FIRST_DAY], crc: 0, size: 0, data: 0..0 };
        head(&mut out, &entry, 0);
        Part {
            encoder: DeflateEncoder::new(out, Compression::default()),
            crc: Crc::new(),
            name: name.to_owned(),
            start,
        }
    }

    /// Ends a part.
    ///
    /// # Errors
    /// Refusal `office-file-too-large`.
    pub fn end(&mut self, part: Part) -> Result<(), Refusal> {
        let Part { encoder, crc, name, start } = part;
        self.out = encoder.finish().map_err(|_| too_large())?;
        let data = start + LOCAL_SIZE + name.len()..self.out.len();
        let packed = u32::try_from(data.len()).map_err(|_| too_large())?;
        let entry = Entry { name, method: 8, stamp: [0, FIRST_DAY], crc: crc.sum(), size: crc.amount(), data };
        for (offset, value) in [(14, entry.crc), (18, packed), (22, entry.size)] {
            if let Some(place) = self.out.get_mut(start + offset..start + offset + 4) {
                place.copy_from_slice(&value.to_le_bytes());
            }
        }
        self.listed(&entry, packed, start)
    }

    /// A whole part.
    ///
    /// # Errors
    /// Refusal `office-file-too-large`.
    pub fn add(&mut self, name: &str, content: &str) -> Result<(), Refusal> {
        let mut part = self.begin(name);
        part.write(content)?;
        self.end(part)
    }

    /// A part of another archive as it is packed there, with its time stamp.
    ///
    /// # Errors
    /// Refusals `xlsx-unreadable`, `office-file-too-large`.
    pub fn copy(&mut self, from: &Archive, entry: &Entry) -> Result<(), Refusal> {
        let packed = from.bytes.get(entry.data.clone()).ok_or_else(unreadable)?;
        let (start, length) = (self.out.len(), u32::try_from(packed.len()).map_err(|_| too_large())?);
        head(&mut self.out, entry, length);
        self.out.extend_from_slice(packed);
        self.listed(entry, length, start)
    }

    fn listed(&mut self, entry: &Entry, packed: u32, start: usize) -> Result<(), Refusal> {
        let name = u16::try_from(entry.name.len()).map_err(|_| too_large())?;
        let start = u32::try_from(start).map_err(|_| too_large())?;
        self.n = self.n.checked_add(1).ok_or_else(too_large)?;
        let out = &mut self.list;
        out.extend_from_slice(&CENTRAL.to_le_bytes());
        for half in [20, 20, UTF8, entry.method, entry.stamp[0], entry.stamp[1]] {
            out.extend_from_slice(&half.to_le_bytes());
        }
        for whole in [entry.crc, packed, entry.size] {
            out.extend_from_slice(&whole.to_le_bytes());
        }
        // name; extra, comment, disc, inner attributes
        for half in [name, 0, 0, 0, 0] {
            out.extend_from_slice(&half.to_le_bytes());
        }
        for whole in [0, start] {
            out.extend_from_slice(&whole.to_le_bytes());
        }
        out.extend_from_slice(entry.name.as_bytes());
        Ok(())
    }

    /// The whole archive.
    ///
    /// # Errors
    /// Refusal `office-file-too-large`.
    pub fn finish(mut self) -> Result<Vec<u8>, Refusal> {
        let start = u32::try_from(self.out.len()).map_err(|_| too_large())?;
        let length = u32::try_from(self.list.len()).map_err(|_| too_large())?;
        self.out.append(&mut self.list);
        self.out.extend_from_slice(&END.to_le_bytes());
        for half in [0, 0, self.n, self.n] {
            self.out.extend_from_slice(&half.to_le_bytes());
        }
        for whole in [length, start] {
            self.out.extend_from_slice(&whole.to_le_bytes());
        }
        self.out.extend_from_slice(&[0, 0]);
        Ok(self.out)
    }
}

fn head(out: &mut Vec<u8>, entry: &Entry, packed: u32) {
    out.extend_from_slice(&LOCAL.to_le_bytes());
    for half in [20, UTF8, entry.method, entry.stamp[0], entry.stamp[1]] {
        out.extend_from_slice(&half.to_le_bytes());
    }
    for whole in [entry.crc, packed, entry.size] {
        out.extend_from_slice(&whole.to_le_bytes());
    }
    let name = u16::try_from(entry.name.len()).unwrap_or(u16::MAX);
    for half in [name, 0] {
        out.extend_from_slice(&half.to_le_bytes());
    }
    out.extend_from_slice(entry.name.as_bytes());
}
