//! JSON faces of the verbs.

use axum::{
    extract::{Query, State},
    http::StatusCode,
};
use db::Fault;
use kernel::{Instant, Kind, Refusal};
use programmes::{SeasonId, page::act};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};

use crate::{
    Activity, ActivityId,
    activity::{
        cancel::{self, CancelActivity},
        change::{self, ChangeActivity},
        hold::{self, HoldActivity},
        queries::{self, Asked},
    },
    checkin::{
        Check, CheckId, Doubt, State as Standing,
        decide::{self, Decide},
        paper::{self, Guess, PaperList},
        scan::{self, Scan},
        take::{self, CheckIn},
    },
    feedback::{
        self, Grades,
        rate::{self, Rate},
    },
    figures::{self, Counts},
    page::One,
    signup::{
        SignUp, State as Place,
        join::{self, Enter, Join},
        paste::{self, PasteList, Pasted},
        step_back,
    },
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list_activities, hold_activity))
        .routes(routes!(show_activity))
        .routes(routes!(change_activity))
        .routes(routes!(cancel_activity))
        .routes(routes!(join_activity))
        .routes(routes!(leave_activity))
        .routes(routes!(enter_sign_up))
        .routes(routes!(paste_sign_ups))
        .routes(routes!(check_in))
        .routes(routes!(check_in_scanned))
        .routes(routes!(check_in_paper))
        .routes(routes!(estimate_reach))
        .routes(routes!(decide_check_in))
        .routes(routes!(rate_activity))
        .routes(routes!(season_activities))
}

/// An activity.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ActivityView {
    #[schema(value_type = String)]
    id: ActivityId,
    #[schema(value_type = Option<String>)]
    season: Option<SeasonId>,
    project: Option<u32>,
    place: String,
    theme: String,
    title: String,
    about: String,
    spot: String,
    /// The local day on which it begins.
    day: String,
    /// Microseconds since 1970.
    starts_at: i64,
    /// Microseconds since 1970.
    ends_at: i64,
    /// 0 is as many as come.
    capacity: u32,
    /// People who signed up and have a place.
    heads: u32,
    /// Sign-ups that wait.
    waiting: u32,
    /// Who came and counts now; in a list of a place, as it was kept at the last check-in.
    checked: u32,
    cancelled: bool,
    /// Moves with every change: a change names the one it saw.
    revision: u32,
}

impl From<Activity> for ActivityView {
    fn from(a: Activity) -> Self {
        ActivityView {
            place: a.place.to_string(),
            day: a.day.to_string(),
            starts_at: a.starts_at.0,
            ends_at: a.ends_at.0,
            cancelled: a.cancelled_at.is_some(),
            id: a.id,
            season: a.season,
            project: a.project,
            theme: a.theme,
            title: a.title,
            about: a.about,
            spot: a.spot,
            capacity: a.capacity,
            heads: a.heads,
            waiting: a.waiting,
            checked: a.checked,
            revision: a.revision,
        }
    }
}

/// An activity with what those who came thought of it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ActivityWhole {
    #[serde(flatten)]
    activity: ActivityView,
    feedback: Grades,
}

/// Where a sign-up stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct SignUpView {
    id: String,
    number: u32,
    heads: u32,
    state: Place,
}

impl From<SignUp> for SignUpView {
    fn from(row: SignUp) -> Self {
        SignUpView { id: row.id.to_string(), number: row.number, heads: row.heads, state: row.state }
    }
}

/// What became of a check-in, without who came.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CheckView {
    id: String,
    state: Standing,
    /// Why an officer has to look.
    doubts: Vec<Doubt>,
    /// When they came, the device's clock set right; microseconds since 1970.
    came_at: i64,
    /// Seconds by which the device's clock is ahead; negative where it is behind.
    skew: i64,
    /// False where the same check-in was there already.
    new: bool,
}

impl From<(Check, bool)> for CheckView {
    fn from((check, new): (Check, bool)) -> Self {
        CheckView {
            id: check.id.to_string(),
            state: check.state,
            doubts: check.doubts,
            came_at: check.came_at.0,
            skew: check.skew,
            new,
        }
    }
}

/// Which list, and where a page of it begins.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Which {
    /// The id of a season; then the place is not looked at.
    season: String,
    /// The number of a project of the season; 0 is all.
    project: u32,
    /// The id of a place: there and below. Empty is everywhere.
    place: String,
    /// What is over, the latest first; else what comes.
    past: bool,
    /// `starts_at` of the last one of the page before.
    at: Option<i64>,
    /// Its id.
    id: String,
}

