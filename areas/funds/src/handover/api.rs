//! JSON faces of the verbs of handovers.

use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use programmes::page;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    Handover, HandoverId, HandoverNoun, Item, ItemState, Side,
    begin::{self, BeginHandover},
    mark::{self, MarkItem},
    queries,
    sign::{self, SignHandover},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_handovers, begin_handover))
        .routes(routes!(one_handover))
        .routes(routes!(mark_item))
        .routes(routes!(sign_handover))
}

/// A handover.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct HandoverView {
    id: String,
    place: String,
    /// Ids of organisations.
    old_firm: String,
    new_firm: String,
    residents: String,
    due: String,
    signed: bool,
}

impl From<Handover> for HandoverView {
    fn from(of: Handover) -> HandoverView {
        HandoverView {
            id: of.id.to_string(),
            place: of.place.to_string(),
            old_firm: of.old_firm.to_string(),
            new_firm: of.new_firm.to_string(),
            residents: of.residents.to_string(),
            due: of.due.to_string(),
            signed: of.is_signed,
        }
    }
}

/// Which handovers.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct WhichHandovers {
    /// At this place and below; everywhere without.
    place: String,
    /// Older than this one.
    before: String,
}

/// Handovers at a place, the newest first, 30 a page.
#[utoipa::path(get, path = "/handovers", tag = "handovers", params(WhichHandovers),
    responses((status = 200, body = Vec<HandoverView>), (status = 404, body = Document)))]
async fn list_handovers(
    Shared(rim): Shared<Rim>,
    Query(which): Query<WhichHandovers>,
) -> Result<Json<Vec<HandoverView>>, Problem> {
    let read = rim.db.read(move |s| {
        let place: Option<PlaceId> = optional_id(Some(&which.place));
        let path = match place {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?.path)
            }
            None => None,
        };
        let before = optional_id::<HandoverNoun>(Some(&which.before));
        Ok::<_, Fault>(queries::handovers(s, path.as_deref(), before.as_ref())?)
    });
    Ok(Json(read.await?.into_iter().map(HandoverView::from).collect()))
}

/// Begin a handover.
#[utoipa::path(post, path = "/handovers", tag = "handovers", request_body = BeginHandover,
    responses((status = 201, body = HandoverView), (status = "4XX", body = Document)))]
async fn begin_handover(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Json(input): Json<BeginHandover>,
) -> Result<(StatusCode, Json<HandoverView>), Problem> {
    let begun = page::act(&rim, &visit, move |tx, cx| begin::begin(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(begun.into())))
}

/// An item.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ItemView {
    number: u32,
    item: String,
    state: ItemState,
    note: String,
    day: Option<String>,
}

fn items(list: Vec<Item>) -> Vec<ItemView> {
    let view = |item: Item| ItemView {
        number: item.number,
        item: item.item,
        state: item.state,
        note: item.note,
        day: item.day.map(|day| day.to_string()),
    };
    list.into_iter().map(view).collect()
}

/// A handover with its items and the sides that have signed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WholeHandover {
    #[serde(flatten)]
    handover: HandoverView,
    items: Vec<ItemView>,
    signed_by: Vec<Side>,
}

/// One handover.
#[utoipa::path(get, path = "/handovers/{handover}", tag = "handovers", params(("handover" = String, Path)),
    responses((status = 200, body = WholeHandover), (status = 404, body = Document)))]
async fn one_handover(
    Shared(rim): Shared<Rim>,
    PathId(id): PathId<HandoverId>,
) -> Result<Json<WholeHandover>, Problem> {
    let read = rim.db.read(move |s| {
        let handover = queries::handover(s, &id)?;
        Ok::<_, Fault>((handover, queries::items(s, &id)?, queries::signs(s, &id)?))
    });
    let (handover, list, signs) = read.await?;
    let signed_by = signs.into_iter().map(|sign| sign.side).collect();
    Ok(Json(WholeHandover { handover: handover.into(), items: items(list), signed_by }))
}

/// Say what became of an item; answers with all of them.
#[utoipa::path(post, path = "/handovers/{handover}/items", tag = "handovers", request_body = MarkItem,
    params(("handover" = String, Path)),
    responses((status = 200, body = Vec<ItemView>), (status = "4XX", body = Document)))]
async fn mark_item(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<HandoverId>,
    Json(input): Json<MarkItem>,
) -> Result<Json<Vec<ItemView>>, Problem> {
    Ok(Json(items(page::act(&rim, &visit, move |tx, cx| mark::mark(tx, cx, &id, &input)).await?)))
}

/// Sign for a side.
#[utoipa::path(post, path = "/handovers/{handover}/sign", tag = "handovers", request_body = SignHandover,
    params(("handover" = String, Path)),
    responses((status = 200, body = HandoverView), (status = "4XX", body = Document)))]
async fn sign_handover(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<HandoverId>,
    Json(input): Json<SignHandover>,
) -> Result<Json<HandoverView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| sign::sign(tx, cx, &id, input.side)).await?.into()))
}
