//! `linli figures`: what a season became, counted from its records.

use std::process::ExitCode;

use db::{Db, Fault};
use programmes::season::queries;
use reports::figure::{self, api::views};
use ui::Words;

use super::import::words;
use crate::{cli, home};

/// Prints the seasons, or the figures of one.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(options: &cli::Figures) -> Result<ExitCode, String> {
    let locale = super::locale(&options.lang)?;
    let home = home::open_cli(&options.home)?;
    match &options.season {
        None => list(&home.db).map_err(|e| words(&e))?,
        Some(slug) => {
            let asked = slug.clone();
            let read = home.db.read_wait(move |s| {
                let season = queries::by_slug(s, &asked)?;
                figure::report(s, season)
            });
            let report = read.map_err(|fault| match fault.is_refusal("season-not-found") {
                true => format!("there is no season {slug}; linli figures --list names them"),
                false => words(&fault),
            })?;
            let views = views(Words::of(locale), &report);
            if options.json {
                println!("{}", serde_json::to_string_pretty(&views).map_err(|e| e.to_string())?);
            } else {
                views.iter().for_each(|view| println!("{}\t{}\t{}", view.key, view.value, view.definition));
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// One line a season, newest first: slug, tab, title.
fn list(db: &Db) -> Result<(), Fault> {
    let named = db.read_wait(queries::slugs)?;
    named.iter().for_each(|(slug, name)| println!("{slug}\t{name}"));
    Ok(())
}