/// Activities that come, or that are over, 30 a page.
#[utoipa::path(get, path = "/activities", tag = "activities", params(Which),
    responses((status = 200, body = Vec<ActivityView>), (status = "4XX", body = Document)))]
async fn list_activities(
    State(rim): State<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Json<Vec<ActivityView>>, Problem> {
    let now = rim.context_of(&visit).now;
    let read = rim.db.read(move |s| {
        let path = match optional_id(Some(&which.place)) {
            Some(id) => {
                let found = places::queries::show(s, &id)?;
                Some(found.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?.path)
            }
            None => None,
        };
        let behind = which.at.map(Instant).zip(optional_id(Some(&which.id)));
        let asked =
            Asked { season: optional_id(Some(&which.season)), project: which.project, path, past: which.past, behind };
        Ok::<_, Fault>(queries::list(s, &asked, now)?)
    });
    Ok(Json(read.await?.into_iter().map(ActivityView::from).collect()))
}

/// Hold an activity. The same `once` again answers with the activity that is already there.
#[utoipa::path(post, path = "/activities", tag = "activities", request_body = HoldActivity,
    responses((status = 201, body = ActivityView), (status = "4XX", body = Document)))]
async fn hold_activity(
    State(rim): State<Rim>,
    visit: Visit,
    Json(input): Json<HoldActivity>,
) -> Result<(StatusCode, Json<ActivityView>), Problem> {
    let held = act(&rim, &visit, move |tx, cx| hold::hold(tx, cx, &input)).await?;
    Ok((StatusCode::CREATED, Json(held.into())))
}

/// One activity.
#[utoipa::path(get, path = "/activities/{activity}", tag = "activities", params(("activity" = String, Path)),
    responses((status = 200, body = ActivityWhole), (status = 404, body = Document)))]
async fn show_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
) -> Result<Json<ActivityWhole>, Problem> {
    let (actor, offset) = (visit.actor.clone(), rim.settings.offset_minutes);
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, (&id, offset))?;
        Ok::<_, Fault>((one.activity, feedback::queries::grades(s, &id)?))
    });
    let (activity, feedback) = read.await?;
    Ok(Json(ActivityWhole { activity: activity.into(), feedback }))
}

/// Change an activity: all of it anew.
#[utoipa::path(post, path = "/activities/{activity}/change", tag = "activities", request_body = ChangeActivity,
    params(("activity" = String, Path)),
    responses((status = 200, body = ActivityView), (status = "4XX", body = Document)))]
async fn change_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<ChangeActivity>,
) -> Result<Json<ActivityView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| change::change(tx, cx, &id, &input)).await?.into()))
}

/// Cancel an activity.
#[utoipa::path(post, path = "/activities/{activity}/cancel", tag = "activities", request_body = CancelActivity,
    params(("activity" = String, Path)),
    responses((status = 200, body = ActivityView), (status = "4XX", body = Document)))]
async fn cancel_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<CancelActivity>,
) -> Result<Json<ActivityView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| cancel::cancel(tx, cx, &id, &input)).await?.into()))
}

/// Sign oneself up.
#[utoipa::path(post, path = "/activities/{activity}/sign-up", tag = "activities", request_body = Join,
    params(("activity" = String, Path)),
    responses((status = 200, body = SignUpView), (status = "4XX", body = Document)))]
async fn join_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<Join>,
) -> Result<Json<SignUpView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| join::join(tx, cx, &id, &input)).await?.into()))
}

/// Step back. Whoever waited longest moves up.
#[utoipa::path(post, path = "/activities/{activity}/step-back", tag = "activities", params(("activity" = String, Path)),
    responses((status = 200, body = SignUpView), (status = "4XX", body = Document)))]
async fn leave_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
) -> Result<Json<SignUpView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| step_back::step_back(tx, cx, &id)).await?.into()))
}

/// Sign somebody up at the desk.
#[utoipa::path(post, path = "/activities/{activity}/list", tag = "activities", request_body = Enter,
    params(("activity" = String, Path)),
    responses((status = 201, body = SignUpView), (status = "4XX", body = Document)))]
async fn enter_sign_up(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<Enter>,
) -> Result<(StatusCode, Json<SignUpView>), Problem> {
    let row = act(&rim, &visit, move |tx, cx| join::enter(tx, cx, &id, &input)).await?;
    Ok((StatusCode::CREATED, Json(row.into())))
}

