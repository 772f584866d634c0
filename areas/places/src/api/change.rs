//! Changes of places that are there.

use axum::{Extension, extract::State, http::StatusCode};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::PlaceView;
use crate::{
    Followers, PlaceId,
    commands::{alias, merge, relocate, rename, split},
};

pub(super) fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(rename_place))
        .routes(routes!(move_place))
        .routes(routes!(split_place))
        .routes(routes!(merge_places))
        .routes(routes!(add_alias))
}

/// Give a place another name or code.
#[utoipa::path(post, path = "/places/{place}/rename", tag = "places", request_body = rename::RenamePlace,
    params(("place" = String, Path)), security(("operator" = [])),
    responses((status = 200, body = PlaceView), (status = "4XX", body = Document)))]
async fn rename_place(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Json(input): Json<rename::RenamePlace>,
) -> Result<Json<PlaceView>, Problem> {
    let cx = rim.context_of(&visit);
    let place = rim.db.write(move |tx| rename::rename(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(Json(place.into()))
}

/// Move a place into another one.
#[utoipa::path(post, path = "/places/{place}/move", tag = "places", request_body = relocate::MovePlace,
    params(("place" = String, Path)), security(("operator" = [])),
    responses((status = 200, body = PlaceView), (status = "4XX", body = Document)))]
async fn move_place(
    State(rim): State<Rim>,
    Extension(followers): Extension<Followers>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Json(input): Json<relocate::MovePlace>,
) -> Result<Json<PlaceView>, Problem> {
    let cx = rim.context_of(&visit);
    let place = rim.db.write(move |tx| relocate::relocate(tx, &mut cx.clone(), followers, &id, &input)).await?;
    Ok(Json(place.into()))
}

/// Divide a place into several. Answers with the parts.
#[utoipa::path(post, path = "/places/{place}/split", tag = "places", request_body = split::SplitPlace,
    params(("place" = String, Path)), security(("operator" = [])),
    responses((status = 201, body = Vec<PlaceView>), (status = "4XX", body = Document)))]
async fn split_place(
    State(rim): State<Rim>,
    Extension(followers): Extension<Followers>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Json(input): Json<split::SplitPlace>,
) -> Result<(StatusCode, Json<Vec<PlaceView>>), Problem> {
    let cx = rim.context_of(&visit);
    let parts = rim.db.write(move |tx| split::split(tx, &mut cx.clone(), followers, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(parts.into_iter().map(PlaceView::from).collect())))
}

/// Join several places into one.
#[utoipa::path(post, path = "/places/mergers", tag = "places", request_body = merge::MergePlaces,
    security(("operator" = [])), responses((status = 201, body = PlaceView), (status = "4XX", body = Document)))]
async fn merge_places(
    State(rim): State<Rim>,
    Extension(followers): Extension<Followers>,
    visit: Visit,
    Json(input): Json<merge::MergePlaces>,
) -> Result<(StatusCode, Json<PlaceView>), Problem> {
    let cx = rim.context_of(&visit);
    let place = rim.db.write(move |tx| merge::merge(tx, &mut cx.clone(), followers, &input)).await?;
    Ok((StatusCode::CREATED, Json(place.into())))
}

/// Let a place be found by another name.
#[utoipa::path(post, path = "/places/{place}/aliases", tag = "places", request_body = alias::AddAlias,
    params(("place" = String, Path)), security(("operator" = [])),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn add_alias(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<PlaceId>,
    Json(input): Json<alias::AddAlias>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| alias::alias(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}
