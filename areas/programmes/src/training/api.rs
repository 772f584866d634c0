//! JSON face: the trainings of a season. The verbs are forms of the pages.

use axum::extract::State;
use db::Fault;
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, problem::Document};

use super::{Held, TrainingId, queries};
use crate::{SeasonId, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_trainings))
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