/// Take over a list from a chat group: all of its rows or none.
#[utoipa::path(post, path = "/activities/{activity}/list/paste", tag = "activities", request_body = PasteList,
    params(("activity" = String, Path)),
    responses((status = 200, body = Pasted), (status = "4XX", body = Document)))]
async fn paste_sign_ups(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<PasteList>,
) -> Result<Json<Pasted>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| paste::paste(tx, cx, &id, &input)).await?))
}

/// Take check-ins from a device, 200 at most, also those that waited there for the network; sent again they count once.
/// Each is answered in its place: what is in doubt waits for an officer, nothing is lost.
#[utoipa::path(post, path = "/activities/{activity}/check-ins", tag = "activities", request_body = CheckIn,
    params(("activity" = String, Path)),
    responses((status = 200, body = Vec<CheckView>), (status = "4XX", body = Document)))]
async fn check_in(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<CheckIn>,
) -> Result<Json<Vec<CheckView>>, Problem> {
    let done = act(&rim, &visit, move |tx, cx| take::take(tx, cx, &id, &input)).await?;
    Ok(Json(done.into_iter().map(CheckView::from).collect()))
}

/// Check somebody in with the code on their own telephone.
#[utoipa::path(post, path = "/activities/{activity}/scan", tag = "activities", request_body = Scan,
    params(("activity" = String, Path)),
    responses((status = 200, body = CheckView), (status = "4XX", body = Document)))]
async fn check_in_scanned(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<Scan>,
) -> Result<Json<CheckView>, Problem> {
    Ok(Json(act(&rim, &visit, move |tx, cx| scan::scan(tx, cx, &id, &input)).await?.into()))
}

/// Type in a list from paper.
#[utoipa::path(post, path = "/activities/{activity}/paper", tag = "activities", request_body = PaperList,
    params(("activity" = String, Path)),
    responses((status = 200, body = Vec<CheckView>), (status = "4XX", body = Document)))]
async fn check_in_paper(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<PaperList>,
) -> Result<Json<Vec<CheckView>>, Problem> {
    let done = act(&rim, &visit, move |tx, cx| paper::paper(tx, cx, &id, &input)).await?;
    Ok(Json(done.into_iter().map(CheckView::from).collect()))
}

/// Estimate how many it reached, and say on what that rests.
#[utoipa::path(post, path = "/activities/{activity}/estimate", tag = "activities", request_body = Guess,
    params(("activity" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn estimate_reach(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<Guess>,
) -> Result<StatusCode, Problem> {
    act(&rim, &visit, move |tx, cx| paper::guess(tx, cx, &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Count a check-in that was in doubt, or leave one out.
#[utoipa::path(post, path = "/activities/{activity}/checks/{check}/decide", tag = "activities", request_body = Decide,
    params(("activity" = String, Path), ("check" = String, Path)),
    responses((status = 200, body = CheckView), (status = "4XX", body = Document)))]
async fn decide_check_in(
    State(rim): State<Rim>,
    visit: Visit,
    PathId((id, of)): PathId<(ActivityId, CheckId)>,
    Json(input): Json<Decide>,
) -> Result<Json<CheckView>, Problem> {
    let check = act(&rim, &visit, move |tx, cx| decide::decide(tx, cx, (&id, &of), &input)).await?;
    Ok(Json((check, false).into()))
}

/// Say what one thought of an activity to which one came.
#[utoipa::path(post, path = "/activities/{activity}/feedback", tag = "activities", request_body = Rate,
    params(("activity" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn rate_activity(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(id): PathId<ActivityId>,
    Json(input): Json<Rate>,
) -> Result<StatusCode, Problem> {
    act(&rim, &visit, move |tx, cx| rate::rate(tx, cx, &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which project of a season.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
#[serde(default)]
struct Of {
    /// The number of a project; 0 is the whole season.
    project: u32,
}

/// What the activities of a season, or of one of its projects, came to: counted and estimated apart.
#[utoipa::path(get, path = "/seasons/{season}/activities/figures", tag = "activities",
    params(("season" = String, Path), Of), responses((status = 200, body = Counts), (status = 404, body = Document)))]
async fn season_activities(
    State(rim): State<Rim>,
    PathId(id): PathId<SeasonId>,
    Query(of): Query<Of>,
) -> Result<Json<Counts>, Problem> {
    let read = rim.db.read(move |s| {
        programmes::season::queries::season(s, &id)?;
        let counts = match of.project {
            0 => figures::queries::of_season(s, &id)?,
            project => figures::queries::of_project(s, &id, project)?,
        };
        Ok::<_, Fault>(counts)
    });
    Ok(Json(read.await?))
}
