//! The entries and hash tiles, read once from left to right, against the signed root.

use super::folder::Content;
use super::{Finding, LogState, Pass, VerifyError};
use crate::manifest::Listed;
use crate::tile::{CutShort, Kind, MAX_BUNDLE, Tile, WIDTH, entries, tile_at};
use crate::tree::{Frontier, Hash, TreeHead, leaf_hash};

/// Reads the whole log of the given head, notes what is wrong, and tells whether the entries lead to the root.
pub fn check(pass: &mut Pass, head: &TreeHead, mut each: impl FnMut(u64, &[u8])) -> Result<LogState, VerifyError> {
    let mut walk = Walk { pass, size: head.size, frontier: Frontier::new(), tiles: Vec::new(), whole: true };
    let mut index = 0;
    while walk.whole
        && let Some(tile) = tile_at(Kind::Entries, index, head.size)
    {
        walk.bundle(&tile, &mut each)?;
        index += 1;
    }
    if !walk.whole {
        walk.rest_unread(index)?;
        return Ok(LogState::Unknown);
    }
    let computed = walk.frontier.root();
    if computed == head.root {
        return Ok(LogState::Agrees);
    }
    pass.note(Finding::RootDiffers { computed, signed: head.root });
    Ok(LogState::Disagrees)
}

/// A hash tile beside which the pass walks.
struct Beside {
    tile: Tile,
    content: Content,
    /// Whether the file is as the manifest lists it; `None` without one.
    as_listed: Option<bool>,
}

struct Walk<'a> {
    pass: &'a mut Pass,
    size: u64,
    frontier: Frontier,
    /// The tile of each level that the pass is in.
    tiles: Vec<Beside>,
    /// Whether every entry so far could be read.
    whole: bool,
}

impl Walk<'_> {
    fn bundle(&mut self, tile: &Tile, each: &mut impl FnMut(u64, &[u8])) -> Result<(), VerifyError> {
        let path = tile.to_string();
        let content = self.pass.folder.read(&path, MAX_BUNDLE as u64)?;
        let as_listed = self.as_listed(&path, &content);
        let Some(bytes) = content.prefix() else {
            self.whole = false;
            content.fault(&path).into_iter().for_each(|fault| self.pass.note(fault));
            return Ok(());
        };
        let mut read = entries(bytes);
        let mut end = 0;
        for index in tile.start()..tile.start() + u64::from(tile.width) {
            let entry = match read.next() {
                Some(Ok(entry)) => entry,
                cut => {
                    let start = cut.map_or(bytes.len(), |cut| cut.err().map_or(0, |CutShort(at)| at)) as u64;
                    self.pass.note(Finding::EntryChanged { index, path, bytes: start..bytes.len() as u64 });
                    self.whole = false;
                    return Ok(());
                }
            };
            end = entry.offset + 2 + entry.bytes.len();
            let place = Place { index, path: &path, start: entry.offset as u64, end: end as u64, as_listed };
            self.leaf(leaf_hash(entry.bytes), &place)?;
            each(index, entry.bytes);
        }
        if end < bytes.len() {
            self.pass.note(Finding::Surplus { path, offset: end as u64 });
        } else if as_listed == Some(false) {
            // Every entry fits its hash, so only a manifest that lists another file can bring us here.
            self.pass.note(Finding::FileChanged { path, line: None });
        }
        Ok(())
    }

    /// Adds a leaf and compares every hash that it completes with the tiles.
    fn leaf(&mut self, leaf: Hash, place: &Place<'_>) -> Result<(), VerifyError> {
        let mut completed = Vec::new();
        self.frontier.push_with(leaf, |level, index, hash| {
            if level.is_multiple_of(8) {
                completed.push((level / 8, index, hash));
            }
        });
        for (level, index, hash) in completed {
            let at = usize::from(level);
            if index.is_multiple_of(WIDTH) {
                let Some(tile) = tile_at(Kind::Hashes(level), index / WIDTH, self.size) else { continue };
                let beside = self.open(tile)?;
                match self.tiles.get_mut(at) {
                    Some(old) => *old = beside,
                    None => self.tiles.push(beside),
                }
            }
            self.compare(level, (index % WIDTH) as u16, hash, place);
        }
        Ok(())
    }

    /// Opens the next tile of a level; what is wrong with it as a whole is noted when its hashes are compared.
    fn open(&mut self, tile: Tile) -> Result<Beside, VerifyError> {
        let path = tile.to_string();
        let content = self.pass.folder.read(&path, 32 * u64::from(tile.width))?;
        let as_listed = self.as_listed(&path, &content);
        Ok(Beside { tile, content, as_listed })
    }

    fn compare(&mut self, level: u8, hash: u16, computed: Hash, place: &Place<'_>) {
        let Some(beside) = self.tiles.get(usize::from(level)) else { return };
        let path = beside.tile.to_string();
        let Some(bytes) = beside.content.prefix() else {
            beside.content.fault(&path).into_iter().for_each(|fault| self.pass.note(fault));
            return;
        };
        let from = usize::from(hash) * 32;
        let same = bytes.get(from..from + 32) == Some(computed.as_ref());
        let last = hash + 1 == beside.tile.width;
        if !same {
            let changed = Finding::HashChanged { path, level, tile: beside.tile.index, hash };
            let bytes = place.start..place.end;
            let (index, path) = (place.index, place.path.to_owned());
            // Entry and hash contradict each other: the manifest tells which file is not what it was.
            let finding = match (place.as_listed, beside.as_listed) {
                (_, Some(false)) if place.as_listed != Some(false) => changed,
                (Some(true), Some(true)) if level == 0 => Finding::EntryUnproven { index, path, bytes },
                _ if level == 0 => Finding::EntryChanged { index, path, bytes },
                _ => changed,
            };
            self.pass.note(finding);
        } else if last && beside.as_listed == Some(false) {
            // Every hash fits: the file goes on, or the manifest lists another one.
            let fault = beside.content.fault(&path).unwrap_or(Finding::FileChanged { path, line: None });
            self.pass.note(fault);
        } else if last && let Some(surplus) = beside.content.fault(&path) {
            self.pass.note(surplus);
        }
    }

    fn as_listed(&self, path: &str, content: &Content) -> Option<bool> {
        let listed = self.pass.manifest.as_ref()?.files.get(path);
        let fits = |(listed, bytes): (&Listed, _)| *listed == Listed::of(bytes);
        Some(listed.zip(content.bytes()).is_some_and(fits))
    }

    /// After an unreadable bundle the tree is lost; the files that follow are still compared with the manifest.
    fn rest_unread(&mut self, from: u64) -> Result<(), VerifyError> {
        let Some(manifest) = &self.pass.manifest else { return Ok(()) };
        let after = |path: &str| Tile::parse(path).is_some_and(|tile| tile.kind != Kind::Entries || tile.index >= from);
        let rest: Vec<(&String, &Listed)> = manifest.files.iter().filter(|(path, _)| after(path)).collect();
        let mut findings = Vec::new();
        for (path, listed) in rest {
            findings.extend(self.pass.folder.hash(path, listed)?);
        }
        findings.into_iter().for_each(|finding| self.pass.note(finding));
        Ok(())
    }
}

/// Where the entry lies that is being added.
struct Place<'a> {
    index: u64,
    path: &'a str,
    start: u64,
    end: u64,
    as_listed: Option<bool>,
}
