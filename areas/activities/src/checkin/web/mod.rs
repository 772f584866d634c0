//! Pages of check-ins: the room with its code, the page behind that code, the paper list, and what came of them all.

mod checks;
mod own;
mod paper;
mod room;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/activities/{activity}/room", get(room::room))
        .route("/activities/{activity}/code", get(own::code))
        .route("/activities/{activity}/list/code", post(own::scanned))
        .route("/activities/{activity}/here", get(room::scanned).post(room::here))
        .route("/activities/{activity}/paper", get(paper::blank).post(paper::names))
        .route("/activities/{activity}/estimate", post(paper::guess))
        .route("/activities/{activity}/slips", post(paper::slip))
        .route("/activities/{activity}/checks", get(checks::list))
        .route("/activities/{activity}/checks/{check}/decide", post(checks::decide))
        .route("/activities/{activity}/checks/{check}/leave", post(checks::leave))
}
