//! Pages of halls: the list, a form, one hall with its seats.

mod form;
mod list;
mod show;

use axum::{Router, routing::get};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/halls", get(list::list).post(form::found))
        .route("/halls/new", get(form::blank))
        .route("/halls/{hall}", get(show::show))
        .route("/halls/{hall}/change", get(form::again).post(form::change))
}
