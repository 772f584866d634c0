//! Deletes what nobody attached, and what a record let go.

use std::sync::Arc;

use db::{Db, DbError};

use super::{FileId, FileState, FileStore};
use crate::{
    jobs::{Failure, Handler, Job, Outcome},
    store,
};

/// The kind of job that looks whether a file is still wanted; its payload is the file's id.
pub const SWEEP: &str = "file.sweep";

/// The handler of [`SWEEP`].
pub struct Sweep {
    /// The database.
    pub db: Db,
    /// Where the bytes lie.
    pub store: Arc<dyn FileStore>,
}

impl Handler for Sweep {
    fn kind(&self) -> &'static str {
        SWEEP
    }

    /// First the row says that the file is unwanted, so that nobody can attach it any more; then its bytes go; then
    /// its row, with the job's end.
    fn run(&self, job: &Job) -> Result<Outcome, Failure> {
        let id: FileId = job.read()?;
        let wanted = id.clone();
        let found = self.db.jobs().write_wait(move |tx| {
            store::unwant_file(tx, &wanted)?;
            store::file(tx, &wanted)
        })?;
        let Some(file) = found.filter(|file| file.state == FileState::Unwanted) else { return Ok(Outcome::Done) };
        let gone = self.store.delete(&file.key()).and_then(|()| self.store.delete(&file.small_key()));
        gone.map_err(|error| Failure::again(format!("file store: {}", error.kind())))?;
        Ok(Outcome::Keep(Box::new(move |tx, _| {
            let gone: Result<_, DbError> = store::delete_file(tx, &id);
            Ok(gone?)
        })))
    }
}
