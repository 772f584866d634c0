#![doc = include_str!("../README.md")]

pub mod attendance;
pub mod duty;
mod follow;
pub mod matter;
pub mod notice;
mod page;
pub(crate) mod shown;
mod site;
pub mod verdict;

pub use follow::follow_place;

use std::sync::Arc;

use axum::Router;
use db::Statement;
use utoipa_axum::router::OpenApiRouter;
use verdict::recompute::Runs;
use web::Rim;

/// The routes of the pages of all nouns.
pub fn routes(runs: &Arc<Runs>) -> Router<Rim> {
    let first = Router::new().merge(matter::web::routes()).merge(duty::web::routes());
    first.merge(notice::web::routes()).merge(attendance::web::routes()).merge(verdict::web::routes(runs))
}

/// The JSON faces of all nouns, below `/api/v1`.
pub fn api(runs: &Arc<Runs>) -> OpenApiRouter<Rim> {
    let first = OpenApiRouter::new().merge(matter::api::routes()).merge(duty::api::routes());
    first.merge(notice::api::routes()).merge(attendance::api::routes()).merge(verdict::api::routes(runs))
}

/// The statements of all nouns.
pub fn statements() -> Vec<&'static Statement> {
    [
        matter::store::STATEMENTS,
        duty::store::STATEMENTS,
        notice::store::STATEMENTS,
        attendance::store::STATEMENTS,
        verdict::store::STATEMENTS,
    ]
    .concat()
}

/// How this area's verdicts are computed again.
pub const METHODS: &[verdict::recompute::Method] = &[notice::recompute::METHOD];
