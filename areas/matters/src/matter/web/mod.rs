//! Pages: the list, the form, one matter with its thread.

mod acts;
mod list;
pub(crate) use list::web_query;
mod new;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/matters", get(list::list))
        .route("/matters/new", get(new::blank).post(new::send))
        .route("/matters/{matter}", get(show::show))
        .route("/matters/{matter}/note", post(acts::note))
        .route("/matters/{matter}/stage", post(acts::shift))
        .route("/matters/{matter}/answer", post(acts::answer))
        .route("/matters/{matter}/join", post(acts::join))
        .route("/matters/{matter}/grade", post(acts::grade))
        .route("/matters/{matter}/follow", post(acts::follow))
        .route("/matters/{matter}/unfollow", post(acts::unfollow))
}
