//! The pages of all nouns.

use axum::Router;
use web::Rim;

use crate::{
    award, coaching, group, idea, mentor, plan, promotion, proposal, running, season, template, training, visit,
    workshop,
};

/// The routes of the pages; `evidence` tells what other areas know of projects.
pub fn routes(evidence: &'static dyn running::Evidence) -> Router<Rim> {
    Router::new()
        .merge(season::web::routes(evidence))
        .merge(template::web::routes())
        .merge(idea::web::routes())
        .merge(proposal::web::routes())
        .merge(coaching::web::routes())
        .merge(visit::web::routes())
        .merge(workshop::web::routes())
        .merge(running::web::routes(evidence))
        .merge(group::web::routes())
        .merge(award::web::routes())
        .merge(training::web::routes())
        .merge(plan::web::routes(evidence))
        .merge(promotion::web::routes(evidence))
        .merge(mentor::web::routes())
}

pub use crate::season::web::shown;
