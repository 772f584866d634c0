//! JSON faces of steps: proposed, listed, confirmed, taken back. Amounts in answers are whole numbers of the smallest unit.

use axum::{
    extract::State as Shared,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use db::{Fault, Tx};
use kernel::Context;
use programmes::{SeasonId, page};
use rights::{Action, authorize};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Step, StepId, StepKind, StepState, confirm,
    end::{self, Terminate},
    give_back::{self, GiveBack},
    queries, year_end,
};
use crate::case::Case;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(end_year))
        .routes(routes!(steps))
        .routes(routes!(confirm_step))
        .routes(routes!(recall_step))
        .routes(routes!(return_money))
        .routes(routes!(settle_project))
        .routes(routes!(terminate_agreement))
}

/// Propose to give public money back that is left at the end of a year; 204 where nothing is left.
#[utoipa::path(post, path = "/seasons/{season}/money/year-end", tag = "funds", params(("season" = String, Path)),
    responses((status = 200, body = StepView), (status = 204), (status = "4XX", body = Document)))]
async fn end_year(Shared(rim): Shared<Rim>, visit: Visit, PathId(id): PathId<SeasonId>) -> Result<Response, Problem> {
    let step = page::act(&rim, &visit, move |tx, cx| year_end::year_end(tx, cx, &id)).await?;
    Ok(step.map_or_else(|| StatusCode::NO_CONTENT.into_response(), |step| Json(StepView::from(step)).into_response()))
}

/// A step that one person proposes and another confirms.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = FundsStepView)]
pub struct StepView {
    id: String,
    kind: StepKind,
    state: StepState,
    /// Nothing where it is of the whole season.
    project: Option<u32>,
    /// What comes back, or must come back.
    amount: i64,
    /// What the project bears itself.
    borne: i64,
    proposed: String,
    decided: Option<String>,
}

impl From<Step> for StepView {
    fn from(of: Step) -> StepView {
        StepView {
            id: of.id.to_string(),
            kind: of.kind,
            state: of.state,
            project: (of.project > 0).then_some(of.project),
            amount: of.amount.0,
            borne: of.borne.0,
            proposed: of.proposed.to_string(),
            decided: of.decided.map(|day| day.to_string()),
        }
    }
}

/// The steps of a season that wait for a second person, by project; for the office.
#[utoipa::path(get, path = "/seasons/{season}/money/steps", tag = "funds", params(("season" = String, Path)),
    responses((status = 200, body = [StepView]), (status = "4XX", body = Document)))]
async fn steps(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(season): PathId<SeasonId>,
) -> Result<Json<Vec<StepView>>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let case = Case::of(s, &season)?;
        authorize(&actor, Action::RunSeason, &case.site)?;
        Ok::<_, Fault>(queries::all_waiting(s, &season)?)
    });
    Ok(Json(read.await?.into_iter().map(StepView::from).collect()))
}

/// Confirm a step: another person than who proposed it.
#[utoipa::path(post, path = "/seasons/{season}/money/steps/{step}/confirm", tag = "funds",
    params(("season" = String, Path), ("step" = String, Path)),
    responses((status = 200, body = StepView), (status = "4XX", body = Document)))]
async fn confirm_step(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, StepId)>,
) -> Result<Json<StepView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| confirm::confirm(tx, cx, (&season, &id))).await?.into()))
}

/// Take a step back before it is confirmed.
#[utoipa::path(post, path = "/seasons/{season}/money/steps/{step}/recall", tag = "funds",
    params(("season" = String, Path), ("step" = String, Path)),
    responses((status = 200, body = StepView), (status = "4XX", body = Document)))]
async fn recall_step(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((season, id)): PathId<(SeasonId, StepId)>,
) -> Result<Json<StepView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| confirm::recall(tx, cx, (&season, &id))).await?.into()))
}

/// Runs a verb that proposes a step.
async fn asked(
    (rim, visit): (&Rim, &Visit),
    (season, project): (SeasonId, u32),
    verb: impl Fn(&mut Tx<'_>, &mut Context, (&SeasonId, u32)) -> Result<Step, Fault> + Clone + Send + 'static,
) -> Result<Json<StepView>, Problem> {
    Ok(Json(page::act(rim, visit, move |tx, cx| verb(tx, cx, (&season, project))).await?.into()))
}

/// Propose to enter money that a project gave back.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/returns", tag = "funds",
    request_body = GiveBack, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = StepView), (status = "4XX", body = Document)))]
async fn return_money(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Json(input): Json<GiveBack>,
) -> Result<Json<StepView>, Problem> {
    asked((&rim, &visit), ids, move |tx, cx, ids| give_back::give_back(tx, cx, ids, &input)).await
}

/// Propose to close the account of a project that is done.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/settle", tag = "funds",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = StepView), (status = "4XX", body = Document)))]
async fn settle_project(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
) -> Result<Json<StepView>, Problem> {
    asked((&rim, &visit), ids, end::settle).await
}

/// Propose to end an agreement before its time.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/money/terminate", tag = "funds",
    request_body = Terminate, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = StepView), (status = "4XX", body = Document)))]
async fn terminate_agreement(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, u32)>,
    Json(input): Json<Terminate>,
) -> Result<Json<StepView>, Problem> {
    asked((&rim, &visit), ids, move |tx, cx, ids| end::terminate(tx, cx, ids, &input)).await
}
