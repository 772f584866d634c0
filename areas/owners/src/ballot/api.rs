//! JSON faces of ballots.

use axum::extract::State as Shared;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    State, import,
    online::{self, CastOnline},
    paper::{self, TypePaper},
};
use crate::{page, round::RoundId};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(type_paper)).routes(routes!(import_result)).routes(routes!(cast_online))
}

/// How far a paper is.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PaperView {
    unit: String,
    state: State,
}

/// Type a paper in: the first, the second or, where two differ, the third reader.
#[utoipa::path(post, path = "/rounds/{round}/papers", tag = "owners", request_body = TypePaper,
    params(("round" = String, Path)),
    responses((status = 200, body = PaperView), (status = "4XX", body = Document)))]
async fn type_paper(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<TypePaper>,
) -> Result<Json<PaperView>, Problem> {
    let (door, state) = page::act(&rim, &visit, move |tx, cx| paper::read(tx, cx, &id, &input)).await?;
    Ok(Json(PaperView { unit: door.unit, state }))
}

/// An official result.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ImportResult {
    #[serde(flatten)]
    from: import::From,
    /// CSV with the columns `unit,choice,channel`, each with the channel `import`; at most 400 KiB and 5,000 rows.
    rows: String,
}

/// What an import did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TakenView {
    /// Units whose first ballot it is.
    new: usize,
    /// Units whose ballot it took the place of.
    replaced: usize,
    /// Units that said the same before.
    same: usize,
    /// Units that have voted by another way, where a later ballot is refused.
    refused: Vec<String>,
}

/// Take in the official result of a city's own system: all lines or none.
#[utoipa::path(post, path = "/rounds/{round}/ballots", tag = "owners", request_body = ImportResult,
    params(("round" = String, Path)),
    responses((status = 200, body = TakenView), (status = "4XX", body = Document)))]
async fn import_result(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<ImportResult>,
) -> Result<Json<TakenView>, Problem> {
    // the right first: what is wrong with a file is nobody else's business
    let of = id.clone();
    page::act(&rim, &visit, move |tx, cx| paper::hold(tx, cx, &of).map(|_| ())).await?;
    let lines = import::look(input.rows.as_bytes()).map_err(|(refusal, _)| refusal)?;
    let taken = page::act(&rim, &visit, move |tx, cx| import::take(tx, cx, &id, (&lines, &input.from))).await?;
    let import::Taken { new, replaced, same, refused } = taken;
    Ok(Json(TakenView { new, replaced, same, refused }))
}

/// A ballot that was taken online.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TakenOnlineView {
    unit: String,
    /// The entry that tells of it: `/rounds/{round}/receipt/{receipt}`.
    receipt: Option<String>,
}

/// Cast the ballot of a unit that one owns, or of the unit of a letter's code, where the rules admit it.
#[utoipa::path(post, path = "/rounds/{round}/vote", tag = "owners", request_body = CastOnline,
    params(("round" = String, Path)),
    responses((status = 200, body = TakenOnlineView), (status = "4XX", body = Document)))]
async fn cast_online(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<CastOnline>,
) -> Result<Json<TakenOnlineView>, Problem> {
    let code = input.code.clone();
    let taken = page::act_by((&rim, &visit), &code, move |tx, cx| online::cast(tx, cx, &id, &input)).await?;
    Ok(Json(TakenOnlineView { unit: taken.door.unit, receipt: taken.receipt.map(|entry| entry.to_string()) }))
}
