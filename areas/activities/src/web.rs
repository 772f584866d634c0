//! The pages of all nouns.

use ::web::Rim;
use axum::Router;

use crate::{activity, checkin, photo, signup};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .merge(activity::web::routes())
        .merge(signup::web::routes())
        .merge(checkin::web::routes())
        .merge(photo::web::routes())
}
