//! JSON face: the plan of a project and its versions. The verbs are forms of the pages.

use axum::extract::State as Shared;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, problem::Document};

use super::{Plan, State, Version, queries};
use crate::{SeasonId, running};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_plans))
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
