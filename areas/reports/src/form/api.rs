//! JSON faces of the district's forms: which there are, and filling one. Sending a workbook in and binding its cells is
//! done on the pages, where the workbook is seen.

use axum::extract::State;
use db::Fault;
use programmes::{SeasonId, page, season::queries as seasons};
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{Filling, Form, Put, fill, queries};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_forms)).routes(routes!(fill_form))
}

/// A form.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FormView {
    number: u32,
    name: String,
    /// SHA-256 of the workbook.
    digest: String,
    added: String,
}

impl From<Form> for FormView {
    fn from(of: Form) -> FormView {
        FormView { number: of.number, name: of.name, digest: of.digest, added: of.added_day.to_string() }
    }
}

/// A filling: what was put into which cell, with the digest of the records behind it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct FillingView {
    number: u32,
    day: String,
    figures: Vec<Put>,
}

impl From<Filling> for FillingView {
    fn from(of: Filling) -> FillingView {
        FillingView { number: of.number, day: of.day.to_string(), figures: of.figures }
    }
}

/// The forms of a season, 20 at most, for whoever runs it.
#[utoipa::path(get, path = "/seasons/{season}/forms", tag = "reports", params(("season" = String, Path)),
    responses((status = 200, body = Vec<FormView>), (status = "4XX", body = Document)))]
async fn list_forms(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<Vec<FormView>>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let season = seasons::season(s, &id)?;
        authorize(&actor, Action::RunSeason, &seasons::site(s, &season)?)?;
        Ok::<_, Fault>(queries::forms(s, &id)?)
    });
    Ok(Json(read.await?.into_iter().map(FormView::from).collect()))
}

/// What is sent with a filling.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct FillForm {
    /// A text the sender makes up for this one filling, at most 64 characters, so that sending twice fills once.
    pub once: String,
}

/// Fill it with what the records say now.
#[utoipa::path(post, path = "/seasons/{season}/forms/{form}/fill", tag = "reports", request_body = FillForm,
    params(("season" = String, Path), ("form" = u32, Path)),
    responses((status = 200, body = FillingView), (status = "4XX", body = Document)))]
async fn fill_form(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<FillForm>,
) -> Result<Json<FillingView>, Problem> {
    let filled = page::act(&rim, &visit, move |tx, cx| fill::fill(tx, cx, (&id, number), &input.once)).await?;
    Ok(Json(filled.into()))
}
