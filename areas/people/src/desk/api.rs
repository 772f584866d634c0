//! JSON faces of the same verbs.

use axum::{extract::State, http::StatusCode};
use kernel::{Kind, PlaceId, Refusal};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{DeskId, begin, queries};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(begin_entry)).routes(routes!(show_receipt))
}

/// A desk entry.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct EntryView {
    /// Send it as `desk` with what is entered.
    #[schema(value_type = String)]
    desk: DeskId,
    /// Until when it is good, microseconds UTC.
    expires: i64,
}

/// A receipt.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReceiptView {
    number: String,
    thing: String,
    title: String,
    /// A path of this site.
    page: String,
    source: &'static str,
    #[schema(value_type = String)]
    place: PlaceId,
    day: String,
}

/// Sit down with somebody at the desk of a place.
#[utoipa::path(post, path = "/places/{place}/desk", tag = "people", params(("place" = String, Path)),
    request_body = begin::Begin, responses((status = 201, body = EntryView), (status = "4XX", body = Document)))]
async fn begin_entry(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Json(input): Json<begin::Begin>,
) -> Result<(StatusCode, Json<EntryView>), Problem> {
    let cx = rim.context_of(&visit);
    let entry = rim.db.write(move |tx| begin::begin(tx, &mut cx.clone(), &place, &input)).await?;
    Ok((StatusCode::CREATED, Json(EntryView { desk: entry.id, expires: entry.expires.0 })))
}

/// What a receipt says.
#[utoipa::path(get, path = "/receipts/{number}", tag = "people", params(("number" = String, Path)),
    responses((status = 200, body = ReceiptView), (status = "4XX", body = Document)))]
async fn show_receipt(State(rim): State<Rim>, PathId(number): PathId<String>) -> Result<Json<ReceiptView>, Problem> {
    let number = number.parse().map_err(|_| Refusal::new(Kind::NotFound, "receipt-not-found"))?;
    let r = rim.db.read(move |s| queries::receipt(s, number)).await?;
    let (number, source, day) = (r.number.to_string(), r.source.as_str(), r.day.to_string());
    Ok(Json(ReceiptView { number, thing: r.thing, title: r.title, page: r.page, source, place: r.place, day }))
}
