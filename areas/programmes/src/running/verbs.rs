//! JSON faces of what is done with a running project: the same commands as the forms of its page.

use axum::{Extension, extract::State};
use db::{Fault, Tx};
use kernel::{Context, Day};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Closing, Midterm, Told,
    closing::{
        Closed,
        decide::{self as closings, SendBack},
        grade::{self, Grade},
        report::{self, WriteReport},
    },
    midterm::{
        Round, announce,
        decide::{self, Decide},
        mend::{self, Mend},
        open,
        score::{self, WriteSheet},
    },
};
use crate::{SeasonId, page};

/// The routes, below `/api/v1`; they need the evidence as a layer.
pub(super) fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(open_midterm))
        .routes(routes!(score_midterm))
        .routes(routes!(decide_midterm))
        .routes(routes!(mend_project))
        .routes(routes!(announce_midterm))
        .routes(routes!(write_closing))
        .routes(routes!(accept_closing))
        .routes(routes!(return_closing))
        .routes(routes!(grade_project))
}

type Of = (SeasonId, u32);

/// A round of the assessment.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RoundView {
    round: u32,
    state: Midterm,
    /// SHA-256 of the evidence, in lower-case hexadecimal.
    evidence: String,
    opened: String,
    /// What the sheets came to, in hundredths of a point of 100.
    points: Option<i64>,
    /// By when something is to be mended.
    until: Option<String>,
    decided: Option<String>,
    verdict: Option<String>,
}

impl From<Round> for RoundView {
    fn from(of: Round) -> RoundView {
        let day = |day: Option<Day>| day.map(|day| day.to_string());
        RoundView {
            round: of.round,
            state: of.state,
            evidence: ledger::tree::Hash(of.digest).to_string(),
            opened: of.opened_day.to_string(),
            points: of.points,
            until: day(of.until),
            decided: day(of.decided_day),
            verdict: of.verdict,
        }
    }
}

/// A closing report as it stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ClosingView {
    state: Closing,
    /// Moves with every change; the next save names it.
    revision: u32,
    verdict: Option<String>,
}

impl From<Closed> for ClosingView {
    fn from(of: Closed) -> ClosingView {
        ClosingView { state: of.state, revision: of.revision, verdict: of.verdict }
    }
}

/// Runs a verb and shows what became of it.
async fn done<T: Send + 'static, V: From<T>>(
    (rim, visit): (&Rim, &Visit),
    verb: impl Fn(&mut Tx<'_>, &mut Context) -> Result<T, Fault> + Clone + Send + 'static,
) -> Result<Json<V>, Problem> {
    Ok(Json(page::act(rim, visit, verb).await?.into()))
}

/// Gather the evidence and open a round of the assessment.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/midterm/open", tag = "programmes",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn open_midterm(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(of): PathId<Of>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), move |tx, cx| open::open(tx, cx, told.0, (&of.0, of.1))).await
}

/// A sheet that was kept.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RunningSheetView)]
pub struct SheetView {
    scores: Vec<u32>,
    comment: String,
}

/// Score the open round.
#[utoipa::path(put, path = "/seasons/{season}/projects/{number}/midterm/sheet", tag = "programmes",
    request_body = WriteSheet, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = SheetView), (status = "4XX", body = Document)))]
async fn score_midterm(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<WriteSheet>,
) -> Result<Json<SheetView>, Problem> {
    let sheet = page::act(&rim, &visit, move |tx, cx| score::score(tx, cx, (&of.0, of.1), &input)).await?;
    Ok(Json(SheetView { scores: sheet.scores, comment: sheet.comment }))
}

/// Decide the open round by its sheets.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/midterm/decide", tag = "programmes",
    request_body = Decide, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = RoundView), (status = "4XX", body = Document)))]
async fn decide_midterm(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<Decide>,
) -> Result<Json<RoundView>, Problem> {
    done((&rim, &visit), move |tx, cx| decide::decide(tx, cx, (&of.0, of.1), &input)).await
}

/// Say what was mended.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/midterm/mend", tag = "programmes",
    request_body = Mend, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn mend_project(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<Mend>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| mend::mend(tx, cx, (&of.0, of.1), &input)).await?)
}

/// A notice that was posted.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = RunningPostedView)]
pub struct PostedView {
    notice: String,
}

/// Post all results that are decided and not posted yet.
#[utoipa::path(post, path = "/seasons/{season}/midterm/announce", tag = "programmes", params(("season" = String, Path)),
    responses((status = 200, body = PostedView), (status = "4XX", body = Document)))]
async fn announce_midterm(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(season): PathId<SeasonId>,
) -> Result<Json<PostedView>, Problem> {
    let posted = page::act(&rim, &visit, move |tx, cx| announce::announce(tx, cx, &season)).await?;
    Ok(Json(PostedView { notice: posted.id.to_string() }))
}

/// Save the closing report, or hand it in.
#[utoipa::path(put, path = "/seasons/{season}/projects/{number}/closing", tag = "programmes",
    request_body = WriteReport, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = ClosingView), (status = "4XX", body = Document)))]
async fn write_closing(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<WriteReport>,
) -> Result<Json<ClosingView>, Problem> {
    done((&rim, &visit), move |tx, cx| report::write(tx, cx, told.0, (&of.0, of.1), &input)).await
}

/// Accept the closing.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/closing/accept", tag = "programmes",
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = ClosingView), (status = "4XX", body = Document)))]
async fn accept_closing(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
) -> Result<Json<ClosingView>, Problem> {
    done((&rim, &visit), move |tx, cx| closings::accept(tx, cx, (&of.0, of.1))).await
}

/// Send the closing back.
#[utoipa::path(post, path = "/seasons/{season}/projects/{number}/closing/return", tag = "programmes",
    request_body = SendBack, params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = ClosingView), (status = "4XX", body = Document)))]
async fn return_closing(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<SendBack>,
) -> Result<Json<ClosingView>, Problem> {
    done((&rim, &visit), move |tx, cx| closings::send_back(tx, cx, (&of.0, of.1), &input)).await
}

/// Say how content one is with a project.
#[utoipa::path(put, path = "/seasons/{season}/projects/{number}/grade", tag = "programmes", request_body = Grade,
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, description = "kept"), (status = "4XX", body = Document)))]
async fn grade_project(
    State(rim): State<Rim>,
    Extension(told): Extension<Told>,
    visit: Visit,
    PathId(of): PathId<Of>,
    Json(input): Json<Grade>,
) -> Result<(), Problem> {
    Ok(page::act(&rim, &visit, move |tx, cx| grade::grade(tx, cx, told.0, (&of.0, of.1), &input)).await?)
}
