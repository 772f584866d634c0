//! An upload's way: checked, announced, laid down, ready.
//!
//! The row comes before the bytes, and with it the job that looks after a day whether anybody attached the file: so
//! bytes that no row knows of do not come about, wherever a process dies.

use std::sync::Arc;

use db::{Db, DbError, Fault};
use kernel::{Context, Instant, Kind, Refusal, Site};
use rights::{Action, authorize};

use super::{
    File, FileState, FileStore, Gate, MAX_UNATTACHED, MAX_UNATTACHED_BYTES, Prepared, SWEEP, UNATTACHED, blob, prepare,
    prepare_film, shown_name,
};
use crate::{
    jobs::{New, enqueue},
    store,
};

/// A file somebody sent.
#[derive(Clone)]
pub struct Upload {
    /// How they call it; only shown.
    pub name: String,
    /// Its bytes, [`super::MAX_UPLOAD`] at most; of a film [`super::MAX_FILM`].
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Upload {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Upload({} bytes)", self.bytes.len())
    }
}

/// Takes uploads in.
#[derive(Clone)]
pub struct Desk {
    /// The database.
    pub db: Db,
    /// Where the bytes go.
    pub store: Arc<dyn FileStore>,
    /// How many pictures are decoded at a time.
    pub gate: Arc<Gate>,
}

impl Desk {
    /// Takes an upload in; it is swept after a day unless a record gets it with [`super::attach`].
    ///
    /// Blocks for as long as decoding takes: call it on a thread for that, never on the runtime's own.
    ///
    /// # Errors
    /// Refusals `not-allowed` (and its kin), `files-unattached` and those of [`prepare`]; database faults, also where the bytes could not
    /// be laid down.
    pub fn receive(&self, cx: &Context, site: &Site, upload: &Upload) -> Result<File, Fault> {
        // a stranger does not get to keep the decoder busy
        authorize(&cx.actor, Action::AddFile, site)?;
        self.keep(cx, site, (&upload.name, prepare(&upload.bytes, &self.gate)?))
    }

    /// As [`Desk::receive`], for a film.
    ///
    /// # Errors
    /// Refusals `not-allowed` (and its kin), `files-unattached` and those of [`prepare_film`]; database faults, also where the bytes could not
    /// be laid down.
    pub fn receive_film(&self, cx: &Context, site: &Site, upload: Upload) -> Result<File, Fault> {
        authorize(&cx.actor, Action::AddFile, site)?;
        self.keep(cx, site, (&upload.name, prepare_film(upload.bytes)?))
    }

    fn keep(&self, cx: &Context, site: &Site, (name, prepared): (&str, Prepared)) -> Result<File, Fault> {
        let file = self.announce(cx, site, draft(cx, site, name, &prepared))?;
        let laid = self.store.put(&file.key(), &prepared.bytes).and_then(|()| match &prepared.small {
            Some(small) => self.store.put(&file.small_key(), small),
            None => Ok(()),
        });
        laid.map_err(|error| DbError::Data(format!("the file store: {error}")))?;
        let (actor, on, id) = (cx.actor.clone(), site.clone(), file.id.clone());
        self.db.write_wait(move |tx| {
            let permit = authorize(&actor, Action::AddFile, &on)?;
            if store::file_arrived(tx, &permit, &id)? {
                Ok(())
            } else {
                Err(Fault::from(Refusal::new(Kind::Conflict, "changed-meanwhile")))
            }
        })?;
        Ok(File { state: FileState::Ready, ..file })
    }

    fn announce(&self, cx: &Context, site: &Site, file: File) -> Result<File, Fault> {
        let (cx, site, row) = (cx.clone(), site.clone(), file.clone());
        self.db.write_wait(move |tx| {
            let permit = authorize(&cx.actor, Action::AddFile, &site)?;
            if let Some(person) = cx.actor.person() {
                room(store::unattached(tx, site.home, person)?, row.blob.bytes)?;
            }
            store::insert_file(tx, &permit, &row)?;
            let mut cx = cx.clone();
            // its id was made from the same context: the job's must be another one
            let _: super::FileId = cx.id(site.home);
            let after = Some(Instant(cx.now.0.saturating_add(UNATTACHED)));
            let new =
                New { home: site.home, kind: SWEEP, payload: &row.id, dedup: Some(row.id.as_str()), run_at: after };
            enqueue(tx, &mut cx, &new)?;
            Ok::<_, Fault>(())
        })?;
        Ok(file)
    }
}

/// Whether somebody may send so many more bytes beside the files, and their bytes, that they sent and gave to no record:
/// whatever is sent with a form that comes back is kept for a day, and a disk has an end.
fn room((files, bytes): (i64, i64), more: u64) -> Result<(), Refusal> {
    let more = i64::try_from(more).unwrap_or(i64::MAX);
    if files < MAX_UNATTACHED && bytes.saturating_add(more) <= MAX_UNATTACHED_BYTES {
        return Ok(());
    }
    Err(Refusal::new(Kind::LimitReached, "files-unattached").with_int("limit", MAX_UNATTACHED))
}

fn draft(cx: &Context, site: &Site, name: &str, prepared: &Prepared) -> File {
    File {
        id: cx.clone().id(site.home),
        state: FileState::Arriving,
        kind: prepared.kind,
        name: shown_name(name),
        blob: blob(&prepared.bytes),
        width: prepared.width,
        height: prepared.height,
        small: prepared.small.as_deref().map(blob),
        subject: None,
        added_by: cx.actor.person().cloned(),
        added_at: cx.now,
        added_day: cx.day.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_uses_has_an_end() {
        let code = |there, more| room(there, more).map_err(|refusal| refusal.code);
        assert_eq!(code((0, 0), 40 << 20), Ok(()));
        assert_eq!(code((59, 0), 1), Ok(()));
        assert_eq!(code((60, 0), 1), Err("files-unattached"));
        assert_eq!(code((3, MAX_UNATTACHED_BYTES - 5), 5), Ok(()));
        assert_eq!(code((3, MAX_UNATTACHED_BYTES - 5), 6), Err("files-unattached"));
        assert_eq!(code((0, 0), u64::MAX), Err("files-unattached"));
    }
}
