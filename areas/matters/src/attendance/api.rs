//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{Day, FieldError, Kind as No, PlaceId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Attendance, AttendanceId, Figures, Way,
    estimate::{Estimate, estimate},
    queries::{self, Range},
    record::{RecordAttendance, record},
    record_list::{Listed, RecordList, record_list},
    strike::{Strike, strike},
};
use crate::page;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(record_attendance))
        .routes(routes!(record_attendance_list))
        .routes(routes!(estimate_attendance))
        .routes(routes!(strike_attendance))
        .routes(routes!(attendance_figures))
}

/// A row, without the person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct AttendanceView {
    #[schema(value_type = String)]
    id: AttendanceId,
    event_kind: String,
    event: String,
    way: Way,
    estimated: bool,
    headcount: u32,
    direct: bool,
    day: String,
    struck: bool,
}

impl From<Attendance> for AttendanceView {
    fn from(a: Attendance) -> Self {
        AttendanceView {
            day: a.day.to_string(),
            struck: a.struck_at.is_some(),
            id: a.id,
            event_kind: a.event_kind,
            event: a.event,
            way: a.way,
            estimated: a.estimated,
            headcount: a.headcount,
            direct: a.direct,
        }
    }
}

/// Of which place and which days.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Asked {
    /// The id of a place: there and below, within its subdistrict.
    place: String,
    /// The first day, `YYYY-MM-DD`; empty is the first of this year.
    from: String,
    /// The last day; empty is today.
    until: String,
}

/// Record that somebody came. The same person at the same event again is the same row.
#[utoipa::path(post, path = "/attendance", tag = "matters", request_body = RecordAttendance,
    security(("operator" = [])), responses((status = 201, body = AttendanceView), (status = "4XX", body = Document)))]
async fn record_attendance(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<RecordAttendance>,
) -> Result<(StatusCode, Json<AttendanceView>), Problem> {
    let row = page::act(&rim, &visit, move |tx, cx| record(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Record a list from paper, 500 rows at most: all or none.
#[utoipa::path(post, path = "/attendance/lists", tag = "matters", request_body = RecordList,
    security(("operator" = [])), responses((status = 201, body = Listed), (status = "4XX", body = Document)))]
async fn record_attendance_list(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<RecordList>,
) -> Result<(StatusCode, Json<Listed>), Problem> {
    let listed = page::act(&rim, &visit, move |tx, cx| record_list(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(listed)))
}

/// Estimate how many came, with what that rests on. Never added to persons.
#[utoipa::path(post, path = "/attendance/estimates", tag = "matters", request_body = Estimate,
    security(("operator" = [])), responses((status = 201, body = AttendanceView), (status = "4XX", body = Document)))]
async fn estimate_attendance(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<Estimate>,
) -> Result<(StatusCode, Json<AttendanceView>), Problem> {
    let row = page::act(&rim, &visit, move |tx, cx| estimate(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Strike out a row that was recorded by mistake.
#[utoipa::path(post, path = "/attendance/{attendance}/strike", tag = "matters", request_body = Strike,
    security(("operator" = [])), params(("attendance" = String, Path)),
    responses((status = 200, body = AttendanceView), (status = "4XX", body = Document)))]
async fn strike_attendance(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<AttendanceId>,
    Json(input): Json<Strike>,
) -> Result<Json<AttendanceView>, Problem> {
    Ok(Json(page::act(&rim, &visit, move |tx, cx| strike(tx, cx, &id, &input)).await?.into()))
}

/// Visits, persons and estimates of a place and a time.
#[utoipa::path(get, path = "/attendance/figures", tag = "matters", params(Asked),
    responses((status = 200, body = Figures), (status = "4XX", body = Document)))]
async fn attendance_figures(State(rim): State<Rim>, Query(asked): Query<Asked>) -> Result<Json<Figures>, Problem> {
    let (from, until) = days(&asked.from, &asked.until, &page::today(&rim))?;
    let read = rim.db.read(move |s| {
        let id: PlaceId = asked.place.parse().map_err(|_| Refusal::new(No::NotFound, "place-not-found"))?;
        let place = places::queries::show(s, &id)?.ok_or_else(|| Refusal::new(No::NotFound, "place-not-found"))?;
        let range = Range { home: place.home, path: place.path, from: from.clone(), until: until.clone() };
        Ok::<_, Fault>(queries::figures(s, &range)?)
    });
    Ok(Json(read.await?))
}

/// The days of a question: this year up to today, where they are empty.
pub(super) fn days(from: &str, until: &str, today: &Day) -> Result<(Day, Day), Refusal> {
    let day = |field: &'static str, text: &str| match text.trim() {
        "" => Ok(None),
        text => Day::parse(text).map(Some).ok_or_else(|| Refusal::invalid(vec![FieldError::new(field, "not-a-date")])),
    };
    let (from, until) = (day("from", from)?, day("until", until)?);
    let year = Day::parse(&format!("{:04}-01-01", today.parts().0)).unwrap_or_else(|| today.clone());
    Ok((from.unwrap_or(year), until.unwrap_or_else(|| today.clone())))
}
