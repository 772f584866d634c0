//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use kernel::{Fen, Kind, Refusal};
use matters::matter::MatterId;
use programmes::{SeasonId, page};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Row, Selection, State as At, announce, announce::Announce, condition, condition::SetCondition, decide,
    faces::approve_and_open, queries, rules::Why,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(show, decide_list))
        .routes(routes!(set_condition))
        .routes(routes!(meet_condition))
        .routes(routes!(announce_list))
        .routes(routes!(approve_list))
}

/// The list of a season.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SelectionView {
    state: At,
    rule_set: String,
    /// SHA-256 over everything the list depends on.
    inputs: String,
    approved: u32,
    #[schema(value_type = i64)]
    total_cost: Fen,
    conditions_open: u32,
    decided_day: String,
    /// In the order in which the list was filled, 100 a page.
    lines: Vec<LineView>,
    /// What `after` is for the next page; absent on the last one.
    next: Option<u32>,
}

/// A line of the list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SelectionLineView)]
pub struct LineView {
    rank: u32,
    number: u32,
    reference: String,
    name: String,
    #[schema(value_type = i64)]
    cost: Fen,
    approved: bool,
    reserve: Option<u32>,
    /// The weighted sum of ranks, where the template weighs them.
    score: Option<u64>,
    /// What decided.
    #[schema(value_type = Object)]
    why: Why,
    condition: String,
    condition_met: bool,
    #[schema(value_type = Option<String>)]
    matter: Option<MatterId>,
}

/// Where a page begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct After {
    /// Lines after this rank.
    after: u32,
}

fn view(selection: Selection, rows: Vec<Row>) -> SelectionView {
    let full = i64::try_from(rows.len()).is_ok_and(|n| n >= queries::PAGE);
    let next = rows.last().filter(|_| full).map(|last| last.line.rank);
    let line = |row: Row| LineView {
        rank: row.line.rank,
        number: row.line.number,
        reference: row.reference,
        name: row.name,
        cost: row.cost,
        approved: row.line.approved,
        reserve: row.line.reserve,
        score: row.line.score,
        why: row.line.why,
        condition: row.condition,
        condition_met: row.met,
        matter: row.matter,
    };
    SelectionView {
        state: selection.state,
        rule_set: selection.rule_set,
        inputs: selection.inputs.iter().map(|byte| format!("{byte:02x}")).collect(),
        approved: selection.n_approved,
        total_cost: selection.total_cost,
        conditions_open: selection.n_open,
        decided_day: selection.decided_day.to_string(),
        lines: rows.into_iter().map(line).collect(),
        next,
    }
}

async fn read(rim: &Rim, id: SeasonId, after: u32) -> Result<Json<SelectionView>, Problem> {
    let found = rim.db.read(move |s| {
        programmes::season::queries::season(s, &id)?;
        let found = queries::selection(s, &id)?;
        let selection = found.ok_or_else(|| Refusal::new(Kind::NotFound, "not-decided-yet"))?;
        Ok::<_, db::Fault>((selection, queries::rows(s, &id, after, queries::PAGE)?))
    });
    let (selection, rows) = found.await?;
    Ok(Json(view(selection, rows)))
}

/// The list of a season with the reason for each project, 100 a page.
#[utoipa::path(get, path = "/seasons/{season}/selection", tag = "decisions",
    params(("season" = String, Path), After),
    responses((status = 200, body = SelectionView), (status = "4XX", body = Document)))]
async fn show(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(page): Query<After>,
) -> Result<Json<SelectionView>, Problem> {
    read(&rim, id, page.after).await
}

/// Compute the list from review and vote.
#[utoipa::path(post, path = "/seasons/{season}/selection", tag = "decisions", params(("season" = String, Path)),
    security(("operator" = [])), responses((status = 201, body = SelectionView), (status = "4XX", body = Document)))]
async fn decide_list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<(StatusCode, Json<SelectionView>), Problem> {
    let season = id.clone();
    page::act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, &season)).await?;
    Ok((StatusCode::CREATED, read(&rim, id, 0).await?))
}

/// Set a condition for an approved project.
#[utoipa::path(put, path = "/seasons/{season}/selection/{number}/condition", tag = "decisions",
    security(("operator" = [])), request_body = SetCondition,
    params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn set_condition(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
    Json(input): Json<SetCondition>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| condition::set(tx, &mut cx.clone(), (&id, number), &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Say that a condition was checked and is met.
#[utoipa::path(post, path = "/seasons/{season}/selection/{number}/met", tag = "decisions",
    security(("operator" = [])), params(("season" = String, Path), ("number" = u32, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn meet_condition(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, number)): PathId<(SeasonId, u32)>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| condition::meet(tx, &mut cx.clone(), &id, number)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hang the list out for objections.
#[utoipa::path(post, path = "/seasons/{season}/selection/announce", tag = "decisions", security(("operator" = [])),
    request_body = Announce, params(("season" = String, Path)),
    responses((status = 200, body = SelectionView), (status = "4XX", body = Document)))]
async fn announce_list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
    Json(words): Json<Announce>,
) -> Result<Json<SelectionView>, Problem> {
    let season = id.clone();
    page::act(&rim, &visit, move |tx, cx| announce::announce(tx, cx, &season, &words)).await?;
    read(&rim, id, 0).await
}

/// Approve the list after its notice, and open the matters of its projects.
#[utoipa::path(post, path = "/seasons/{season}/selection/approve", tag = "decisions", security(("operator" = [])),
    params(("season" = String, Path)), responses((status = 200, body = SelectionView), (status = "4XX", body = Document)))]
async fn approve_list(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<SeasonId>,
) -> Result<Json<SelectionView>, Problem> {
    approve_and_open(&rim, &visit, &id).await?;
    read(&rim, id, 0).await
}
