//! A folder that appears whole or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::ExportError;

/// A folder under construction beside its future place.
pub struct Folder {
    place: PathBuf,
    parent: PathBuf,
    draft: PathBuf,
    made: BTreeSet<PathBuf>,
    published: bool,
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ExportError {
    let path = path.to_owned();
    |source| ExportError::Io { path, source }
}

impl Folder {
    /// Makes the draft `.NAME.part` beside `place`. The fixed name keeps two exports to one place apart.
    pub fn create(place: &Path) -> Result<Self, ExportError> {
        let name = place.file_name().ok_or_else(|| ExportError::NotAFolder(place.to_owned()))?;
        let parent = match place.parent() {
            Some(parent) if parent != Path::new("") => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        match fs::symlink_metadata(place) {
            Ok(found) if !found.is_dir() => return Err(ExportError::NotAFolder(place.to_owned())),
            Ok(_) if fs::read_dir(place).map_err(failed(place))?.next().is_some() => {
                return Err(ExportError::NotEmpty(place.to_owned()));
            }
            Ok(_) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(failed(place)(error)),
        }
        fs::create_dir_all(&parent).map_err(failed(&parent))?;
        let mut draft_name = std::ffi::OsString::from(".");
        draft_name.push(name);
        draft_name.push(".part");
        let draft = parent.join(draft_name);
        match fs::create_dir(&draft) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(ExportError::Unfinished(draft)),
            Err(error) => Err(failed(&draft)(error)),
            Ok(()) => Ok(Self { place: place.to_owned(), parent, draft, made: BTreeSet::new(), published: false }),
        }
    }

    /// Writes one file that is not there yet. `path` is plain and relative.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), ExportError> {
        let path = self.draft.join(path);
        if let Some(folder) = path.parent()
            && folder != self.draft
            && !self.made.contains(folder)
        {
            fs::create_dir_all(folder).map_err(failed(folder))?;
            let inside = |folder: &&Path| folder.starts_with(&self.draft) && **folder != self.draft;
            self.made.extend(folder.ancestors().take_while(inside).map(Path::to_owned));
        }
        let mut file = OpenOptions::new().write(true).create_new(true).open(&path).map_err(failed(&path))?;
        file.write_all(bytes).map_err(failed(&path))
    }

    /// Flushes every file and folder to disk, then renames the draft to its place.
    ///
    /// The files are flushed at the end rather than one by one as they are written: by then the system has written most
    /// of them on its own.
    pub fn publish<'a>(mut self, files: impl Iterator<Item = &'a str>) -> Result<(), ExportError> {
        for file in files {
            flush(&self.draft.join(file))?;
        }
        for folder in self.made.iter().rev() {
            flush(folder)?;
        }
        flush(&self.draft)?;
        fs::rename(&self.draft, &self.place).map_err(|error| match error.kind() {
            io::ErrorKind::DirectoryNotEmpty => ExportError::NotEmpty(self.place.clone()),
            _ => failed(&self.place)(error),
        })?;
        self.published = true;
        flush(&self.parent)
    }
}

fn flush(path: &Path) -> Result<(), ExportError> {
    File::open(path).and_then(|file| file.sync_all()).map_err(failed(path))
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.published {
            // Nothing to tell anyone: the export has already failed, and the next one names a draft left behind.
            let _ = fs::remove_dir_all(&self.draft);
        }
    }
}
