//! One command of the command line a file.

pub mod bulk;
pub mod calendar;
pub mod consent;
pub mod demo;
pub mod doctor;
pub mod export;
pub mod figures;
pub mod import;
pub mod key;
pub mod opinion;
pub mod panel;
pub mod places;
pub mod polis;
pub mod residents;
pub mod serve;
pub mod setup;
pub mod sortition;
pub mod tally;
pub mod tally_words;
pub mod template;
pub mod verify;

use std::{
    io::{self, BufWriter, Write},
    process::ExitCode,
};

use serde::Serialize;
use ui::Locale;

use crate::cli::{Cli, Command, Count, CountWhat, Import};

/// Runs the command.
///
/// # Errors
/// A sentence for whoever typed it.
pub fn run(cli: Cli) -> Result<ExitCode, String> {
    match cli.command {
        Command::Demo(options) => demo::run(&options),
        Command::Serve(options) => serve::run(options),
        Command::Import(Import::Pabulib(options)) => import::run(&options),
        Command::Import(Import::Places(options)) => places::run(&options),
        Command::Import(Import::Calendar(options)) => calendar::run(&options),
        Command::Import(Import::Template(options)) => template::run(&options),
        Command::Import(Import::Residents(options)) => residents::run(&options),
        Command::Import(Import::Polis(options)) => polis::run(&options),
        Command::Export(options) => export::run(&options),
        Command::Verify(options) => verify::run(&options),
        Command::Doctor(options) => doctor::run(&options),
        Command::Figures(options) => figures::run(&options),
        Command::Tally(Count { what: Some(CountWhat::Panel(options)), .. }) => panel::run(&options),
        Command::Tally(Count { what: None, file: Some(options) }) => tally::run(&options),
        Command::Tally(Count { what: None, file: None }) => Err("name a file to count".into()),
        Command::Consent(options) => consent::run(&options),
        Command::Sortition(options) => sortition::run(&options),
        Command::Opinion(options) => opinion::run(&options),
        Command::Key(home) => key::run(&home),
    }
}

/// The language of a tag.
fn locale(tag: &str) -> Result<Locale, String> {
    Locale::from_tag(tag).ok_or_else(|| format!("{tag} is no language of Linli: zh-Hans, zh-Hant, en or ko"))
}

/// A document on a line of its own.
fn print_json(out: &mut impl Write, document: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::new(out);
    serde_json::to_writer(&mut out, document)?;
    writeln!(out)?;
    out.flush()
}

/// How a command that computes something ends: a result that cannot be written, to a full disk or a closed pipe, is said.
fn written(result: io::Result<()>) -> Result<ExitCode, String> {
    result.map_err(|e| format!("cannot write the result: {e}"))?;
    Ok(ExitCode::SUCCESS)
}
