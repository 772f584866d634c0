//! JSON faces of all nouns.

use utoipa_axum::router::OpenApiRouter;
use web::Rim;

use crate::{award, coaching, group, idea, plan, project, proposal, running, season, training, visit, workshop};

/// The routes, below `/api/v1`; `evidence` tells what other areas know of projects.
pub fn routes(evidence: &'static dyn running::Evidence) -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .merge(season::api::routes())
        .merge(project::api::routes())
        .merge(idea::api::routes())
        .merge(proposal::api::routes())
        .merge(coaching::api::routes())
        .merge(visit::api::routes())
        .merge(workshop::api::routes())
        .merge(running::api::routes(evidence))
        .merge(training::api::routes())
        .merge(group::api::routes())
        .merge(award::api::routes())
        .merge(plan::api::routes())
}
