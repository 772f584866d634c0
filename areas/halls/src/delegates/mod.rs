//! Delegates of a hall: its seats, and how they are filled.

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// Every statement of this noun.
pub const STATEMENTS: &[&db::Statement] = &[];

/// How lots are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] = &[];

/// The pages.
pub fn routes() -> Router<Rim> {
    Router::new()
}

/// The JSON face.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
}
