//! JSON faces of the verbs of projects.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use kernel::Fen;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{Project, add, queries};
use crate::{SeasonId, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_projects, create_projects))
}

/// A project.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProjectView {
    number: u32,
    reference: String,
    name: String,
    about: String,
    category: String,
    /// In the smallest unit of the season's currency.
    #[schema(value_type = i64)]
    cost: Fen,
}

impl From<Project> for ProjectView {
    fn from(p: Project) -> Self {
        let Project { number, reference, name, about, category, cost } = p;
        ProjectView { number, reference, name, about, category, cost }
    }
}

/// Where a page of projects begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct After {
    /// Projects after this number.
    after: Option<u32>,
}

/// Projects of a season in order of their numbers, 50 a page.
#[utoipa::path(get, path = "/seasons/{season}/projects", tag = "programmes", params(("season" = String, Path), After),
    responses((status = 200, body = Vec<ProjectView>), (status = 404, body = Document)))]
async fn list_projects(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<After>,
) -> Result<Json<Vec<ProjectView>>, Problem> {
    let after = page.after.unwrap_or(0);
    let found = rim
        .db
        .read(move |s| {
            season::queries::season(s, &id)?;
            Ok::<_, db::Fault>(queries::projects(s, &id, after, season::queries::PAGE)?)
        })
        .await?;
    Ok(Json(found.into_iter().map(ProjectView::from).collect()))
}

/// Put projects to the vote; at most 100 at once.
#[utoipa::path(post, path = "/seasons/{season}/projects", tag = "programmes", security(("operator" = [])),
    request_body = Vec<add::NewProject>, params(("season" = String, Path)),
    responses((status = 201, body = Vec<ProjectView>), (status = "4XX", body = Document)))]
async fn create_projects(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Vec<add::NewProject>>,
) -> Result<(StatusCode, Json<Vec<ProjectView>>), Problem> {
    let cx = rim.context_of(&visit);
    let added = rim.db.write(move |tx| add::add_projects(tx, &mut cx.clone(), &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(added.into_iter().map(ProjectView::from).collect())))
}
