//! JSON faces of the register.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use kernel::{Instant, PlaceId};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    Explained, Verdict, VerdictId,
    enter::{EnterVerdict, enter, may_enter},
    queries,
    recompute::{Answer, Difference, Runs, Standing},
    unseal::unseal,
    web::again::{filled, sent},
};
use crate::page;

/// The routes, below `/api/v1`.
pub fn routes(runs: &Arc<Runs>) -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_verdicts, enter_verdict))
        .routes(routes!(show_verdict))
        .routes(routes!(show_recomputation, recompute_verdict))
        .routes(routes!(unseal_verdict))
        .layer(Extension(runs.clone()))
}

/// A verdict of the register.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VerdictRecord {
    #[schema(value_type = String)]
    id: VerdictId,
    #[schema(value_type = String)]
    place: PlaceId,
    kind: String,
    subject_kind: String,
    subject: String,
    /// What everybody knows the record as; may be empty.
    title: String,
    rule: String,
    rule_set: String,
    #[schema(value_type = Object)]
    parameters: Value,
    /// SHA-256 over everything the outcome depends on, hexadecimal.
    inputs: String,
    #[schema(value_type = Object)]
    outcome: Value,
    passed: Option<bool>,
    #[schema(value_type = Object)]
    explained: Explained,
    /// The entry of the log that tells of it.
    entry: String,
    decided_day: String,
}

impl From<Verdict> for VerdictRecord {
    fn from(v: Verdict) -> Self {
        VerdictRecord {
            inputs: v.inputs.to_string(),
            decided_day: v.decided_day.to_string(),
            id: v.id,
            place: v.place,
            kind: v.kind,
            subject_kind: v.subject_kind,
            subject: v.subject,
            title: v.title,
            rule: v.rule,
            rule_set: v.rule_set,
            parameters: v.parameters,
            outcome: v.outcome,
            passed: v.passed,
            explained: v.explained,
            entry: v.entry,
        }
    }
}

/// Which verdicts, and where a page begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Which {
    /// The id of a place: there and below.
    place: String,
    /// A kind.
    kind: String,
    /// With `id`: recorded before this instant (microseconds UTC).
    at: String,
    /// With `at`: the last verdict of the page before.
    id: String,
}

/// Verdicts, newest first, 30 a page.
#[utoipa::path(get, path = "/verdicts", tag = "matters", params(Which),
    responses((status = 200, body = Vec<VerdictRecord>)))]
async fn list_verdicts(
    State(rim): State<Rim>,
    Query(which): Query<Which>,
) -> Result<Json<Vec<VerdictRecord>>, Problem> {
    let read = rim.db.read(move |s| {
        let asked: Option<PlaceId> = optional_id(Some(&which.place));
        let place = asked.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let before = which.at.parse().ok().map(Instant).zip(which.id.parse::<VerdictId>().ok());
        let before = before.as_ref().map(|(at, id)| (*at, id));
        let path = place.as_ref().map(|place| place.path.as_str());
        queries::newest(s, path, &which.kind, before)
    });
    Ok(Json(read.await?.into_iter().map(VerdictRecord::from).collect()))
}

/// One verdict.
#[utoipa::path(get, path = "/verdicts/{verdict}", tag = "matters", params(("verdict" = String, Path)),
    responses((status = 200, body = VerdictRecord), (status = 404, body = Document)))]
async fn show_verdict(State(rim): State<Rim>, PathId(id): PathId<VerdictId>) -> Result<Json<VerdictRecord>, Problem> {
    let found = rim.db.read(move |s| queries::verdict(s, &id)).await?;
    Ok(Json(found.into()))
}

/// Enter a verdict that was computed outside this program.
#[utoipa::path(post, path = "/verdicts", tag = "matters", request_body = EnterVerdict,
    security(("operator" = [])), responses((status = 201, body = VerdictRecord), (status = "4XX", body = Document)))]
