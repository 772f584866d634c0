//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{OrgId, PersonId, PlaceId};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{Org, Seat, SeatId, close, queries, register, rename, seat, unseat};
use crate::find;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_organisations, register_organisation))
        .routes(routes!(rename_organisation))
        .routes(routes!(close_organisation))
        .routes(routes!(give_seat))
        .routes(routes!(end_seat))
}

/// An organisation.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OrgView {
    #[schema(value_type = String)]
    id: OrgId,
    #[schema(value_type = String)]
    place: PlaceId,
    kind: &'static str,
    name: String,
    short: String,
    /// The day it was closed.
    closed: Option<String>,
}

impl From<Org> for OrgView {
    fn from(org: Org) -> Self {
        let closed = org.closed.map(|day| day.to_string());
        OrgView { id: org.id, place: org.place, kind: org.kind.as_str(), name: org.name, short: org.short, closed }
    }
}

/// A seat.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SeatView {
    #[schema(value_type = String)]
    id: SeatId,
    #[schema(value_type = String)]
    person: PersonId,
    title: String,
    leads: bool,
    from: String,
    until: Option<String>,
    ended: Option<String>,
}

impl From<Seat> for SeatView {
    fn from(seat: Seat) -> Self {
        let Seat { id, person, title, leads, from, until, ended } = seat;
        let (until, ended) = (until.map(|day| day.to_string()), ended.map(|day| day.to_string()));
        SeatView { id, person, title, leads, from: from.to_string(), until, ended }
    }
}

/// Which organisations.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Which {
    /// Only this kind.
    kind: Option<String>,
    /// Only those whose name holds this.
    q: Option<String>,
    /// After this organisation.
    after: Option<String>,
}

/// Organisations at a place and below it, in the order of the tree, 50 a page.
#[utoipa::path(get, path = "/places/{place}/organisations", tag = "people", params(("place" = String, Path), Which),
    responses((status = 200, body = Vec<OrgView>), (status = "4XX", body = Document)))]
async fn list_organisations(
    State(rim): State<Rim>,
    PathId(place): PathId<PlaceId>,
    Query(which): Query<Which>,
) -> Result<Json<Vec<OrgView>>, Problem> {
    let kind = which.kind.as_deref().and_then(|word| word.parse().ok());
    let after = optional_id(which.after.as_deref());
    let which = queries::Which { kind, name: which.q.unwrap_or_default(), after };
    let read = rim.db.read(move |s| {
        let place = find::place(s, &place)?;
        Ok::<_, Fault>(queries::list(s, &place, &which)?)
    });
    Ok(Json(read.await?.into_iter().map(|listed| listed.org.into()).collect()))
}

/// Register an organisation at a place.
#[utoipa::path(post, path = "/places/{place}/organisations", tag = "people", params(("place" = String, Path)),
    request_body = register::Register, responses((status = 201, body = OrgView), (status = "4XX", body = Document)))]
async fn register_organisation(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Json(input): Json<register::Register>,
) -> Result<(StatusCode, Json<OrgView>), Problem> {
    let cx = rim.context_of(&visit);
    let org = rim.db.write(move |tx| register::register(tx, &mut cx.clone(), &place, &input)).await?;
    Ok((StatusCode::CREATED, Json(org.into())))
}

/// Give an organisation another name.
#[utoipa::path(post, path = "/organisations/{org}/rename", tag = "people", params(("org" = String, Path)),
    request_body = rename::Rename, responses((status = 200, body = OrgView), (status = "4XX", body = Document)))]
async fn rename_organisation(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(org): PathId<OrgId>,
    Json(input): Json<rename::Rename>,
) -> Result<Json<OrgView>, Problem> {
    let cx = rim.context_of(&visit);
    let org = rim.db.write(move |tx| rename::rename(tx, &mut cx.clone(), &org, &input)).await?;
    Ok(Json(org.into()))
}

/// Close an organisation and end its seats.
#[utoipa::path(post, path = "/organisations/{org}/close", tag = "people", params(("org" = String, Path)),
    request_body = close::Close, responses((status = 200, body = OrgView), (status = "4XX", body = Document)))]
async fn close_organisation(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(org): PathId<OrgId>,
    Json(input): Json<close::Close>,
) -> Result<Json<OrgView>, Problem> {
    let cx = rim.context_of(&visit);
    let org = rim.db.write(move |tx| close::close(tx, &mut cx.clone(), &org, &input)).await?;
    Ok(Json(org.into()))
}

/// Give a person a seat.
#[utoipa::path(post, path = "/organisations/{org}/seats", tag = "people", params(("org" = String, Path)),
    request_body = seat::GiveSeat, responses((status = 201, body = SeatView), (status = "4XX", body = Document)))]
async fn give_seat(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(org): PathId<OrgId>,
    Json(input): Json<seat::GiveSeat>,
) -> Result<(StatusCode, Json<SeatView>), Problem> {
    let cx = rim.context_of(&visit);
    let seat = rim.db.write(move |tx| seat::seat(tx, &mut cx.clone(), &org, &input)).await?;
    Ok((StatusCode::CREATED, Json(seat.into())))
}

/// End a seat before its last day.
#[utoipa::path(post, path = "/organisations/{org}/seats/{seat}/end", tag = "people",
    params(("org" = String, Path), ("seat" = String, Path)),
    responses((status = 200, body = SeatView), (status = "4XX", body = Document)))]
async fn end_seat(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((org, seat)): PathId<(OrgId, SeatId)>,
) -> Result<Json<SeatView>, Problem> {
    let cx = rim.context_of(&visit);
    let seat = rim.db.write(move |tx| unseat::unseat(tx, &mut cx.clone(), &org, &seat)).await?;
    Ok(Json(seat.into()))
}
