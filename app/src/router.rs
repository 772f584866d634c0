//! The areas' routes in one site.

use std::sync::Arc;

use axum::{Router, routing::get};
use matters::verdict::recompute::{Methods, Runs};
use places::Followers;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::router::OpenApiRouter;
use web::Rim;

/// The areas that keep paths of places: theirs follow when places move.
pub const FOLLOWERS: Followers = Followers::new(&[people::follow_place, matters::follow_place]);

/// What other areas know of the projects of a season.
pub const EVIDENCE: &dyn programmes::Evidence = &crate::evidence::Gathered;

/// How verdicts are computed again, whichever area computed them.
pub const METHODS: Methods = Methods::new(&[
    matters::METHODS,
    programmes::METHODS,
    decisions::METHODS,
    funds::METHODS,
    owners::METHODS,
    polls::METHODS,
    halls::METHODS,
    halls::CONVERSATION_METHODS,
]);

/// The operator's bearer token, as the description names it.
struct OperatorToken;

impl Modify for OperatorToken {
    fn modify(&self, api: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        api.components.get_or_insert_default().add_security_scheme("operator", scheme);
    }
}

#[derive(OpenApi)]
#[openapi(modifiers(&OperatorToken), info(
    title = "Linli",
    description = "The JSON faces of the commands behind the pages. Writes need the operator's bearer token, but for \
                   posting ideas and casting ballots. Errors are problem documents (RFC 9457).",
    license(name = "AGPL-3.0-or-later", identifier = "AGPL-3.0-or-later")
))]
struct Api;

/// The API's description and its routes, under `/api/v1`.
fn api(runs: &Arc<Runs>) -> (Router<Rim>, utoipa::openapi::OpenApi) {
    let areas = OpenApiRouter::new()
        .merge(places::api::routes(FOLLOWERS))
        .merge(people::api::routes())
        .merge(matters::api(runs))
        .merge(programmes::api::routes(EVIDENCE))
        .merge(decisions::api::routes())
        .merge(reports::api())
        .merge(funds::api::routes())
        .merge(activities::api::routes())
        .merge(owners::api::routes())
        .merge(polls::api::routes())
        .merge(halls::api());
    OpenApiRouter::with_openapi(Api::openapi()).nest("/api/v1", areas).split_for_parts()
}

/// The description of the API, made from the code.
pub fn openapi() -> utoipa::openapi::OpenApi {
    api(&Runs::new(METHODS)).1
}

/// The whole site.
pub fn site(rim: Rim) -> Router {
    let runs = Runs::new(METHODS);
    let (api, description) = api(&runs);
    let description = Arc::new(description);
    let routes = Router::new()
        .merge(matters::routes(&runs))
        .merge(places::web::routes())
        .merge(people::web::routes())
        .merge(crate::commands::setup::routes())
        .merge(programmes::web::routes(EVIDENCE))
        .merge(people::post::web::routes())
        .merge(people::org::web::routes())
        .merge(people::desk::web::routes())
        .merge(decisions::web::routes())
        .merge(reports::routes())
        .merge(funds::web::routes())
        .merge(activities::web::routes())
        .merge(owners::web::routes())
        .merge(polls::web::routes())
        .merge(halls::routes())
        .merge(crate::ledger_pages::routes())
        .merge(crate::work_pages::routes())
        .merge(crate::styleguide::routes())
        .merge(api)
        .route("/api/v1/openapi.json", get(move || async move { axum::Json((*description).clone()) }));
    web::server::site(routes, rim)
}
