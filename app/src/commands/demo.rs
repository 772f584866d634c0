//! placeholder
use std::process::ExitCode;
/// demo
pub fn run(_: &crate::cli::Demo) -> Result<ExitCode, String> {
    Ok(ExitCode::SUCCESS)
}
