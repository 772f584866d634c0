//! Pages of all nouns.

use axum::Router;
use web::Rim;

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    let first = Router::new().merge(crate::register::web::routes()).merge(crate::round::web::routes());
    let second = first.merge(crate::ballot::web::routes()).merge(crate::visit::web::routes());
    second.merge(crate::law::web::routes())
}
