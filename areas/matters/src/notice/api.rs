//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{Day, Kind as No, PlaceId, Refusal};
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use super::{
    Counted, Notice, NoticeId, Objection, ObjectionId, ObjectionState, State as Stands,
    answer::{NewAnswer, answer},
    correct::{Correction, correct},
    draft::{DraftNotice, draft},
    end::end,
    object::{NewObjection, object},
    post::post,
    queries::{self, Filter},
    withdraw::{Withdrawal, withdraw},
};
use crate::{page, site::site_of};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_notices, draft_notice))
        .routes(routes!(show_notice))
        .routes(routes!(post_notice))
        .routes(routes!(correct_notice))
        .routes(routes!(end_notice))
        .routes(routes!(withdraw_notice))
        .routes(routes!(list_objections, make_objection))
        .routes(routes!(answer_objection))
}

/// A notice.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct NoticeView {
    #[schema(value_type = String)]
    id: NoticeId,
    #[schema(value_type = String)]
    place: PlaceId,
    matter: Option<String>,
    subject_kind: String,
    subject: String,
    kind: String,
    title: String,
    body: String,
    law: String,
    /// The least number of days by that rule.
    least: u32,
    days: u32,
    counted: Counted,
    from: Option<String>,
    /// The last day on which it hangs, included.
    until: Option<String>,
    /// The last day may still move.
    provisional: bool,
    state: Stands,
    version: u32,
    objections: u32,
    open_objections: u32,
    closed: Option<String>,
    /// Why it was withdrawn.
    reason: String,
}

impl From<Notice> for NoticeView {
    fn from(n: Notice) -> Self {
        let text = |day: Option<Day>| day.map(|day| day.to_string());
        NoticeView {
            id: n.id,
            place: n.place,
            matter: n.matter,
            subject_kind: n.subject_kind,
            subject: n.subject,
            kind: n.kind,
            title: n.title,
            body: n.body,
            law: n.law,
            least: n.min_days,
            days: n.days,
            counted: n.counted,
            from: text(n.from_day),
            until: text(n.until_day),
            provisional: n.provisional,
            state: n.state,
            version: n.version,
            objections: n.n_objections,
            open_objections: n.n_open,
            closed: text(n.closed_day),
            reason: n.reason,
        }
    }
}

/// An objection as everybody may see it: without its author and without what was said.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ObjectionView {
    #[schema(value_type = String)]
    id: ObjectionId,
    version: u32,
    /// How the author wants to be called; empty without a name.
    shown_as: String,
    state: ObjectionState,
    made: String,
    due: String,
    answer: String,
    answered: Option<String>,
    corrected_in: Option<u32>,
}

impl From<Objection> for ObjectionView {
    fn from(o: Objection) -> Self {
        ObjectionView {
            id: o.id,
            version: o.version,
            shown_as: o.shown_as,
            state: o.state,
            made: o.made_day.to_string(),
            due: o.due_day.to_string(),
            answer: o.answer,
            answered: o.answered_day.map(|day| day.to_string()),
            corrected_in: o.corrected_in,
        }
    }
}

/// Which notices, and where a page begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Which {
    /// The id of a place: there and below.
    place: String,
    /// A kind.
    kind: String,
    /// With `id`: the last day of the last notice of the page before.
    at: String,
    /// With `at`: that notice.
    id: String,
}

/// Where a page of objections begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct After {
    /// Objections after this id.
    after: String,
}

/// Notices that hang, what ends first first, 30 a page.
#[utoipa::path(get, path = "/notices", tag = "matters", params(Which),
    responses((status = 200, body = Vec<NoticeView>)))]
async fn list_notices(State(rim): State<Rim>, Query(which): Query<Which>) -> Result<Json<Vec<NoticeView>>, Problem> {
    let read = rim.db.read(move |s| {
        let asked: Option<PlaceId> = optional_id(Some(&which.place));
        let place = asked.map(|id| places::queries::show(s, &id)).transpose()?.flatten();
        let filter = Filter { path: place.map(|place| place.path), kind: which.kind.clone() };
        let after = Day::parse(&which.at).zip(which.id.parse::<NoticeId>().ok());
        queries::running(s, &filter, after.as_ref().map(|(day, id)| (day, id)))
    });
    Ok(Json(read.await?.into_iter().map(NoticeView::from).collect()))
}

