//! Pages of whoever keeps the installation: jobs that were given up, and the calendar of workdays.

mod calendar;
mod jobs;

use axum::{
    Router,
    routing::{get, post},
};
use db::{Fault, Snapshot};
use kernel::{Kind, Refusal, Site};
use web::Rim;

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/work/jobs", get(jobs::list))
        .route("/work/jobs/{job}/retry", post(jobs::retry))
        .route("/work/jobs/{job}/discard", post(jobs::discard))
        .route("/work/calendar", get(calendar::show).post(calendar::import))
}

/// The root of the place tree, where what belongs to the whole installation is kept.
///
/// # Errors
/// Refusal `no-place-yet`; database faults.
pub(crate) fn root(s: &mut Snapshot<'_>) -> Result<Site, Fault> {
    let roots = places::queries::list(s, None)?;
    let site = match roots.first() {
        Some(place) => places::site(s, &place.id)?,
        None => None,
    };
    Ok(site.ok_or_else(|| Refusal::new(Kind::Conflict, "no-place-yet"))?)
}
