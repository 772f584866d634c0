//! Pages: the first one, seasons and ideas.

mod desk;
mod home;
mod ideas;
mod seasons;
pub mod shown;

use axum::{Router, routing::get};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/", get(home::show))
        .route("/desk/{desk}/ideas", get(desk::seasons))
        .route("/seasons", get(seasons::list))
        .route("/seasons/{season}", get(seasons::show))
        .route("/seasons/{season}/ideas", get(ideas::list).post(ideas::post))
        .route("/seasons/{season}/ideas/{idea}", get(ideas::show))
}
