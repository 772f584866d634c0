//! Pages: the board, one notice with its forms, the feed.

mod board;
mod compose;
mod feed;
mod forms;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

pub(crate) use show::subject_page;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/notices", get(board::list).post(compose::send))
        .route("/notices.atom", get(feed::atom))
        .route("/notices/new", get(compose::fresh))
        .route("/notices/{notice}", get(show::show))
        .route("/notices/{notice}/{verb}", post(forms::send))
}