/// Write a notice; it is not yet on the board.
#[utoipa::path(post, path = "/notices", tag = "matters", request_body = DraftNotice, security(("operator" = [])),
    responses((status = 201, body = NoticeView), (status = "4XX", body = Document)))]
async fn draft_notice(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<DraftNotice>,
) -> Result<(StatusCode, Json<NoticeView>), Problem> {
    let made = page::act(&rim, &visit, move |tx, cx| draft(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// One notice. A draft is there only for those who may post it.
#[utoipa::path(get, path = "/notices/{notice}", tag = "matters", params(("notice" = String, Path)),
    responses((status = 200, body = NoticeView), (status = 404, body = Document)))]
async fn show_notice(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
) -> Result<Json<NoticeView>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let notice = queries::notice(s, &id)?;
        if notice.state == Stands::Draft && !may(&actor, Action::PostNotice, &site_of(s, &notice.place)?) {
            return Err(Fault::from(Refusal::new(No::NotFound, "notice-not-found")));
        }
        Ok(notice)
    });
    Ok(Json(read.await?.into()))
}

/// Put a draft on the board, from today on.
#[utoipa::path(post, path = "/notices/{notice}/post", tag = "matters", security(("operator" = [])),
    params(("notice" = String, Path)),
    responses((status = 200, body = NoticeView), (status = "4XX", body = Document)))]
async fn post_notice(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
) -> Result<Json<NoticeView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| post(tx, cx, &id)).await?.into()))
}

/// Correct a notice that hangs: its whole time begins again.
#[utoipa::path(post, path = "/notices/{notice}/correct", tag = "matters", request_body = Correction,
    security(("operator" = [])), params(("notice" = String, Path)),
    responses((status = 200, body = NoticeView), (status = "4XX", body = Document)))]
async fn correct_notice(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
    Json(input): Json<Correction>,
) -> Result<Json<NoticeView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| correct(tx, cx, &id, &input)).await?.into()))
}

/// End a notice that has hung for its whole time.
#[utoipa::path(post, path = "/notices/{notice}/end", tag = "matters", security(("operator" = [])),
    params(("notice" = String, Path)),
    responses((status = 200, body = NoticeView), (status = "4XX", body = Document)))]
async fn end_notice(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
) -> Result<Json<NoticeView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| end(tx, cx, &id)).await?.into()))
}

/// Take a notice back, with a reason.
#[utoipa::path(post, path = "/notices/{notice}/withdraw", tag = "matters", request_body = Withdrawal,
    security(("operator" = [])), params(("notice" = String, Path)),
    responses((status = 200, body = NoticeView), (status = "4XX", body = Document)))]
async fn withdraw_notice(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
    Json(input): Json<Withdrawal>,
) -> Result<Json<NoticeView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| withdraw(tx, cx, &id, &input)).await?.into()))
}

/// Objections to a notice with their answers, 30 a page.
#[utoipa::path(get, path = "/notices/{notice}/objections", tag = "matters", params(("notice" = String, Path), After),
    responses((status = 200, body = Vec<ObjectionView>), (status = 404, body = Document)))]
async fn list_objections(
    State(rim): State<Rim>,
    PathId(id): PathId<NoticeId>,
    Query(page): Query<After>,
) -> Result<Json<Vec<ObjectionView>>, Problem> {
    let after: Option<ObjectionId> = optional_id(Some(&page.after));
    let found = rim.db.read(move |s| queries::objections(s, &id, after.as_ref())).await?;
    Ok(Json(found.into_iter().map(ObjectionView::from).collect()))
}

/// Object to a notice that hangs.
#[utoipa::path(post, path = "/notices/{notice}/objections", tag = "matters", request_body = NewObjection,
    params(("notice" = String, Path)),
    responses((status = 201, body = ObjectionView), (status = "4XX", body = Document)))]
async fn make_objection(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<NoticeId>,
    Json(input): Json<NewObjection>,
) -> Result<(StatusCode, Json<ObjectionView>), Problem> {
    let made = page::act(&rim, &visit, move |tx, cx| object(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Answer an objection, once.
#[utoipa::path(post, path = "/objections/{objection}/answer", tag = "matters", request_body = NewAnswer,
    security(("operator" = [])), params(("objection" = String, Path)),
    responses((status = 200, body = ObjectionView), (status = "4XX", body = Document)))]
async fn answer_objection(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ObjectionId>,
    Json(input): Json<NewAnswer>,
) -> Result<Json<ObjectionView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| answer(tx, cx, &id, &input)).await?.into()))
}
