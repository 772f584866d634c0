//! The pages of all nouns.

use axum::Router;
use web::Rim;

use crate::{coaching, idea, proposal, season, template, visit, workshop};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .merge(season::web::routes())
        .merge(template::web::routes())
        .merge(idea::web::routes())
        .merge(proposal::web::routes())
        .merge(coaching::web::routes())
        .merge(visit::web::routes())
        .merge(workshop::web::routes())
}

pub use crate::season::web::shown;
