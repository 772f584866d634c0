#![doc = include_str!("../README.md")]

pub mod done;
pub mod figure;
pub mod form;
pub mod sheets;
pub mod showcase;

pub use figure::{Figure, Period, Record, Records, Scope, Unit};

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The pages.
pub fn routes() -> Router<Rim> {
    figure::web::routes().merge(sheets::routes()).merge(showcase::web::routes()).merge(form::web::routes())
}

/// The JSON faces, below `/api/v1`.
pub fn api() -> OpenApiRouter<Rim> {
    figure::api::routes().merge(showcase::api::routes()).merge(form::api::routes())
}

/// The statements of all nouns.
pub fn statements() -> Vec<&'static db::Statement> {
    [showcase::store::STATEMENTS, form::store::STATEMENTS].concat()
}
