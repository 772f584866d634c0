//! JSON faces of the verbs of visits.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit as Asker, problem::Document};

use super::{
    HasLine, Lists, MetLine, Need, NeedSum, Visit, VisitId,
    correct::{self, CorrectVisit},
    queries::{self, Coverage},
    record::{self, RecordVisit},
    strike::{self, StrikeVisit},
};
use crate::{SeasonId, page, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_visits, record_visit))
        .routes(routes!(visit_needs))
        .routes(routes!(show_visit))
        .routes(routes!(correct_visit))
        .routes(routes!(strike_visit))
}

/// A visit, without who went.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VisitView {
    #[schema(value_type = String)]
    id: VisitId,
    number: u32,
    place: String,
    day: String,
    findings: String,
    struck: bool,
    /// Moves with every correction: a correction names the one it saw.
    revision: u32,
}

impl From<Visit> for VisitView {
    fn from(v: Visit) -> Self {
        VisitView {
            place: v.place.to_string(),
            day: v.day.to_string(),
            struck: v.struck_at.is_some(),
            id: v.id,
            number: v.number,
            revision: v.revision,
            findings: v.findings,
        }
    }
}

/// A visit with its lists.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VisitWhole {
    #[serde(flatten)]
    visit: VisitView,
    /// Who went: only for those who do community work there.
    staff: Option<String>,
    struck_reason: String,
    met: Vec<MetLine>,
    needs: Vec<Need>,
    has: Vec<HasLine>,
}

/// Visits of a season.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VisitList {
    /// Communities of the season with a visit that counts.
    communities_visited: u32,
    /// Communities of the season.
    communities: u32,
    /// Their ids, as far as nobody has visited them yet.
    not_yet: Vec<String>,
    visits: Vec<VisitView>,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Before {
    /// Before this number.
    before: Option<u32>,
    /// Only those at which this need was mentioned.
    need: Option<String>,
}

/// Visits of a season that count, newest first, 50 a page, and how far they have come.
#[utoipa::path(get, path = "/seasons/{season}/visits", tag = "programmes", params(("season" = String, Path), Before),
    responses((status = 200, body = VisitList), (status = 404, body = Document)))]
async fn list_visits(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<Before>,
) -> Result<Json<VisitList>, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let visits = queries::visits(s, &id, page.need.as_deref(), page.before)?;
        Ok::<_, Fault>((queries::coverage(s, &season)?, visits))
    });
    let (Coverage { communities, visited }, visits) = read.await?;
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let not_yet = communities.iter().filter(|place| !visited.contains(&place.id)).map(|place| place.id.to_string());
    Ok(Json(VisitList {
        communities_visited: count(visited.len()),
        communities: count(communities.len()),
        not_yet: not_yet.collect(),
        visits: visits.into_iter().map(VisitView::from).collect(),
    }))
}

/// Record a visit. The same `once` again answers with the visit that is already there.
#[utoipa::path(post, path = "/seasons/{season}/visits", tag = "programmes", request_body = RecordVisit,
    params(("season" = String, Path)),
    responses((status = 201, body = VisitView), (status = "4XX", body = Document)))]
async fn record_visit(
    State(rim): State<Rim>,
    asker: Asker,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<RecordVisit>,
) -> Result<(StatusCode, Json<VisitView>), Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| record::record(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}

/// What is needed, over all visits that count: what most people mentioned first, 50 at most.
#[utoipa::path(get, path = "/seasons/{season}/needs", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = Vec<NeedSum>), (status = 404, body = Document)))]
async fn visit_needs(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<Vec<NeedSum>>, Problem> {
    let read = rim.db.read(move |s| {
        season::queries::season(s, &id)?;
        Ok::<_, Fault>(queries::needs(s, &id)?)
    });
    Ok(Json(read.await?))
}

/// A visit with whom they met, what is needed and what is there.
#[utoipa::path(get, path = "/seasons/{season}/visits/{visit}", tag = "programmes",
    params(("season" = String, Path), ("visit" = String, Path)),
    responses((status = 200, body = VisitWhole), (status = 404, body = Document)))]
async fn show_visit(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id)): PathId<(SeasonId, VisitId)>,
) -> Result<Json<VisitWhole>, Problem> {
    let read = rim.db.read(move |s| {
        let (visit, lists) = queries::visit(s, &season, &id)?;
        let site = places::site(s, &visit.place)?;
        Ok::<_, Fault>((visit, lists, site))
    });
    let (visit, Lists { met, needs, has }, site) = read.await?;
    let inside = site.is_some_and(|site| may(&asker.actor, Action::MoveMatter, &site));
    let (staff, struck_reason) = (inside.then(|| visit.staff.clone()), visit.struck_reason.clone());
    Ok(Json(VisitWhole { visit: visit.into(), staff, struck_reason, met, needs, has }))
}

/// Correct a visit: all of it anew. The earlier text stays in the private part of the log.
#[utoipa::path(post, path = "/seasons/{season}/visits/{visit}/correct", tag = "programmes",
    request_body = CorrectVisit, params(("season" = String, Path), ("visit" = String, Path)),
    responses((status = 200, body = VisitView), (status = "4XX", body = Document)))]
async fn correct_visit(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id)): PathId<(SeasonId, VisitId)>,
    Json(input): Json<CorrectVisit>,
) -> Result<Json<VisitView>, Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| correct::correct(tx, cx, (&season, &id), &input)).await?;
    Ok(Json(done.into()))
}

/// Strike out a visit that was recorded by mistake.
#[utoipa::path(post, path = "/seasons/{season}/visits/{visit}/strike", tag = "programmes",
    request_body = StrikeVisit, params(("season" = String, Path), ("visit" = String, Path)),
    responses((status = 200, body = VisitView), (status = "4XX", body = Document)))]
async fn strike_visit(
    State(rim): State<Rim>,
    asker: Asker,
    PathId((season, id)): PathId<(SeasonId, VisitId)>,
    Json(input): Json<StrikeVisit>,
) -> Result<Json<VisitView>, Problem> {
    let done = page::act(&rim, &asker, move |tx, cx| strike::strike(tx, cx, (&season, &id), &input)).await?;
    Ok(Json(done.into()))
}
