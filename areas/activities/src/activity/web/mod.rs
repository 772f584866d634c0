//! Pages: what comes, one activity, its forms, its poster, its place in a calendar.

mod form;
mod list;
mod poster;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

pub(crate) use show::{Again, again, feedback_form};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/activities", get(list::list).post(form::hold))
        .route("/activities/new", get(form::blank))
        .route("/activities/{activity}", get(show::show))
        .route("/activities/{activity}/change", get(form::change_form).post(form::change))
        .route("/activities/{activity}/cancel", post(form::cancel))
        .route("/activities/{activity}/poster", get(poster::poster))
        .route("/activities/{activity}/calendar.ics", get(poster::calendar))
        .route("/activities/{activity}/feedback", post(show::rate))
}
