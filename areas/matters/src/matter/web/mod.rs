//! Pages: the list, the form, one matter with its thread.

mod acts;
mod list;
pub(crate) use list::web_query;
mod new;
mod photos;
mod show;

use axum::{
    Router,
    routing::{get, post},
};
use web::{Rim, Upload};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/matters", get(list::list))
        .route("/matters/new", Upload::route(get(new::blank).post(new::send)))
        .route("/matters/{matter}", get(show::show))
        .route("/matters/{matter}/note", Upload::route(post(acts::note)))
        .route("/matters/{matter}/stage", post(acts::shift))
        .route("/matters/{matter}/answer", Upload::route(post(acts::answer)))
        .route("/matters/{matter}/files/{file}", get(photos::whole))
        .route("/matters/{matter}/files/{file}/small", get(photos::small))
        .route("/matters/{matter}/join", post(acts::join))
        .route("/matters/{matter}/grade", post(acts::grade))
        .route("/matters/{matter}/follow", post(acts::follow))
        .route("/matters/{matter}/unfollow", post(acts::unfollow))
}
