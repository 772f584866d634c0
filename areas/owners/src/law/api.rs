//! JSON faces of the rule sets of places.

use axum::extract::State;
use kernel::PlaceId;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Law, queries,
    set::{self, SetLaw},
};
use crate::page;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(show_law, set_law))
}

/// By which rule set the owners of a place decide.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
#[schema(as = OwnersLaw)]
pub struct LawView {
    /// The rule set; none where none is set, so that each round chooses.
    rules: Option<String>,
    /// The text of a rule set of the place's own; else empty.
    rules_text: String,
    /// The place for which it was set: this one, or one above it.
    place: Option<String>,
    /// Since when.
    since: Option<String>,
}

impl From<Option<Law>> for LawView {
    fn from(law: Option<Law>) -> Self {
        law.map_or_else(LawView::default, |law| LawView {
            rules: Some(law.rules),
            rules_text: law.rules_text,
            place: Some(law.place.to_string()),
            since: Some(law.set_day.to_string()),
        })
    }
}

/// The rule set that holds at a place.
#[utoipa::path(get, path = "/places/{place}/owner-rules", tag = "owners", params(("place" = String, Path)),
    responses((status = 200, body = LawView), (status = 404, body = Document)))]
async fn show_law(State(rim): State<Rim>, PathId(place): PathId<PlaceId>) -> Result<Json<LawView>, Problem> {
    Ok(Json(rim.db.read(move |s| queries::of(s, &place)).await?.into()))
}

/// Set it, or take it back.
#[utoipa::path(put, path = "/places/{place}/owner-rules", tag = "owners", request_body = SetLaw,
    params(("place" = String, Path)),
    responses((status = 200, body = LawView), (status = "4XX", body = Document)))]
async fn set_law(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Json(input): Json<SetLaw>,
) -> Result<Json<LawView>, Problem> {
    let law = page::act(&rim, &visit, move |tx, cx| set::set(tx, cx, &place, &input)).await?;
    Ok(Json(law.into()))
}
