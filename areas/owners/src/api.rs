//! The JSON faces of all nouns, below `/api/v1`.

use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The routes.
pub fn routes() -> OpenApiRouter<Rim> {
    let first = OpenApiRouter::new().merge(crate::register::api::routes()).merge(crate::round::api::routes());
    let second = first.merge(crate::ballot::api::routes()).merge(crate::visit::api::routes());
    second.merge(crate::law::api::routes())
}
