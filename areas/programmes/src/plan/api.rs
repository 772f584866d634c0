//! JSON faces of a project's plan and its versions.

use axum::extract::State as Shared;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Plan, State, Version,
    decide::{self, Decide},
    queries,
    write::{self, WritePlan},
};
use crate::{SeasonId, page, running};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_plans, write_plan))
        .routes(routes!(decide_plan))
        .routes(routes!(withdraw_plan))
}

/// A version of a plan, without words and persons.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct PlanView {
    version: u32,
    state: State,
    plan: Plan,
    asked: String,
    decided: Option<String>,
}

impl From<Version> for PlanView {
    fn from(from: Version) -> Self {
        let Version { version, state, plan, asked_day, decided_day, .. } = from;
        PlanView { version, state, plan, asked: asked_day.to_string(), decided: decided_day.map(|day| day.to_string()) }
    }
}

/// The versions of a project's plan, 50 at most; the last accepted one is in force. What is only asked for is left out.
#[utoipa::path(get, path = "/seasons/{season}/projects/{number}/plan", tag = "programmes",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = Vec<PlanView>), (status = 404, body = Document)))]
async fn list_plans(
    Shared(rim): Shared<Rim>,
    PathId((season, number)): PathId<(SeasonId, u32)>,
) -> Result<Json<Vec<PlanView>>, Problem> {
    let read = rim.db.read(move |s| {
        running::queries::run(s, &season, number)?;
        Ok::<_, Fault>(queries::versions(s, &season, number)?)
    });
    let versions = read.await?.into_iter().filter(|version| version.state != State::Asked);
    Ok(Json(versions.map(PlanView::from).collect()))
}

/// Set the first plan, or ask for a change of the one in force.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/plan", tag = "programmes", request_body = WritePlan,
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = PlanView), (status = "4XX", body = Document)))]
async fn write_plan(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<WritePlan>,
) -> Result<Json<PlanView>, Problem> {
    let written = page::act(&rim, &visit, move |tx, cx| write::write(tx, cx, (&season, number), &input)).await?;
    Ok(Json(written.into()))
}

/// Decide what was asked for.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/plan/decide", tag = "programmes", request_body = Decide,
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = PlanView), (status = "4XX", body = Document)))]
async fn decide_plan(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<Decide>,
) -> Result<Json<PlanView>, Problem> {
    let decided = page::act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, (&season, number), &input)).await?;
    Ok(Json(decided.into()))
}

/// Take back what was asked for.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/plan/{version}/withdraw", tag = "programmes",
    params(("season" = String, Path), ("number" = u32, Path), ("version" = u32, Path)),
    responses((status = 200, description = "taken back"), (status = "4XX", body = Document)))]
async fn withdraw_plan(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, number, version)): PathId<(SeasonId, u32, u32)>,
) -> Result<(), Problem> {
    let taken =
        move |tx: &mut db::Tx<'_>, cx: &mut kernel::Context| write::withdraw(tx, cx, (&season, number), version);
    Ok(page::act(&rim, &visit, taken).await?)
}
