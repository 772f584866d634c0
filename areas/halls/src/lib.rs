#![doc = include_str!("../README.md")]

use axum::Router;
use matters::verdict::recompute::Method;
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

pub mod conversation;
pub mod delegates;

/// The area's statements, prepared on both engines by a test.
pub fn statements() -> Vec<&'static db::Statement> {
    [conversation::STATEMENTS, &delegates::STATEMENTS.concat()].concat()
}

/// How the verdicts of conversations are computed again.
pub const CONVERSATION_METHODS: &[Method] = &[conversation::METHOD];

/// How verdicts of delegates are computed again.
pub const METHODS: &[Method] = delegates::METHODS;

/// The pages.
pub fn routes() -> Router<Rim> {
    Router::new().merge(conversation::routes()).merge(delegates::routes())
}

/// The JSON face.
pub fn api() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().merge(conversation::api()).merge(delegates::api())
}
