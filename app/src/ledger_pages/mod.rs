//! Pages of the log: its newest entries, one entry with its proof, and the files that verifiers fetch.

mod entry;
mod files;
mod find;
mod list;
mod source;
mod told;

use axum::{Router, routing::get};
use kernel::Kind;
use ledger::read::Head;
use web::{Problem, Rim};

/// The routes of the pages and files.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/ledger", get(list::show))
        .route("/ledger/find", get(find::show))
        .route("/ledger/key", get(files::key))
        .route("/ledger/entries/{seq}", get(entry::show))
        .route("/ledger/entries/{seq}/proof", get(files::proof))
        .route("/checkpoint", get(files::checkpoint))
        .route("/tile/{*path}", get(files::tile))
        .route("/source", get(source::show))
}

/// The head, which is there as soon as a sequencer has begun the log.
fn begun(head: Option<Head>) -> Result<Head, Problem> {
    Ok(head.ok_or_else(|| kernel::Refusal::new(Kind::NotFound, "log-not-begun"))?)
}
