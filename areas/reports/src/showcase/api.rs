//! JSON faces of what the office does with a showcase. What everybody reads is a page.

use axum::extract::State;
use kernel::{Kind, Refusal};
use programmes::{SeasonId, page};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Section, Text, publish,
    write::{self, Write},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(write_showcase))
        .routes(routes!(publish_showcase))
        .routes(routes!(arrange_showcase))
}

/// A version of a text.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct TextView {
    section: &'static str,
    version: u32,
    /// With the names of figures in braces.
    text: String,
}

impl From<Text> for TextView {
    fn from(of: Text) -> TextView {
        TextView { section: of.section.as_str(), version: of.version, text: of.text }
    }
}

/// Write a part.
#[utoipa::path(post, path = "/seasons/{season}/showcase", tag = "reports", params(("season" = String, Path)),
    request_body = Write, responses((status = 200, body = TextView), (status = "4XX", body = Document)))]
async fn write_showcase(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Write>,
) -> Result<Json<TextView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| write::write(tx, cx, &id, &input)).await?.into()))
}

/// Whether everybody sees it.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct PublishShowcase {
    /// `true` publishes it, `false` takes it back.
    pub public: bool,
}

/// Publish it, or take it back.
#[utoipa::path(put, path = "/seasons/{season}/showcase/public", tag = "reports", params(("season" = String, Path)),
    request_body = PublishShowcase, responses((status = 200, description = "done"), (status = "4XX", body = Document)))]
async fn publish_showcase(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<PublishShowcase>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| publish::publish(tx, cx, &id, input.public)).await?)
}

/// Whether a part is shown.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ArrangeShowcase {
    /// `true` keeps the part from the public.
    pub hide: bool,
}

/// Show a part, or hide it.
#[utoipa::path(put, path = "/seasons/{season}/showcase/{section}", tag = "reports", request_body = ArrangeShowcase,
    params(("season" = String, Path), ("section" = String, Path)),
    responses((status = 200, description = "done"), (status = "4XX", body = Document)))]
async fn arrange_showcase(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, section)): PathId<(SeasonId, String)>,
    Json(input): Json<ArrangeShowcase>,
) -> Result<(), Problem> {
    let unknown = |()| Refusal::new(Kind::NotFound, "showcase-part-unknown");
    let section: Section = section.parse().map_err(unknown)?;
    Ok(page::act(&rim, &visit, move |tx, cx| publish::arrange(tx, cx, &id, (section, input.hide))).await?)
}
