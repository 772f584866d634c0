//! JSON faces of the verbs of reviews.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{Chance, Kind, Refusal};
use programmes::{SeasonId, season};
use rights::Action;
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Answer, Conflict, Line, Review, Reviewer, ScoreSheet, State as At,
    answer::answer,
    close::close,
    count,
    declare::{Declaration, declare},
    invite::{Invite, invite},
    letter, queries,
    score::{Score, score},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(show_review))
        .routes(routes!(list_sheets))
        .routes(routes!(list_reviewers, invite_reviewer))
        .routes(routes!(answer_invitation))
        .routes(routes!(declare_conflicts))
        .routes(routes!(save_sheet))
        .routes(routes!(close_review))
}

/// A review with a page of its lines.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReviewView {
    state: At,
    /// How many were invited.
    reviewers: u32,
    /// The dated rule set; empty while the review is open.
    rule_set: String,
    /// SHA-256 over everything the ranking depends on, hexadecimal; empty while the review is open.
    inputs: String,
    /// The verdict in the register; empty while the review is open.
    verdict: String,
    closed_day: Option<String>,
    /// Sheets that were counted; known once the review is closed.
    sheets: Option<u32>,
    lines: Vec<ReviewLine>,
}

/// What a closed review says of a project.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReviewLine {
    number: u32,
    reference: String,
    name: String,
    rank: Option<u32>,
    /// Points of 100 to two decimals.
    points: String,
    /// The same exactly, as a fraction.
    exact: String,
    /// Everything the count says of it.
    #[schema(value_type = Object)]
    counted: tally::panel::PanelLine,
}

impl From<Line> for ReviewLine {
    fn from(line: Line) -> Self {
        ReviewLine {
            number: line.line.number,
            reference: line.reference,
            name: line.name,
            rank: line.line.rank,
            points: line.line.points(),
            exact: line.line.mean.as_ref().map(ToString::to_string).unwrap_or_default(),
            counted: line.line,
        }
    }
}

impl ReviewView {
    fn new(review: Review, lines: Vec<Line>) -> ReviewView {
        ReviewView {
            state: review.state,
            reviewers: review.n_reviewers,
            sheets: (review.state == At::Closed).then_some(review.minutes.sheets),
            rule_set: review.rule_set,
            inputs: review.inputs,
            verdict: review.minutes.verdict,
            closed_day: review.closed_day.map(|day| day.to_string()),
            lines: lines.into_iter().map(ReviewLine::from).collect(),
        }
    }
}

/// Where a page begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct After {
    /// Lines after this many, sheets of projects after this number.
    after: Option<u32>,
}

/// The review of a season and what came out, 50 lines a page; no lines before it is closed.
#[utoipa::path(get, path = "/seasons/{season}/review", tag = "decisions", params(("season" = String, Path), After),
    responses((status = 200, body = ReviewView), (status = 404, body = Document)))]
async fn show_review(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<After>,
) -> Result<Json<ReviewView>, Problem> {
    let after = page.after.unwrap_or(0);
    let found = rim.db.read(move |s| {
        season::queries::season(s, &id)?;
        let Some(review) = queries::review(s, &id)? else { return Ok::<_, Fault>(None) };
        Ok(Some((review, queries::lines(s, &id, after, queries::PAGE)?)))
    });
    let (review, lines) = found.await?.ok_or_else(|| Refusal::new(Kind::NotFound, "review-not-begun"))?;
    Ok(Json(ReviewView::new(review, lines)))
}

/// A sheet as everybody sees it once the review is closed.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ReviewSheetView)]
pub struct SheetView {
    /// The number that stands for the reviewer in the digest of the inputs.
    reviewer: u32,
    /// The same as a letter.
    letter: String,
    project: u32,
    scores: Vec<u32>,
    comment: String,
}

/// The sheets of the project after number `after` that comes next, with numbers for the reviewers; nothing before the
/// review is closed.
#[utoipa::path(get, path = "/seasons/{season}/review/sheets", tag = "decisions",
    params(("season" = String, Path), After),
    responses((status = 200, body = Vec<SheetView>), (status = 404, body = Document)))]
async fn list_sheets(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<After>,
) -> Result<Json<Vec<SheetView>>, Problem> {
    let after = page.after.unwrap_or(0);
    let found = rim.db.read(move |s| {
        season::queries::season(s, &id)?;
        match programmes::project::queries::projects(s, &id, after, 1)?.first() {
            Some(project) => Ok::<_, Fault>(queries::sheets(s, &id, project.number)?),
            None => Ok(Vec::new()),
        }
    });
    let view = |found: queries::Lettered| SheetView {
        reviewer: found.letter,
        letter: letter(found.letter),
        project: found.sheet.project,
        scores: found.sheet.scores,
        comment: found.sheet.comment,
    };
    Ok(Json(found.await?.into_iter().map(view).collect()))
}

/// Somebody who was invited.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReviewerView {
    #[schema(value_type = String)]
    person: kernel::PersonId,
    name: String,
    answer: Answer,
    declared: u32,
    conflicts: u32,
    sheets: u32,
}

