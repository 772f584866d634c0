//! `linli key`: the public key of the log.

use std::process::ExitCode;

use crate::{cli, home};

/// Prints the key in the form that `linli verify --key` reads.
///
/// # Errors
/// A sentence for the operator.
pub fn run(options: &cli::Home) -> Result<ExitCode, String> {
    let home = home::open_cli(options)?;
    println!("{}", home.sequencer.signer().verifier());
    Ok(ExitCode::SUCCESS)
}
