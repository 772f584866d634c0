//! JSON faces of awards.

use axum::extract::State as Shared;
use db::Fault;
use rights::{Action, may};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Award, State,
    decide::{self, Decide},
    nominate::{self, Nominate},
    queries,
};
use crate::{SeasonId, page, season};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(list_awards, nominate_award)).routes(routes!(decide_award))
}

/// A nomination or an award.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AwardView {
    category: String,
    number: u32,
    project: String,
    state: State,
    words: String,
    /// The number of the certificate, for `/certificates/{number}`.
    certificate: Option<String>,
    /// How many ballots approved of it, where a jury or the residents chose.
    approvals: Option<u64>,
    /// The verdict of that count, for `/verdicts/{verdict}`.
    verdict: Option<String>,
}

impl From<Award> for AwardView {
    fn from(of: Award) -> AwardView {
        let Award { category, number, project, state, words, certificate, approvals, verdict, .. } = of;
        AwardView { category, number, project, state, words, certificate, approvals, verdict }
    }
}

/// The awards of a season; nominations too for whoever runs it.
#[utoipa::path(get, path = "/seasons/{season}/awards", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = Vec<AwardView>), (status = 404, body = Document)))]
async fn list_awards(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<Vec<AwardView>>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let of = season::queries::season(s, &id)?;
        let runs = may(&actor, Action::RunSeason, &season::queries::site(s, &of)?);
        Ok::<_, Fault>((queries::awards(s, &id)?, runs))
    });
    let (awards, runs) = read.await?;
    let shown = awards.into_iter().filter(|award| runs || award.state == State::Given);
    Ok(Json(shown.map(AwardView::from).collect()))
}

/// Nominate a project.
#[utoipa::path(post, path = "/seasons/{season}/awards", tag = "programmes", request_body = Nominate,
    params(("season" = String, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn nominate_award(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Nominate>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| nominate::nominate(tx, cx, &id, &input)).await?)
}

/// Give an award, or refuse it.
#[utoipa::path(post, path = "/seasons/{season}/awards/decide", tag = "programmes", request_body = Decide,
    params(("season" = String, Path)),
    responses((status = 200, body = AwardView), (status = "4XX", body = Document)))]
async fn decide_award(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Decide>,
) -> Result<Json<AwardView>, Problem> {
    let decided = page::act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, &id, &input)).await?;
    Ok(Json(decided.into()))
}
