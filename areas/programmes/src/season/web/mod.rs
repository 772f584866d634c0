//! Pages: the first one, the list of seasons, one season, and the officer's steps of it.

mod desk;
mod home;
mod run;
mod show;
pub mod shown;

use axum::{
    Extension, Router,
    routing::{get, post},
};
use web::Rim;

use crate::running::{Evidence, Told};

/// The routes of the pages; `evidence` tells what is open in other areas.
pub fn routes(evidence: &'static dyn Evidence) -> Router<Rim> {
    Router::new()
        .route("/", get(home::show))
        .route("/desk/{desk}/ideas", get(desk::seasons))
        .route("/seasons", get(show::list))
        .route("/seasons/new", get(run::blank).post(run::open))
        .route("/seasons/{season}", get(show::show))
        .route("/seasons/{season}/plan", get(run::plan).post(run::reschedule))
        .route("/seasons/{season}/advance", post(run::advance))
        .route("/seasons/{season}/open-vote", post(run::open_vote))
        .layer(Extension(Told(evidence)))
}
