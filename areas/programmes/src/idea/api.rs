//! JSON faces of the verbs of ideas.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{Idea, IdeaId, post, queries};
use crate::{SeasonId, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_ideas, post_idea))
}

/// An idea.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct IdeaView {
    #[schema(value_type = String)]
    id: IdeaId,
    title: String,
    body: String,
    author: String,
    posted_day: String,
}

impl From<Idea> for IdeaView {
    fn from(i: Idea) -> Self {
        let posted_day = i.posted_day.to_string();
        IdeaView { id: i.id, title: i.title, body: i.body, author: i.author, posted_day }
    }
}

/// Where a page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Before {
    /// Before this id.
    before: Option<String>,
}

/// Ideas of a season, newest first, 50 a page.
#[utoipa::path(get, path = "/seasons/{season}/ideas", tag = "programmes", params(("season" = String, Path), Before),
    responses((status = 200, body = Vec<IdeaView>), (status = 404, body = Document)))]
async fn list_ideas(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<Before>,
) -> Result<Json<Vec<IdeaView>>, Problem> {
    let before: Option<IdeaId> = optional_id(page.before.as_deref());
    let found = rim
        .db
        .read(move |s| {
            season::queries::season(s, &id)?;
            Ok::<_, db::Fault>(queries::ideas(s, &id, before.as_ref())?)
        })
        .await?;
    Ok(Json(found.into_iter().map(IdeaView::from).collect()))
}

/// Post an idea. The same `once` again answers with the idea that is already there.
#[utoipa::path(post, path = "/seasons/{season}/ideas", tag = "programmes", request_body = post::PostIdea,
    params(("season" = String, Path)),
    responses((status = 201, body = IdeaView), (status = "4XX", body = Document)))]
async fn post_idea(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<post::PostIdea>,
) -> Result<(StatusCode, Json<IdeaView>), Problem> {
    let cx = rim.context_of(&visit);
    let idea = rim.db.write(move |tx| post::post(tx, &mut cx.clone(), &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(idea.into())))
}
