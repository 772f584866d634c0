//! JSON faces of the verbs of seasons.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use kernel::{Fen, Instant};
use places::PlaceId;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use crate::page;

use super::{Phase, Season, SeasonId, Stage, advance, open, open_vote, plan, queries};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_seasons, open_season))
        .routes(routes!(show_season))
        .routes(routes!(show_plan, reschedule))
        .routes(routes!(next_stage))
        .routes(routes!(start_vote))
}

/// A season.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SeasonView {
    #[schema(value_type = String)]
    id: SeasonId,
    #[schema(value_type = String)]
    place: PlaceId,
    name: String,
    about: String,
    /// The key of its template.
    template: String,
    stage: Stage,
    phase: Phase,
    /// In the smallest unit of the currency.
    #[schema(value_type = i64)]
    budget: Fen,
    currency: String,
    rule: String,
    #[schema(value_type = Option<i64>)]
    increment: Option<Fen>,
    max_choices: u32,
    projects: u32,
    ideas: u32,
    /// Known once the verdict is public.
    voters: Option<u64>,
    /// Known once the verdict is public.
    ballots: Option<u64>,
    opened_day: String,
}

impl From<Season> for SeasonView {
    fn from(s: Season) -> Self {
        let public = s.phase == Phase::Published;
        SeasonView {
            voters: public.then_some(s.n_voters),
            ballots: public.then_some(s.n_ballots),
            opened_day: s.opened_day.to_string(),
            id: s.id,
            place: s.place,
            name: s.name,
            about: s.about,
            template: s.template,
            stage: s.stage,
            phase: s.phase,
            budget: s.budget,
            currency: s.currency,
            rule: s.rule,
            increment: s.increment,
            max_choices: s.max_choices,
            projects: s.n_projects,
            ideas: s.n_ideas,
        }
    }
}

/// Where a page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Before {
    /// Opened before this instant (microseconds UTC).
    before: Option<String>,
}

/// Seasons, newest first, 50 a page.
#[utoipa::path(get, path = "/seasons", tag = "programmes", params(Before),
    responses((status = 200, body = Vec<SeasonView>)))]
async fn list_seasons(State(rim): State<Rim>, Query(page): Query<Before>) -> Result<Json<Vec<SeasonView>>, Problem> {
    let before = page.before.and_then(|b| b.parse().ok()).map(Instant);
    let found = rim.db.read(move |s| queries::seasons(s, before)).await?;
    Ok(Json(found.into_iter().map(SeasonView::from).collect()))
}

/// Open a season. The same `once` again answers with the season that is there.
#[utoipa::path(post, path = "/seasons", tag = "programmes", request_body = open::OpenSeason,
    security(("operator" = [])), responses((status = 201, body = SeasonView), (status = "4XX", body = Document)))]
async fn open_season(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<open::OpenSeason>,
) -> Result<(StatusCode, Json<SeasonView>), Problem> {
    let season = page::act(&rim, &visit, move |tx, cx| open::open(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(season.into())))
}

/// One season.
#[utoipa::path(get, path = "/seasons/{season}", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = SeasonView), (status = 404, body = Document)))]
async fn show_season(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<SeasonView>, Problem> {
    Ok(Json(rim.db.read(move |s| queries::season(s, &id)).await?.into()))
}

/// Open the vote.
#[utoipa::path(post, path = "/seasons/{season}/open-vote", tag = "programmes", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn start_vote(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| open_vote::open_vote(tx, &mut cx.clone(), &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

impl From<plan::PlannedStage> for plan::StageDays {
    fn from(p: plan::PlannedStage) -> Self {
        plan::StageDays { stage: p.stage, from: p.from.to_string(), until: p.until.to_string() }
    }
}

fn calendar(season: &Season, stages: Vec<plan::PlannedStage>) -> plan::Plan {
    plan::Plan { revision: season.plan_revision, stages: stages.into_iter().map(Into::into).collect() }
}

/// The calendar of a season.
#[utoipa::path(get, path = "/seasons/{season}/plan", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = plan::Plan), (status = 404, body = Document)))]
async fn show_plan(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<plan::Plan>, Problem> {
    let read = rim.db.read(move |s| Ok::<_, db::Fault>(calendar(&queries::season(s, &id)?, queries::plan(s, &id)?)));
    Ok(Json(read.await?))
}

/// Give stages other days.
#[utoipa::path(put, path = "/seasons/{season}/plan", tag = "programmes", security(("operator" = [])),
    request_body = plan::Plan, params(("season" = String, Path)),
    responses((status = 200, body = plan::Plan), (status = "4XX", body = Document)))]
async fn reschedule(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<plan::Plan>,
) -> Result<Json<plan::Plan>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| {
        let stages = plan::reschedule(tx, cx, &id, &input)?;
        Ok(calendar(&queries::season(tx, &id)?, stages))
    });
    Ok(Json(done.await?))
}

/// Move a season to its next stage, which is named; a season that is there already is answered as it is.
#[utoipa::path(post, path = "/seasons/{season}/advance", tag = "programmes", security(("operator" = [])),
    request_body = advance::Advance, params(("season" = String, Path)),
    responses((status = 200, body = Stage), (status = "4XX", body = Document)))]
async fn next_stage(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<advance::Advance>,
) -> Result<Json<Stage>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| advance::advance(tx, cx, &id, input.to)).await?))
}
