//! JSON faces of the verbs of proposals. Persons are not named.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{Fen, OrgId};
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Listed, Proposal, ProposalId, Reason, State as Stands, Typed,
    check::{self, SendBack},
    queries::{self, Standing, Which},
    save::{self, SaveProposal},
    start::{self, StartProposal},
    submit, withdraw,
};
use crate::{SeasonId, idea::IdeaId, page, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_proposals, begin_proposal))
        .routes(routes!(show_proposal, save_proposal))
        .routes(routes!(submit_proposal))
        .routes(routes!(withdraw_proposal))
        .routes(routes!(accept_proposal))
        .routes(routes!(return_proposal))
}

/// A proposal in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ListedProposal {
    #[schema(value_type = String)]
    id: ProposalId,
    number: u32,
    state: Stands,
    title: String,
    /// A key of the template's fields.
    field: String,
    /// A key of the template's tiers.
    tier: String,
    /// In the smallest unit of the season's currency.
    #[schema(value_type = i64)]
    grant: Fen,
    /// Its number among the projects.
    project: Option<u32>,
}

impl From<Listed> for ListedProposal {
    fn from(l: Listed) -> Self {
        let Listed { id, number, state, title, field, tier, grant, project } = l;
        ListedProposal { id, number, state, title, field, tier, grant, project }
    }
}

/// A proposal.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProposalView {
    #[schema(value_type = String)]
    id: ProposalId,
    number: u32,
    state: Stands,
    #[schema(value_type = Option<String>)]
    idea: Option<IdeaId>,
    /// The organisation that applies; absent for a person.
    #[schema(value_type = Option<String>)]
    org: Option<OrgId>,
    proposal: Typed,
    /// What is asked for, in the smallest unit of the season's currency.
    #[schema(value_type = i64)]
    grant: Fen,
    /// The whole budget.
    #[schema(value_type = i64)]
    whole: Fen,
    /// Its number among the projects.
    project: Option<u32>,
    /// Versions kept so far.
    versions: u32,
    /// Why it was given back the last time; for its authors, its coach and the office.
    reasons: Vec<Reason>,
    revision: i64,
}

impl ProposalView {
    fn of(p: Proposal, standing: Standing) -> ProposalView {
        let reasons = if standing.inside() { p.reasons } else { Vec::new() };
        ProposalView {
            id: p.id,
            number: p.number,
            state: p.state,
            idea: p.idea,
            org: p.org,
            proposal: p.typed,
            grant: p.grant,
            whole: p.whole,
            project: p.project,
            versions: p.n_versions,
            reasons,
            revision: p.revision,
        }
    }

    /// For whoever has just written it, or checks it.
    fn inside(p: Proposal) -> Json<ProposalView> {
        Json(ProposalView::of(p, Standing { writes: true, ..Standing::default() }))
    }
}

/// Which part of a list.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct After {
    /// After this number.
    after: Option<u32>,
    /// Only this field.
    field: Option<String>,
    /// Only this state, for the office.
    state: Option<String>,
}

/// Proposals of a season in order of their numbers, 50 a page: the checked ones; all of them for the office.
#[utoipa::path(get, path = "/seasons/{season}/proposals", tag = "programmes", params(("season" = String, Path), After),
    responses((status = 200, body = Vec<ListedProposal>), (status = 404, body = Document)))]
async fn list_proposals(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<After>,
) -> Result<Json<Vec<ListedProposal>>, Problem> {
    let state = page.state.as_deref().and_then(|word| word.parse().ok());
    let which = Which { after: page.after.unwrap_or(0), field: page.field.unwrap_or_default(), state };
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &id)?;
        let office = may(&visit.actor, Action::MoveMatter, &season::queries::site(s, &season)?);
        Ok::<_, Fault>(queries::list(s, &id, &which, office)?)
    });
    let most = usize::try_from(season::queries::PAGE).unwrap_or(usize::MAX);
    Ok(Json(read.await?.into_iter().take(most).map(ListedProposal::from).collect()))
}

/// Begin a proposal, from an idea or afresh.
#[utoipa::path(post, path = "/seasons/{season}/proposals", tag = "programmes", request_body = StartProposal,
    params(("season" = String, Path)),
    responses((status = 201, body = ProposalView), (status = "4XX", body = Document)))]
async fn begin_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<StartProposal>,
) -> Result<(StatusCode, Json<ProposalView>), Problem> {
    let begun = page::act(&rim, &visit, move |tx, cx| start::start(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, ProposalView::inside(begun)))
}

/// One proposal: a checked one; any for its authors, its coach and the office.
#[utoipa::path(get, path = "/seasons/{season}/proposals/{proposal}", tag = "programmes",
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = 404, body = Document)))]
async fn show_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
) -> Result<Json<ProposalView>, Problem> {
    let read = rim.db.read(move |s| {
        let season = season::queries::season(s, &season)?;
        let site = season::queries::site(s, &season)?;
        queries::seen(s, (&season.id, &id), &visit.actor, &site)
    });
    let (proposal, standing) = read.await?;
    Ok(Json(ProposalView::of(proposal, standing)))
}

/// Save a proposal as it is written so far; it may be incomplete. Wrong fields of lists are named by their row, counted
/// from 1 over the rows that are not blank: `line-3-price`, `fund-1-amount`, `answer-2`.
#[utoipa::path(put, path = "/seasons/{season}/proposals/{proposal}", tag = "programmes", request_body = SaveProposal,
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = "4XX", body = Document)))]
async fn save_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Json(input): Json<SaveProposal>,
) -> Result<Json<ProposalView>, Problem> {
    let saved = page::act(&rim, &visit, move |tx, cx| save::save(tx, cx, (&season, &id), &input)).await?;
    Ok(ProposalView::inside(saved))
}

/// Submit what was saved.
#[utoipa::path(post, path = "/seasons/{season}/proposals/{proposal}/submit", tag = "programmes",
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = "4XX", body = Document)))]
async fn submit_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
) -> Result<Json<ProposalView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| submit::submit(tx, cx, (&season, &id))).await?;
    Ok(ProposalView::inside(done))
}

/// Take a proposal back.
#[utoipa::path(post, path = "/seasons/{season}/proposals/{proposal}/withdraw", tag = "programmes",
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = "4XX", body = Document)))]
async fn withdraw_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
) -> Result<Json<ProposalView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| withdraw::withdraw(tx, cx, (&season, &id))).await?;
    Ok(ProposalView::inside(done))
}

/// Take a submitted proposal: it becomes a project.
#[utoipa::path(post, path = "/seasons/{season}/proposals/{proposal}/accept", tag = "programmes",
    params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = "4XX", body = Document)))]
async fn accept_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
) -> Result<Json<ProposalView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| check::accept(tx, cx, (&season, &id))).await?;
    Ok(ProposalView::inside(done))
}

/// Give a submitted proposal back with reasons.
#[utoipa::path(post, path = "/seasons/{season}/proposals/{proposal}/return", tag = "programmes",
    request_body = SendBack, params(("season" = String, Path), ("proposal" = String, Path)),
    responses((status = 200, body = ProposalView), (status = "4XX", body = Document)))]
async fn return_proposal(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, ProposalId)>,
    Json(input): Json<SendBack>,
) -> Result<Json<ProposalView>, Problem> {
    let done = page::act(&rim, &visit, move |tx, cx| check::send_back(tx, cx, (&season, &id), &input)).await?;
    Ok(ProposalView::inside(done))
}
