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
pub mod residents;
pub mod serve;
pub mod setup;
pub mod sortition;
pub mod tally;
pub mod tally_words;
pub mod template;
pub mod verify;

use std::process::ExitCode;

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
