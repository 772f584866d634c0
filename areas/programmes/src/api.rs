//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use kernel::{Fen, Instant};
use places::PlaceId;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use crate::{
    Idea, IdeaId, Phase, Project, Season, SeasonId,
    commands::{add_projects, open, open_vote, post},
    queries,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_seasons, open_season))
        .routes(routes!(show_season))
        .routes(routes!(list_projects, create_projects))
        .routes(routes!(list_ideas, post_idea))
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
    /// Seasons: opened before this instant (microseconds UTC). Ideas: before this id.
    before: Option<String>,
}

/// Where a page of projects begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct After {
    /// Projects after this number.
    after: Option<u32>,
}

/// Seasons, newest first, 50 a page.
#[utoipa::path(get, path = "/seasons", tag = "programmes", params(Before),
    responses((status = 200, body = Vec<SeasonView>)))]
async fn list_seasons(State(rim): State<Rim>, Query(page): Query<Before>) -> Result<Json<Vec<SeasonView>>, Problem> {
    let before = page.before.and_then(|b| b.parse().ok()).map(Instant);
    let found = rim.db.read(move |s| queries::seasons(s, before)).await?;
    Ok(Json(found.into_iter().map(SeasonView::from).collect()))
}

/// Open a season.
#[utoipa::path(post, path = "/seasons", tag = "programmes", request_body = open::OpenSeason,
    security(("operator" = [])), responses((status = 201, body = SeasonView), (status = "4XX", body = Document)))]
async fn open_season(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<open::OpenSeason>,
) -> Result<(StatusCode, Json<SeasonView>), Problem> {
    let cx = rim.context_of(&visit);
    let season = rim.db.write(move |tx| open::open(tx, &mut cx.clone(), &input)).await?;
    Ok((StatusCode::CREATED, Json(season.into())))
}

/// One season.
#[utoipa::path(get, path = "/seasons/{season}", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = SeasonView), (status = 404, body = Document)))]
async fn show_season(State(rim): State<Rim>, PathId(id): PathId<SeasonId>) -> Result<Json<SeasonView>, Problem> {
    Ok(Json(rim.db.read(move |s| queries::season(s, &id)).await?.into()))
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
            queries::season(s, &id)?;
            Ok::<_, db::Fault>(queries::projects(s, &id, after, queries::PAGE)?)
        })
        .await?;
    Ok(Json(found.into_iter().map(ProjectView::from).collect()))
}

/// Put projects to the vote; at most 100 at once.
#[utoipa::path(post, path = "/seasons/{season}/projects", tag = "programmes", security(("operator" = [])),
    request_body = Vec<add_projects::NewProject>, params(("season" = String, Path)),
    responses((status = 201, body = Vec<ProjectView>), (status = "4XX", body = Document)))]
async fn create_projects(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Vec<add_projects::NewProject>>,
) -> Result<(StatusCode, Json<Vec<ProjectView>>), Problem> {
    let cx = rim.context_of(&visit);
    let added = rim.db.write(move |tx| add_projects::add_projects(tx, &mut cx.clone(), &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(added.into_iter().map(ProjectView::from).collect())))
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
            queries::season(s, &id)?;
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

/// Open the vote.
#[utoipa::path(post, path = "/seasons/{season}/open-vote", tag = "programmes", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn start_vote(State(rim): State<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| open_vote::open_vote(tx, &mut cx.clone(), &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
