//! JSON faces of visits.

use axum::extract::State as Shared;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Spent, Totals,
    answer::{self, Answer},
    queries,
    record::{self, Visits},
};
use crate::{
    page,
    round::{RoundId, web::One},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(note_visits)).routes(routes!(show_board)).routes(routes!(answer_survey))
}

/// How many visits were new.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NotedView {
    new: usize,
}

/// Note visits, also those that waited on a device; sent twice they count once.
#[utoipa::path(post, path = "/rounds/{round}/visits", tag = "owners", request_body = Visits,
    params(("round" = String, Path)),
    responses((status = 200, body = NotedView), (status = "4XX", body = Document)))]
async fn note_visits(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Visits>,
) -> Result<Json<NotedView>, Problem> {
    let new = page::act(&rim, &visit, move |tx, cx| record::record(tx, cx, &id, &input)).await?;
    Ok(Json(NotedView { new }))
}

/// What is known so far.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct BoardView {
    all: Totals,
    buildings: Vec<Totals>,
    spent: Spent,
}

/// The board by building, for those who work on the round.
#[utoipa::path(get, path = "/rounds/{round}/board", tag = "owners", params(("round" = String, Path)),
    responses((status = 200, body = BoardView), (status = "4XX", body = Document)))]
async fn show_board(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
) -> Result<Json<BoardView>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        One::read(s, &actor, &id)?.for_office(&actor)?;
        let buildings = queries::totals(s, &id)?;
        Ok::<_, Fault>(BoardView { all: queries::sum(&buildings), spent: queries::spent(s, &id)?, buildings })
    });
    Ok(Json(read.await?))
}

/// Answer the intent survey for a unit that one owns. It has no effect of a vote.
#[utoipa::path(post, path = "/rounds/{round}/survey", tag = "owners", request_body = Answer,
    params(("round" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn answer_survey(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<RoundId>,
    Json(input): Json<Answer>,
) -> Result<axum::http::StatusCode, Problem> {
    let code = input.code.clone();
    page::act_by((&rim, &visit), &code, move |tx, cx| answer::answer(tx, cx, &id, &input)).await?;
    Ok(axum::http::StatusCode::NO_CONTENT)
}
