//! JSON faces: how far projects are; those of the verbs are in `verbs`.

use axum::{
    Extension,
    extract::{Query, State},
};
use db::Fault;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Case, Closing, Evidence, Known, Midterm, Run, RunState, Told,
    case::sees_unposted,
    closing,
    midterm::{self, Round},
    queries::{self, PAGE},
    verbs,
};
use crate::{SeasonId, season};

/// The routes, below `/api/v1`; `evidence` tells what other areas know.
pub fn routes(evidence: &'static dyn Evidence) -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_running))
        .routes(routes!(show_running))
        .merge(verbs::routes())
        .layer(Extension(Told(evidence)))
}

/// After which number.
#[derive(Debug, Default, Clone, Copy, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct After {
    /// The number of the last one that was seen.
    after: u32,
}

/// An approved project.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RunView {
    number: u32,
    tier: String,
    state: RunState,
    midterm: Midterm,
    closing: Closing,
    begun: String,
    /// What the records say.
    known: Known,
    /// Of those served: answers and how many are content; absent while fewer than five answered.
    satisfaction: Option<Satisfaction>,
}

/// How content those are whom a project served.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Satisfaction {
    answers: u64,
    /// Who gave 4 or 5 of 5.
    content: u64,
}

fn view(run: Run, known: Known, satisfaction: Option<Satisfaction>) -> RunView {
    let Run { number, tier, state, midterm, closing, begun_day, .. } = run;
    RunView { number, tier, state, midterm, closing, begun: begun_day.to_string(), known, satisfaction }
}

/// The approved projects of a season, in order of their numbers, 100 at most. Until the result of an assessment is posted,
/// the project is being assessed for everybody but the office.
#[utoipa::path(get, path = "/seasons/{season}/running", tag = "programmes", params(("season" = String, Path), After),
    responses((status = 200, body = Vec<RunView>), (status = 404, body = Document)))]
async fn list_running(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(season): PathId<SeasonId>,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<RunView>>, Problem> {
    let read = rim.db.read(move |s| {
        let of = season::queries::season(s, &season)?;
        let inside = sees_unposted(&visit.actor, &season::queries::site(s, &of)?);
        let mut runs = queries::runs(s, &season, after)?;
        runs.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
        let numbers: Vec<u32> = runs.iter().map(|run| run.number).collect();
        if !inside {
            let unposted = midterm::queries::unposted(s, &season)?;
            let seen = |run: Run| if unposted.contains(&run.number) { run.as_posted() } else { run };
            runs = runs.into_iter().map(seen).collect();
        }
        Ok::<_, Fault>((runs, told.0.known(s, &season, &numbers)?))
    });
    let (runs, mut known) = read.await?;
    let each = |run: Run| {
        let known = known.remove(&run.number).unwrap_or_default();
        view(run, known, None)
    };
    Ok(Json(runs.into_iter().map(each).collect()))
}

/// One approved project. Until the result of its assessment is posted, it is being assessed for everybody but its team and
/// the office.
#[utoipa::path(get, path = "/seasons/{season}/projects/{number}/running", tag = "programmes",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = RunView), (status = 404, body = Document)))]
async fn show_running(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId((season, number)): PathId<(SeasonId, u32)>,
) -> Result<Json<RunView>, Problem> {
    let read = rim.db.read(move |s| {
        let case = Case::read(s, &season, number)?;
        let hides = !case.standing(&visit.actor).is_inside()
            && midterm::queries::rounds(s, &season, number)?.iter().any(Round::is_unposted);
        let run = if hides { case.run.as_posted() } else { case.run };
        let known = told.0.known(s, &season, &[number])?.remove(&number).unwrap_or_default();
        Ok::<_, Fault>(view(
            run,
            known,
            closing::queries::satisfaction(s, &season, number)?
                .map(|grades| Satisfaction { answers: grades.answers, content: grades.content }),
        ))
    });
    Ok(Json(read.await?))
}
