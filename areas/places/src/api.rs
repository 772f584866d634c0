//! JSON faces of the same verbs.

mod change;
mod import;

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use crate::{Code, Followers, Level, Listed, Place, PlaceId, Reason, State as InForce, commands::add, queries, search};

/// The routes, below `/api/v1`. What `followers` keep follows the places that these move.
pub fn routes(followers: Followers) -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(find))
        .routes(routes!(show))
        .merge(change::routes())
        .merge(import::routes())
        .layer(Extension(followers))
}

/// A place.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceView {
    #[schema(value_type = String)]
    id: PlaceId,
    #[schema(value_type = Option<String>)]
    parent: Option<PlaceId>,
    level: Level,
    /// The full name.
    name: String,
    /// As people say it.
    shown: String,
    /// Twelve digits, or `L` and twelve digits for a temporary one.
    #[schema(value_type = Option<String>)]
    code: Option<Code>,
    state: InForce,
    version: u32,
    /// The first day of the place, where it is known.
    from: Option<String>,
    /// The first day on which it was no longer.
    until: Option<String>,
}

impl From<Place> for PlaceView {
    fn from(place: Place) -> Self {
        let day = |day: Option<kernel::Day>| day.map(|day| day.to_string());
        let Place { id, parent, level, name, shown, code, state, version, .. } = place;
        let (from, until) = (day(place.valid_from), day(place.valid_until));
        PlaceView { id, parent, level, name, shown, code, state, version, from, until }
    }
}

/// A place in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListedView {
    #[serde(flatten)]
    place: PlaceView,
    /// The name, with the places above in parentheses where other places have the same one.
    label: String,
    /// Names of the places above, nearest first, at most three.
    above: Vec<String>,
}

impl From<Listed> for ListedView {
    fn from(listed: Listed) -> Self {
        ListedView { label: listed.label(), above: listed.above, place: listed.place.into() }
    }
}

/// A place with all above it and its history.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlaceDetail {
    #[serde(flatten)]
    place: PlaceView,
    /// The places above it, the root first.
    above: Vec<PlaceView>,
    /// Its versions, the present one first.
    versions: Vec<VersionView>,
    /// Where it came from and what became of it.
    lines: Vec<LineView>,
}

/// One version of a place.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VersionView {
    version: u32,
    from: Option<String>,
    until: Option<String>,
    name: String,
    #[schema(value_type = Option<String>)]
    parent: Option<PlaceId>,
    #[schema(value_type = Option<String>)]
    code: Option<Code>,
    reason: Reason,
}

/// That one place came from another.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = PlaceLineView)]
pub struct LineView {
    #[schema(value_type = String)]
    predecessor: PlaceId,
    #[schema(value_type = String)]
    successor: PlaceId,
    day: String,
    kind: Reason,
}

/// Which places.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// The place above; absent for the roots.
    parent: Option<String>,
    /// The last place of the page before.
    after: Option<String>,
}

/// What is looked for.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Wanted {
    /// A name, part of one, its sound, its initials, or a code.
    q: String,
    /// Places in this one come first.
    near: Option<String>,
}

/// The places directly below one, or the roots: by code, then by name; 50 a page.
#[utoipa::path(get, path = "/places", tag = "places", params(Which), responses((status = 200, body = Vec<ListedView>)))]
async fn list(State(rim): State<Rim>, Query(which): Query<Which>) -> Result<Json<Vec<ListedView>>, Problem> {
    let parent = match which.parent.as_deref().map(str::parse::<PlaceId>) {
        Some(Err(_)) => return Err(Problem::of(StatusCode::NOT_FOUND)),
        Some(Ok(parent)) => Some(parent),
        None => None,
    };
    let after: Option<PlaceId> = optional_id(which.after.as_deref());
    let found = rim.db.read(move |s| queries::page(s, parent.as_ref(), after.as_ref(), queries::PAGE)).await?;
    Ok(Json(found.into_iter().map(ListedView::from).collect()))
}

/// Places that fit what was typed, the best first, at most 30.
#[utoipa::path(get, path = "/places/search", tag = "places", params(Wanted),
    responses((status = 200, body = Vec<ListedView>)))]
async fn find(State(rim): State<Rim>, Query(wanted): Query<Wanted>) -> Result<Json<Vec<ListedView>>, Problem> {
    let near: Option<PlaceId> = optional_id(wanted.near.as_deref());
    let found = rim.db.read(move |s| search(s, &wanted.q, near.as_ref())).await?;
    Ok(Json(found.into_iter().map(ListedView::from).collect()))
}

/// One place, with those above it and its history.
#[utoipa::path(get, path = "/places/{place}", tag = "places", params(("place" = String, Path)),
    responses((status = 200, body = PlaceDetail), (status = 404, body = Document)))]
async fn show(State(rim): State<Rim>, PathId(id): PathId<PlaceId>) -> Result<Json<PlaceDetail>, Problem> {
    let (mut way, history) =
        rim.db.read(move |s| Ok::<_, db::Fault>((queries::way_down(s, &id)?, queries::history(s, &id)?))).await?;
    let place = way.pop().ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?;
    let versions = history.versions.into_iter().map(|v| VersionView {
        version: v.number,
        from: v.from.map(|day| day.to_string()),
        until: v.until.map(|day| day.to_string()),
        name: v.name,
        parent: v.parent,
        code: v.code,
        reason: v.reason,
    });
    let lines = history.from.into_iter().chain(history.to).map(|(line, _)| LineView {
        predecessor: line.predecessor,
        successor: line.successor,
        day: line.day.to_string(),
        kind: line.kind,
    });
    let above = way.into_iter().map(PlaceView::from).collect();
    Ok(Json(PlaceDetail { place: place.into(), above, versions: versions.collect(), lines: lines.collect() }))
}

/// Add a place.
#[utoipa::path(post, path = "/places", tag = "places", request_body = add::AddPlace, security(("operator" = [])),
    responses((status = 201, body = PlaceView), (status = "4XX", body = Document)))]
async fn create(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<add::AddPlace>,
) -> Result<(StatusCode, Json<PlaceView>), Problem> {
    let cx = rim.context_of(&visit);
    let place = rim.db.write(move |tx| add::add(tx, &mut cx.clone(), &input)).await?;
    Ok((StatusCode::CREATED, Json(place.into())))
}
