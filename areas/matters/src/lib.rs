#![doc = include_str!("../README.md")]

pub mod attendance;
pub mod duty;
mod ground;
pub mod matter;
pub mod notice;
mod page;
pub mod verdict;

use axum::Router;
use db::Statement;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The routes of the pages of all nouns.
pub fn routes() -> Router<Rim> {
    Router::new().merge(notice::web::routes()).merge(attendance::web::routes()).merge(verdict::web::routes())
}

/// The JSON faces of all nouns, below `/api/v1`.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().merge(notice::api::routes()).merge(attendance::api::routes()).merge(verdict::api::routes())
}

/// The statements of all nouns.
pub fn statements() -> Vec<&'static Statement> {
    [notice::store::STATEMENTS, attendance::store::STATEMENTS, verdict::store::STATEMENTS].concat()
}
