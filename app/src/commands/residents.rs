//! `linli import residents`: a file of residents through the command that workers use.

use std::{path::Path, process::ExitCode};

use db::{Db, Fault};
use kernel::{Actor, Context, PlaceId};
use people::resident::{
    import::{Counts, MAX_CHUNK, import, preview},
    sheet::{self, Row},
};

use super::import::words;
use crate::{
    cli,
    home::{self, context},
};

/// Wrong rows that are printed; more are only counted.
const SHOWN: usize = 20;
/// How often a chunk that collided with another import is tried.
const TRIES: usize = 5;

/// Shows what the file would do, or does it.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::ImportResidents) -> Result<ExitCode, String> {
    let place: PlaceId = options.place.parse().map_err(|_| format!("{} is not the id of a place", options.place))?;
    let (rows, wrong) = sheet::parse(&read(&options.file)?).map_err(|refusal| words(&refusal.into()))?;
    let home = home::open_cli(&options.home)?;
    let db = home.db.jobs();
    let mut counts = Counts { errors: wrong, ..Counts::default() };
    for chunk in rows.chunks(MAX_CHUNK) {
        counts.add(take(&db, &place, chunk, options.preview).map_err(|fault| words(&fault))?);
    }
    home.sequencer.drain().map_err(|e| e.to_string())?;
    let Counts { new, changed, unchanged, errors } = &counts;
    let done = if options.preview { "would be" } else { "are" };
    println!("{new} rows {done} new, {changed} {done} changed, {unchanged} stay, {} cannot be taken", errors.len());
    for error in errors.iter().take(SHOWN) {
        println!("line {}: {} ({})", error.line, error.column, error.code);
    }
    Ok(if errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

/// The file's bytes; one byte more than may be, where there are more.
fn read(path: &Path) -> Result<Vec<u8>, String> {
    use std::io::Read;
    let place = path.display();
    let mut bytes = Vec::new();
    let most = u64::try_from(sheet::MAX_BYTES).unwrap_or(u64::MAX).saturating_add(1);
    let file = std::fs::File::open(path).map_err(|e| format!("cannot read {place}: {e}"))?;
    file.take(most).read_to_end(&mut bytes).map_err(|e| format!("cannot read {place}: {e}"))?;
    Ok(bytes)
}

fn take(db: &Db, place: &PlaceId, rows: &[Row], only: bool) -> Result<Counts, Fault> {
    let mut tries = 0;
    loop {
        tries += 1;
        let (cx, place, rows): (Context, _, _) = (context(Actor::Operator), place.clone(), rows.to_vec());
        let done = if only {
            db.read_wait(move |s| preview(s, &cx, &place, &rows))
        } else {
            db.write_wait(move |tx| import(tx, &mut cx.clone(), &place, &rows))
        };
        match done {
            Err(fault) if fault.is_refusal("changed-meanwhile") && tries < TRIES => {}
            done => return done,
        }
    }
}
