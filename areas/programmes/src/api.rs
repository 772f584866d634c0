//! JSON faces of all nouns.

use utoipa_axum::router::OpenApiRouter;
use web::Rim;

use crate::{coaching, idea, project, proposal, season, visit, workshop};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .merge(season::api::routes())
        .merge(project::api::routes())
        .merge(idea::api::routes())
        .merge(proposal::api::routes())
        .merge(coaching::api::routes())
        .merge(visit::api::routes())
        .merge(workshop::api::routes())
}
