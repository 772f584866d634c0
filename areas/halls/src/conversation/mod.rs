//! Conversations: a question, statements that people agree with, disagree with or pass, and the opinion map.

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// Every statement of this noun.
pub const STATEMENTS: &[&db::Statement] = &[];

/// The pages.
pub fn routes() -> Router<Rim> {
    Router::new()
}

/// The JSON face.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
}
