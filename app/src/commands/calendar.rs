//! `linli import calendar FILE`: the announced holidays of one or more years.

use std::process::ExitCode;

use kernel::Actor;
use work::commands::import_calendar::{ImportCalendar, import_calendar, preview};

use super::import::words;
use crate::{cli, home, work_pages};

/// Bytes of a file at most; what is longer is no calendar.
const MAX_FILE: u64 = 2_000_000;

/// Imports the file, or shows what an import would do.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::ImportCalendar) -> Result<ExitCode, String> {
    let path = options.file.display();
    let size = std::fs::metadata(&options.file).map_err(|e| format!("cannot read {path}: {e}"))?.len();
    if size > MAX_FILE {
        return Err(format!("{path} has {size} bytes; a calendar has at most {MAX_FILE}"));
    }
    let text = std::fs::read_to_string(&options.file).map_err(|e| format!("cannot read {path}: {e}"))?;
    if let Err(errors) = work::calendar::parse(&text) {
        errors.iter().for_each(|error| eprintln!("{path}: {error}"));
        return Err(format!("{} errors, nothing was imported", errors.len()));
    }
    let source = options.source.clone().unwrap_or_else(|| path.to_string());
    let input = ImportCalendar { text, source: source.chars().take(200).collect() };
    let home = home::open_cli(&options.home)?;
    let done = if options.preview {
        home.db.read_wait(move |s| preview(s, &input)).map_err(|e| words(&e))?
    } else {
        let cx = home::context(Actor::Operator);
        let run = move |tx: &mut db::Tx<'_>| {
            let site = work_pages::root(tx)?;
            import_calendar(tx, &mut cx.clone(), &site, &input)
        };
        home.db.write_wait(run).map_err(|e| words(&e))?
    };
    for year in done {
        let (holidays, workdays, changed) = (year.holidays, year.workdays, year.changed);
        println!("{}: {holidays} holidays, {workdays} make-up workdays, {changed} days differ", year.year);
    }
    home.sequencer.drain().map_err(|e| e.to_string())?;
    Ok(ExitCode::SUCCESS)
}
