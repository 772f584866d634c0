//! Pages: the result of a vote, and what it says about one project.

mod project;
mod result;
mod why;

use axum::{Router, routing::get};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/result", get(result::show))
        .route("/seasons/{season}/projects/{number}", get(project::show))
}