impl From<Reviewer> for ReviewerView {
    fn from(r: Reviewer) -> Self {
        let Reviewer { person, name, answer, letter: _, n_declared, n_conflicts, n_sheets } = r;
        ReviewerView { person, name, answer, declared: n_declared, conflicts: n_conflicts, sheets: n_sheets }
    }
}

/// The panel and how far each reviewer is, for whoever runs the season.
#[utoipa::path(get, path = "/seasons/{season}/review/reviewers", tag = "decisions", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 200, body = Vec<ReviewerView>), (status = "4XX", body = Document)))]
async fn list_reviewers(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<Vec<ReviewerView>>, Problem> {
    let actor = visit.actor;
    let found = rim.db.read(move |s| {
        crate::queries::may(s, &actor, &id, Action::RunSeason)?;
        Ok::<_, Fault>(queries::reviewers(s, &id)?)
    });
    Ok(Json(found.await?.into_iter().map(ReviewerView::from).collect()))
}

/// Invite a registered person to the panel.
#[utoipa::path(post, path = "/seasons/{season}/review/reviewers", tag = "decisions", request_body = Invite,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 201, body = ReviewerView), (status = "4XX", body = Document)))]
async fn invite_reviewer(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Invite>,
) -> Result<(StatusCode, Json<ReviewerView>), Problem> {
    let done = programmes::page::act(&rim, &visit, move |tx, cx| invite(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(done.into())))
}

/// The answer to an invitation.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct Accepting {
    /// Whether one sits on the panel.
    accept: bool,
}

/// Accept or decline a seat on the panel.
#[utoipa::path(post, path = "/seasons/{season}/review/answer", tag = "decisions", request_body = Accepting,
    params(("season" = String, Path)),
    responses((status = 200, body = ReviewerView), (status = "4XX", body = Document)))]
async fn answer_invitation(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Accepting>,
) -> Result<Json<ReviewerView>, Problem> {
    let done = programmes::page::act(&rim, &visit, move |tx, cx| answer(tx, cx, &id, input.accept)).await?;
    Ok(Json(done.into()))
}

/// What a reviewer has to do with a project.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DeclarationView {
    number: u32,
    conflict: Conflict,
}

/// Say what one has to do with projects; at most 100 at once. Answers with what changed.
#[utoipa::path(put, path = "/seasons/{season}/review/declarations", tag = "decisions",
    request_body = Vec<Declaration>, params(("season" = String, Path)),
    responses((status = 200, body = Vec<DeclarationView>), (status = "4XX", body = Document)))]
async fn declare_conflicts(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(input): Json<Vec<Declaration>>,
) -> Result<Json<Vec<DeclarationView>>, Problem> {
    let done = programmes::page::act(&rim, &visit, move |tx, cx| declare(tx, cx, &id, &input)).await?;
    let view = |d: queries::Declared| DeclarationView { number: d.project, conflict: d.conflict };
    Ok(Json(done.into_iter().map(view).collect()))
}

/// One's own sheet.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct OwnSheet {
    number: u32,
    scores: Vec<u32>,
    comment: String,
}

impl From<ScoreSheet> for OwnSheet {
    fn from(sheet: ScoreSheet) -> Self {
        OwnSheet { number: sheet.project, scores: sheet.scores, comment: sheet.comment }
    }
}

/// Save one's sheet for a project. The errors of criteria are told of the fields `score-1`, `score-2`, … in the order of
/// the template.
#[utoipa::path(put, path = "/seasons/{season}/review/sheets/{number}", tag = "decisions", request_body = Score,
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 200, body = OwnSheet), (status = "4XX", body = Document)))]
async fn save_sheet(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<Score>,
) -> Result<Json<OwnSheet>, Problem> {
    let done = programmes::page::act(&rim, &visit, move |tx, cx| score(tx, cx, (&id, number), &input)).await?;
    Ok(Json(done.into()))
}

/// Close the review: count the sheets and store the verdict.
#[utoipa::path(post, path = "/seasons/{season}/review/close", tag = "decisions", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 200, body = ReviewView), (status = "4XX", body = Document)))]
async fn close_review(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<ReviewView>, Problem> {
    let review = counted_and_closed(&rim, &visit, &id).await?;
    let lines = rim.db.read(move |s| queries::lines(s, &id, 0, queries::PAGE)).await?;
    Ok(Json(ReviewView::new(review, lines)))
}

/// Counts outside of the transaction, then closes.
///
/// # Errors
/// Those of [`count::count`] and [`close`].
pub(crate) async fn counted_and_closed(rim: &Rim, visit: &Visit, id: &SeasonId) -> Result<Review, Fault> {
    let (season, actor) = (id.clone(), visit.actor.clone());
    // counting is long work: whoever may not close does not begin it
    rim.db.read(move |s| crate::queries::may(s, &actor, &season, Action::PublishVerdict)).await?;
    let mut chance = Chance::from_bytes(rim.context_of(visit).chance.bytes32());
    let (jobs, season) = (rim.db.jobs(), id.clone());
    let counted = tokio::task::spawn_blocking(move || count::count(&jobs, &season, &mut chance)).await;
    let counted = counted.map_err(|e| db::DbError::Data(e.to_string()))??;
    let cx = rim.context_of(visit);
    rim.db.write(move |tx| close(tx, &mut cx.clone(), &counted)).await
}
