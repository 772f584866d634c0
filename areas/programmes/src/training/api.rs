//! JSON faces of the trainings of a season.

use axum::extract::State;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Held, Training, TrainingId,
    hold::{self, HoldTraining},
    queries,
    rate::{self, Rate},
    sign_in::{self, SignIn},
    sign_up::{self, SignUp},
};
use crate::{SeasonId, page, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_trainings, hold_training))
        .routes(routes!(sign_up_for_training, leave_training))
        .routes(routes!(list_who_came))
        .routes(routes!(rate_training))
}

/// A training.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TrainingView {
    #[schema(value_type = String)]
    id: TrainingId,
    number: u32,
    title: String,
    day: String,
    /// Visits (人次) by the signed list; 0 while it is still to come.
    attendance: u64,
}

impl From<Held> for TrainingView {
    fn from(held: Held) -> Self {
        let Held { id, number, title, day, attendance } = held;
        TrainingView { id, number, title, day: day.to_string(), attendance }
    }
}

impl From<Training> for TrainingView {
    fn from(new: Training) -> Self {
        let Training { id, number, title, day, .. } = new;
        TrainingView { id, number, title, day: day.to_string(), attendance: 0 }
    }
}

/// The trainings of a season in order, 100 at most.
#[utoipa::path(get, path = "/seasons/{season}/trainings", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = Vec<TrainingView>), (status = 404, body = Document)))]
async fn list_trainings(
    State(rim): State<Rim>,
    PathId(season): PathId<SeasonId>,
) -> Result<Json<Vec<TrainingView>>, Problem> {
    let read = rim.db.read(move |s| {
        season::queries::season(s, &season)?;
        Ok::<_, Fault>(queries::trainings(s, &season)?)
    });
    Ok(Json(read.await?.into_iter().map(TrainingView::from).collect()))
}

/// Put a training down.
#[utoipa::path(post, path = "/seasons/{season}/trainings", tag = "programmes", params(("season" = String, Path)),
    request_body = HoldTraining, responses((status = 200, body = TrainingView), (status = "4XX", body = Document)))]
async fn hold_training(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<HoldTraining>,
) -> Result<Json<TrainingView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| hold::hold(tx, cx, &id, &input)).await?.into()))
}

/// Sign up, for a project's team or for community work.
#[utoipa::path(post, path = "/seasons/{season}/trainings/{training}/signup", tag = "programmes", request_body = SignUp,
    params(("season" = String, Path), ("training" = String, Path)),
    responses((status = 200, description = "signed up"), (status = "4XX", body = Document)))]
async fn sign_up_for_training(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, TrainingId)>,
    Json(input): Json<SignUp>,
) -> Result<(), Problem> {
    page::act(&rim, &visit, move |tx, cx| sign_up::sign_up(tx, cx, (&season, &id), input)).await?;
    Ok(())
}

/// Step back.
#[utoipa::path(delete, path = "/seasons/{season}/trainings/{training}/signup", tag = "programmes",
    params(("season" = String, Path), ("training" = String, Path)),
    responses((status = 200, description = "not signed up"), (status = "4XX", body = Document)))]
async fn leave_training(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, TrainingId)>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| sign_up::step_back(tx, cx, (&season, &id))).await?)
}

/// Enter the signed list of who came.
#[utoipa::path(post, path = "/seasons/{season}/trainings/{training}/attendance", tag = "programmes", request_body = SignIn,
    params(("season" = String, Path), ("training" = String, Path)),
    responses((status = 200, description = "entered"), (status = "4XX", body = Document)))]
async fn list_who_came(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, TrainingId)>,
    Json(input): Json<SignIn>,
) -> Result<(), Problem> {
    page::act(&rim, &visit, move |tx, cx| sign_in::sign_in(tx, cx, (&season, &id), &input)).await?;
    Ok(())
}

/// Say how it was.
#[utoipa::path(put, path = "/seasons/{season}/trainings/{training}/feedback", tag = "programmes", request_body = Rate,
    params(("season" = String, Path), ("training" = String, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn rate_training(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, TrainingId)>,
    Json(input): Json<Rate>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| rate::rate(tx, cx, (&season, &id), &input)).await?)
}
