#![doc = include_str!("../README.md")]

pub mod figure;

pub use figure::{Figure, Period, Record, Records, Scope, Unit};

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The pages.
pub fn routes() -> Router<Rim> {
    figure::web::routes()
}

/// The JSON faces, below `/api/v1`.
pub fn api() -> OpenApiRouter<Rim> {
    figure::api::routes()
}
