#![doc = include_str!("../README.md")]

pub mod duty;
pub mod matter;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The routes of the pages of all nouns.
pub fn routes() -> Router<Rim> {
    Router::new()
}

/// The JSON faces of all nouns, below `/api/v1`.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
}
