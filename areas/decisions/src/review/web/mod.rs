//! Pages of reviews: what everybody sees, a reviewer's own pages, the officer's page, the minutes.

mod drill;
mod mine;
mod minutes;
mod public;
mod run;
mod sheet;
pub(crate) mod shown;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/review", get(public::show))
        .route("/seasons/{season}/review/projects/{number}", get(drill::show))
        .route("/seasons/{season}/review/minutes", get(minutes::show))
        .route("/seasons/{season}/review/mine", get(mine::show))
        .route("/seasons/{season}/review/answer", post(mine::answer))
        .route("/seasons/{season}/review/declare", post(mine::declare))
        .route("/seasons/{season}/review/sheets/{number}", get(sheet::show).post(sheet::save))
        .route("/seasons/{season}/review/run", get(run::show))
        .route("/seasons/{season}/review/reviewers", post(run::invite))
        .route("/seasons/{season}/review/close", post(run::close))
}
