//! `linli import polis DIR`: a conversation that was held elsewhere, from the export format of Polis.

use std::{fs, io::ErrorKind, path::Path, process::ExitCode};

use halls::conversation::{
    Provenance,
    import::{self, Held, Taking},
    open::Announcement,
    publish::{publish, settle},
};
use kernel::Actor;
use opinion::export::{COMMENTS, MATRIX, Source, VOTES};

use super::import::words;
use crate::{cli, home};

/// Bytes a file may have: what is taken in comes in one transaction.
const MAX_BYTES: u64 = 64 << 20;

/// Reads the folder, takes it in whole or not at all, and publishes its map as a verdict.
///
/// # Errors
/// A sentence for whoever typed it: of a fault in a file, with the file and the line.
pub fn run(options: &cli::ImportPolis) -> Result<ExitCode, String> {
    let held = held(&options.folder)?;
    let (people, statements) = (held.people.len(), held.statements.len());
    eprintln!("{people} participants, {statements} statements");
    if options.preview {
        return Ok(ExitCode::SUCCESS);
    }
    let taking = Taking {
        place: options.place.clone(),
        title: options.title.clone(),
        body: options.about.clone(),
        provenance: Provenance {
            source: options.source.clone(),
            licence: options.licence.clone(),
            url: options.url.clone(),
        },
        seed: options.seed,
    };
    let home = home::open_cli(&options.home)?;
    let cx = home::context(Actor::Operator);
    let take = move |tx: &mut db::Tx<'_>| import::take(tx, &mut cx.clone(), &taking, &held);
    let taken = home.db.write_wait(take).map_err(|e| words(&e))?;
    if taken.state == halls::conversation::State::Closed {
        let settled = settle(&home.db.jobs(), &taken.id).map_err(|e| words(&e))?;
        let cx = home::context(Actor::Operator);
        let none = Announcement::default();
        let put = move |tx: &mut db::Tx<'_>| publish(tx, &mut cx.clone(), &settled, &none).map(|_| ());
        home.db.write_wait(put).map_err(|e| words(&e))?;
    } else {
        eprintln!("this export is already there");
    }
    home.sequencer.drain().map_err(|e| e.to_string())?;
    println!("conversation {}", taken.id);
    println!("page /conversations/{}", taken.id);
    Ok(ExitCode::SUCCESS)
}

/// Reads a folder; of the two files with votes the matrix, where it is there.
fn held(folder: &Path) -> Result<Held, String> {
    let read = |name: &str| {
        let path = folder.join(name);
        let shown = path.display();
        let size = match fs::metadata(&path) {
            Ok(found) => found.len(),
            Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
            Err(e) => return Err(format!("cannot read {shown}: {e}")),
        };
        if size > MAX_BYTES {
            return Err(format!("{shown} has {size} bytes; at most {MAX_BYTES} are taken in"));
        }
        fs::read(&path).map(Some).map_err(|e| format!("cannot read {shown}: {e}"))
    };
    let place = folder.display();
    let comments = read(COMMENTS)?.ok_or_else(|| format!("cannot find {COMMENTS} in {place}"))?;
    let (matrix, lines) = (read(MATRIX)?, read(VOTES)?);
    let votes = match (&matrix, &lines) {
        (Some(matrix), _) => Source::Matrix(&matrix[..]),
        (None, Some(lines)) => Source::Lines(&lines[..]),
        (None, None) => return Err(format!("cannot find {MATRIX} or {VOTES} in {place}")),
    };
    import::read(&comments, votes).map_err(|e| format!("{place}/{e}"))
}
