//! The binary `linli`.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = linli::cli::Cli::parse();
    match linli::commands::run(cli) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("linli: {sentence}");
            ExitCode::from(2)
        }
    }
}