async fn enter_verdict(
    State(rim): State<Rim>,
    visit: Visit,
    Extension(runs): Extension<Arc<Runs>>,
    Json(input): Json<EnterVerdict>,
) -> Result<(StatusCode, Json<VerdictRecord>), Problem> {
    may_enter(runs.methods(), &input.kind)?;
    let entered = page::act(&rim, &visit, move |tx, cx| enter(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(entered.into())))
}

/// How it stands with computing a verdict again.
#[derive(Debug, Default, Serialize, utoipa::ToSchema)]
pub struct Recomputation {
    #[schema(value_type = String)]
    verdict: Option<VerdictId>,
    /// `none` when nobody asked lately, `running`, `equal`, `differs`, `cannot`.
    state: &'static str,
    /// When it was asked for, in microseconds UTC.
    asked_at: Option<i64>,
    /// Lines of inputs that were read.
    lines: u64,
    /// What the record tells besides and the inputs do not.
    beside: Vec<String>,
    /// What differs.
    differences: Vec<Difference>,
    /// Why it cannot be computed here: a stable code.
    why: Option<String>,
}

fn told(id: VerdictId, standing: Option<Standing>) -> Json<Recomputation> {
    let empty = Recomputation { verdict: Some(id), state: "none", ..Recomputation::default() };
    Json(match standing {
        None => empty,
        Some(Standing::Running { running }) => Recomputation { state: "running", lines: running, ..empty },
        Some(Standing::Done { asked_at, answer }) => {
            let done = Recomputation { state: answer.word(), asked_at: Some(asked_at.0), ..empty };
            match answer {
                Answer::Equal { lines, beside } => Recomputation { lines, beside, ..done },
                Answer::Differs { lines, what } => Recomputation { lines, differences: what, ..done },
                Answer::Cannot { why, .. } => Recomputation { why: Some(why), ..done },
            }
        }
    })
}

/// How it stands with computing a verdict again.
#[utoipa::path(get, path = "/verdicts/{verdict}/recompute", tag = "matters", params(("verdict" = String, Path)),
    responses((status = 200, body = Recomputation), (status = 404, body = Document)))]
async fn show_recomputation(
    State(rim): State<Rim>,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
) -> Result<Json<Recomputation>, Problem> {
    let found = rim.db.read(move |s| queries::verdict(s, &id)).await?;
    let standing = runs.standing(&found.id, rim.context(kernel::Actor::Visitor).now);
    Ok(told(found.id, standing))
}

/// Compute a verdict again; what came out is told for ten minutes before it is computed anew.
#[utoipa::path(post, path = "/verdicts/{verdict}/recompute", tag = "matters", params(("verdict" = String, Path)),
    responses((status = 200, body = Recomputation), (status = "4XX", body = Document)))]
async fn recompute_verdict(
    State(rim): State<Rim>,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
) -> Result<Json<Recomputation>, Problem> {
    let found = rim.db.read(move |s| queries::verdict(s, &id)).await?;
    let (id, now) = (found.id.clone(), rim.context(kernel::Actor::Visitor).now);
    Ok(told(id, runs.ask(&rim.db, found, now).await?))
}

/// Take out the sealed inputs of a verdict, as an auditor; the log tells that it was done.
#[utoipa::path(post, path = "/verdicts/{verdict}/sealed", tag = "matters", params(("verdict" = String, Path)),
    security(("operator" = [])),
    responses((status = 200, body = String, content_type = "text/plain"), (status = "4XX", body = Document)))]
async fn unseal_verdict(
    State(rim): State<Rim>,
    visit: Visit,
    Extension(runs): Extension<Arc<Runs>>,
    PathId(id): PathId<VerdictId>,
) -> Result<Response, Problem> {
    let (key, methods) = (id.clone(), runs.methods());
    let (verdict, method) = page::act(&rim, &visit, move |tx, cx| unseal(tx, cx, methods, &key)).await?;
    sent(&id, &filled(&rim, verdict, Some(method)).await?)
}
