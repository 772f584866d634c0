//! Plan against done of a project, its versions, and requests to change it.

mod form;
mod show;

use axum::{
    Extension, Router,
    routing::{get, post},
};
use web::Rim;

use crate::running::{Evidence, Told};

/// The routes of the pages; `evidence` tells what other areas know.
pub fn routes(evidence: &'static dyn Evidence) -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/projects/{number}/plan", get(show::show).post(form::write))
        .route("/seasons/{season}/projects/{number}/plan/edit", get(form::edit))
        .route("/seasons/{season}/projects/{number}/plan/decide", post(show::decide))
        .route("/seasons/{season}/projects/{number}/plan/withdraw", post(show::withdraw))
        .layer(Extension(Told(evidence)))
}
