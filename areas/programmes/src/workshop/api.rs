//! JSON faces of the verbs of workshops. Who came is recorded with `/attendance`, event kind `workshop`.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use matters::attendance::Figures;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit as Asker, problem::Document};

use super::{
    Card, Question, Workshop, WorkshopId,
    ask::{self, AskQuestion, TakeUp},
    card::{self, AddCards},
    queries,
    record::{self, RecordWorkshop},
};
use crate::{
    SeasonId,
    idea::{IdeaId, post::PostIdea},
    page, season,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_workshops, record_workshop))
        .routes(routes!(show_workshop))
        .routes(routes!(add_cards))
        .routes(routes!(card_to_idea))
        .routes(routes!(ask_question))
        .routes(routes!(take_up_advice))
}

/// A workshop.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopView {
    #[schema(value_type = String)]
    id: WorkshopId,
    number: u32,
    place: String,
    day: String,
    title: String,
    summary: String,
}

impl From<Workshop> for WorkshopView {
    fn from(w: Workshop) -> Self {
        let (place, day) = (w.place.to_string(), w.day.to_string());
        WorkshopView { id: w.id, number: w.number, place, day, title: w.title, summary: w.summary }
    }
}

/// A workshop with its cards, questions and figures.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct WorkshopWhole {
    #[serde(flatten)]
    workshop: WorkshopView,
    cards: Vec<Card>,
    questions: Vec<Question>,
    attendance: Figures,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Before {
    /// Before this number.
    before: Option<u32>,
}

/// What a card becomes: an idea that is there, or a new one.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
#[serde(untagged)]
pub enum Becomes {
    /// An idea of the season.
    There {
        /// Its id.
        #[schema(value_type = String)]
        idea: IdeaId,
    },
    /// A new one, credited to the workshop.
    New(PostIdea),
}

/// Workshops of a season, newest first, 50 a page.
#[utoipa::path(get, path = "/seasons/{season}/workshops", tag = "programmes",
    params(("season" = String, Path), Before),
    responses((status = 200, body = Vec<WorkshopView>), (status = 404, body = Document)))]
async fn list_workshops(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<Before>,
) -> Result<Json<Vec<WorkshopView>>, Problem> {
    let read = rim.db.read(move |s| {
        season::queries::season(s, &id)?;
        Ok::<_, Fault>(queries::workshops(s, &id, page.before)?)
    });
    Ok(Json(read.await?.into_iter().map(WorkshopView::from).collect()))
}

/// Record a workshop. The same `once` again answers with the one that is already there.
#[utoipa::path(post, path = "/seasons/{season}/workshops", tag = "programmes", request_body = RecordWorkshop,
    params(("season" = String, Path)),
    responses((status = 201, body = WorkshopView), (status = "4XX", body = Document)))]
async fn record_workshop(
    State(rim): State<Rim>,
    asker: Asker,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<RecordWorkshop>,
) -> Result<(StatusCode, Json<WorkshopView>), Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| record::record(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}

/// A workshop with its cards, questions, and how many came.
#[utoipa::path(get, path = "/seasons/{season}/workshops/{workshop}", tag = "programmes",
    params(("season" = String, Path), ("workshop" = String, Path)),
    responses((status = 200, body = WorkshopWhole), (status = 404, body = Document)))]
async fn show_workshop(
    State(rim): State<Rim>,
    PathId((season, id)): PathId<(SeasonId, WorkshopId)>,
) -> Result<Json<WorkshopWhole>, Problem> {
    let read = rim.db.read(move |s| {
        let workshop = queries::workshop(s, &season, &id)?;
        let (cards, questions) = (queries::cards(s, &workshop)?, queries::questions(s, &workshop)?);
        let path = places::queries::show(s, &workshop.place)?.map(|place| place.path).unwrap_or_default();
        let attendance = queries::figures(s, &workshop, &path)?;
        Ok::<_, Fault>(WorkshopWhole { workshop: workshop.into(), cards, questions, attendance })
    });
    Ok(Json(read.await?))
}

/// Add cards; the same words are one card. Answers with all cards.
#[utoipa::path(post, path = "/seasons/{season}/workshops/{workshop}/cards", tag = "programmes",
    request_body = AddCards, params(("season" = String, Path), ("workshop" = String, Path)),
    responses((status = 200, body = Vec<Card>), (status = "4XX", body = Document)))]
async fn add_cards(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id)): PathId<(SeasonId, WorkshopId)>,
    Json(input): Json<AddCards>,
) -> Result<Json<Vec<Card>>, Problem> {
    Ok(Json(page::act(&rim, &asker, move |tx, cx| card::add(tx, cx, (&season, &id), &input)).await?))
}

/// Make a card an idea: link one that is there, or post a new one. Answers with the card.
#[utoipa::path(post, path = "/seasons/{season}/workshops/{workshop}/cards/{number}/idea", tag = "programmes",
    request_body = Becomes,
    params(("season" = String, Path), ("workshop" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = Card), (status = "4XX", body = Document)))]
async fn card_to_idea(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id, number)): PathId<(SeasonId, WorkshopId, u32)>,
    Json(input): Json<Becomes>,
) -> Result<Json<Card>, Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| {
        let of = (&season, &id, number);
        let idea = match &input {
            Becomes::There { idea } => idea.clone(),
            Becomes::New(input) => card::post(tx, cx, of, input)?.id,
        };
        card::link(tx, cx, of, &idea)
    });
    Ok(Json(done.await?))
}

/// Keep a question with the advice that was given.
#[utoipa::path(post, path = "/seasons/{season}/workshops/{workshop}/questions", tag = "programmes",
    request_body = AskQuestion, params(("season" = String, Path), ("workshop" = String, Path)),
    responses((status = 201, body = Question), (status = "4XX", body = Document)))]
async fn ask_question(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id)): PathId<(SeasonId, WorkshopId)>,
    Json(input): Json<AskQuestion>,
) -> Result<(StatusCode, Json<Question>), Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| ask::ask(tx, cx, (&season, &id), &input)).await?;
    Ok((StatusCode::CREATED, Json(done)))
}

/// Say whether an advice was taken up.
#[utoipa::path(post, path = "/seasons/{season}/workshops/{workshop}/questions/{number}", tag = "programmes",
    request_body = TakeUp,
    params(("season" = String, Path), ("workshop" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = Question), (status = "4XX", body = Document)))]
async fn take_up_advice(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id, number)): PathId<(SeasonId, WorkshopId, u32)>,
    Json(input): Json<TakeUp>,
) -> Result<Json<Question>, Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| ask::take_up(tx, cx, (&season, &id, number), &input));
    Ok(Json(done.await?))
}
