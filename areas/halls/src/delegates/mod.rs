//! Delegates of a hall: its seats, and how they are filled.
//!
//! - `hall`: a deliberation hall of a place, with so many seats for each way of filling them, and a term;
//! - `seat`: who sits where: elected, recommended, drawn;
//! - `lot`: people put themselves forward, a numbered list of panels is published, and a seed that nobody knew draws one.

pub mod api;
pub mod hall;
pub mod lot;
mod page;
pub mod seat;

use axum::Router;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// Every statement of this noun.
pub const STATEMENTS: &[&[&db::Statement]] =
    &[hall::store::STATEMENTS, seat::store::STATEMENTS, lot::store::STATEMENTS];

/// How lots are computed again.
pub const METHODS: &[matters::verdict::recompute::Method] = &[lot::method::LOT, lot::method::STAND_IN];

/// The pages.
pub fn routes() -> Router<Rim> {
    Router::new().merge(hall::web::routes()).merge(seat::web::routes()).merge(lot::web::routes())
}

/// The JSON face.
pub fn api() -> OpenApiRouter<Rim> {
    api::routes()
}
