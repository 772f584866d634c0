//! JSON faces of the verbs of contests.

use axum::{extract::State, http::StatusCode};
use db::Fault;
use programmes::SeasonId;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Contest, Speech, Turn,
    arrange::{Arrange, arrange},
    next::{Next, next},
    queries,
    question::{Question, note},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(show_contest, arrange_contest))
        .routes(routes!(next_speech))
        .routes(routes!(note_question))
}

/// A contest with its turns.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ContestView {
    seconds: u32,
    revision: i64,
    /// What the order was drawn from; empty when it was set by hand.
    seed: String,
    turns: Vec<TurnView>,
}

/// A project's turn.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TurnView {
    position: u32,
    number: u32,
    name: String,
    state: Speech,
    questions: Vec<String>,
    /// Sheets saved for it; never what they say.
    sheets: u32,
}

impl ContestView {
    fn new(contest: Contest, turns: Vec<Turn>) -> ContestView {
        let view = |turn: Turn| TurnView {
            position: turn.position,
            number: turn.project,
            name: turn.name,
            state: turn.state,
            questions: turn.questions.lines().map(str::to_owned).collect(),
            sheets: turn.n_sheets,
        };
        let Contest { season: _, seconds, revision, seed } = contest;
        ContestView { seconds, revision, seed, turns: turns.into_iter().map(view).collect() }
    }
}

/// The contest of a season: who speaks in which order.
#[utoipa::path(get, path = "/seasons/{season}/contest", tag = "decisions", params(("season" = String, Path)),
    responses((status = 200, body = ContestView), (status = 404, body = Document)))]
async fn show_contest(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<ContestView>, Problem> {
    let read = rim.db.read(move |s| Ok::<_, Fault>((queries::contest(s, &id)?, queries::turns(s, &id)?)));
    let (contest, turns) = read.await?;
    Ok(Json(ContestView::new(contest, turns)))
}

/// Set or draw the order, before anybody has spoken.
#[utoipa::path(put, path = "/seasons/{season}/contest", tag = "decisions", request_body = Arrange,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 200, body = ContestView), (status = "4XX", body = Document)))]
async fn arrange_contest(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Arrange>,
) -> Result<Json<ContestView>, Problem> {
    let season = id.clone();
    let contest = programmes::page::act(&rim, &visit, move |tx, cx| arrange(tx, cx, &season, &input)).await?;
    let turns = rim.db.read(move |s| queries::turns(s, &id)).await?;
    Ok(Json(ContestView::new(contest, turns)))
}

/// Go on to the next speech.
#[utoipa::path(post, path = "/seasons/{season}/contest/next", tag = "decisions", request_body = Next,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 200, body = Option<u32>), (status = "4XX", body = Document)))]
async fn next_speech(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Next>,
) -> Result<Json<Option<u32>>, Problem> {
    Ok(Json(programmes::page::act(&rim, &visit, move |tx, cx| next(tx, cx, &id, input)).await?))
}

/// Note a question that was asked.
#[utoipa::path(post, path = "/seasons/{season}/contest/questions", tag = "decisions", request_body = Question,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn note_question(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Question>,
) -> Result<StatusCode, Problem> {
    programmes::page::act(&rim, &visit, move |tx, cx| note(tx, cx, &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}
