//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use kernel::Actor;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Operator, Problem, Rim, problem::Document};

use crate::{Level, Place, PlaceId, commands::add, queries};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list, create))
}

/// A place.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceView {
    #[schema(value_type = String)]
    id: PlaceId,
    #[schema(value_type = Option<String>)]
    parent: Option<PlaceId>,
    level: Level,
    name: String,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        PlaceView { id: place.id, parent: place.parent, level: place.level, name: place.name }
    }
}

/// Which places.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// The place above; absent for the roots.
    parent: Option<String>,
}

/// The places directly below one, or the roots.
#[utoipa::path(get, path = "/places", tag = "places", params(Which), responses((status = 200, body = Vec<PlaceView>)))]
async fn list(State(rim): State<Rim>, Query(which): Query<Which>) -> Result<Json<Vec<PlaceView>>, Problem> {
    let parent = match which.parent.as_deref().map(str::parse::<PlaceId>) {
        Some(Err(_)) => return Err(Problem::of(StatusCode::NOT_FOUND)),
        Some(Ok(parent)) => Some(parent),
        None => None,
    };
    let found = rim.db.read(move |s| queries::list(s, parent.as_ref())).await?;
    Ok(Json(found.into_iter().map(PlaceView::from).collect()))
}

/// Add a place (operator).
#[utoipa::path(post, path = "/places", tag = "places", request_body = add::AddPlace, security(("operator" = [])),
    responses((status = 201, body = PlaceView), (status = "4XX", body = Document)))]
async fn create(
    State(rim): State<Rim>,
    _: Operator,
    Json(input): Json<add::AddPlace>,
) -> Result<(StatusCode, Json<PlaceView>), Problem> {
    let cx = rim.context(Actor::Operator);
    let place = rim.db.write(move |tx| add::add(tx, &mut cx.clone(), &input)).await?;
    Ok((StatusCode::CREATED, Json(place.into())))
}
