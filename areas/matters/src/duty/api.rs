//! JSON faces of the same verbs.

use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
};
use db::Fault;
use kernel::{Instant, Kind, PlaceId, Refusal};
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};
use work::clock::{Light, Reckoner};

use super::{
    Duty, DutyId, Holder, State,
    cancel::{self, Reason},
    extend::{self, Extend},
    give::{self, GiveDuty},
    hand_over::{self, HandOver, Handed},
    meet::{self, Meet},
    pause,
    queries::{self, Filter, Scope},
};
use crate::matter::MatterId;

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show))
        .routes(routes!(do_meet))
        .routes(routes!(do_extend))
        .routes(routes!(do_pause))
        .routes(routes!(do_resume))
        .routes(routes!(do_cancel))
        .routes(routes!(do_hand_over))
        .routes(routes!(do_hand_over_all))
}

/// A duty.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct DutyView {
    #[schema(value_type = String)]
    id: DutyId,
    #[schema(value_type = String)]
    place: PlaceId,
    #[schema(value_type = Option<String>)]
    matter: Option<MatterId>,
    title: String,
    kind: String,
    /// `post:`, `person:` or `org:` and the id.
    #[schema(value_type = String)]
    holder: Holder,
    /// How its time is counted.
    rule: String,
    start_day: String,
    /// Microseconds UTC, the last that is in time; none while the clock stands.
    due_at: Option<i64>,
    due_day: Option<String>,
    /// It may still move: the holidays of a year on the way are not announced.
    provisional: bool,
    state: State,
    /// `green`, `amber`, `red`, `met`, `met-late`, `paused`; none when it was cancelled.
    light: Option<&'static str>,
    wanted: u32,
    done: u32,
    evidence: Vec<String>,
    /// The page where it is met, a path of this site; empty where that is its own or its matter's.
    page: String,
}

fn view(duty: Duty, now: Instant) -> DutyView {
    let light = duty.light(now).map(Light::as_str);
    let due = duty.deadline.as_ref();
    DutyView {
        light,
        due_at: due.map(|d| d.until.0),
        due_day: due.map(|d| d.day.to_string()),
        provisional: due.is_some_and(|d| d.provisional),
        id: duty.id,
        place: duty.place,
        matter: duty.matter,
        title: duty.title,
        kind: duty.kind,
        holder: duty.holder,
        rule: duty.rule.to_string(),
        start_day: duty.start_day.to_string(),
        state: duty.state,
        wanted: duty.n_wanted,
        done: duty.n_done,
        evidence: duty.evidence,
        page: duty.page,
    }
}

/// Which duties.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Which {
    /// A place with everything below it; absent for mine.
    place: Option<String>,
    /// `red`, `amber`, `green` or `paused`; absent for all that run.
    light: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// Role of the post that owes it.
    role: Option<String>,
    /// `due_at` of the last row seen …
    after: Option<i64>,
    /// … and its id.
    after_id: Option<String>,
}

/// A light that a list can be asked for.
pub(super) fn light(word: Option<&str>) -> Option<Light> {
    [Light::Red, Light::Amber, Light::Green, Light::Paused].into_iter().find(|light| Some(light.as_str()) == word)
}

/// What is due: mine, or that of a place (for who sees it); overdue first, 50 a page.
#[utoipa::path(get, path = "/duties", tag = "duties", params(Which),
    responses((status = 200, body = Vec<DutyView>), (status = "4XX", body = Document)))]
async fn list(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Query(which): Query<Which>,
) -> Result<Json<Vec<DutyView>>, Problem> {
    let cx = rim.context_of(&visit);
    let now = cx.now;
    let place: Option<PlaceId> = optional_id(which.place.as_deref());
    let after = which.after.zip(optional_id(which.after_id.as_deref())).map(|(at, id)| (Instant(at), id));
    let filter = Filter {
        light: light(which.light.as_deref()),
        kind: which.kind.unwrap_or_default(),
        role: which.role.unwrap_or_default(),
        after,
    };
    let read = rim.db.read(move |s| {
        let (home, scope) = match (&place, cx.actor.person()) {
            (Some(place), _) => {
                let place = places::queries::show(s, place)?;
                let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
                authorize(&cx.actor, Action::SeeDuties, &place.site()?)?;
                (place.home, Scope::Below(place.path))
            }
            (None, Some(person)) => (person.home(), Scope::Mine(queries::mine(s, &cx.actor, &cx.day)?)),
            (None, None) => return Err(Refusal::new(Kind::Forbidden, "sign-in-first").into()),
        };
        Ok::<_, Fault>(queries::page(s, (home, now), &scope, &filter, queries::PAGE)?)
    });
    Ok(Json(read.await?.into_iter().map(|named| view(named.duty, now)).collect()))
}

/// One duty (who owes or gave it, and who sees what is due at its place).
#[utoipa::path(get, path = "/duties/{duty}", tag = "duties", params(("duty" = String, Path)),
    responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn show(Shared(rim): Shared<Rim>, visit: Visit, PathId(id): PathId<DutyId>) -> Result<Json<DutyView>, Problem> {
    let cx = rim.context_of(&visit);
    let now = cx.now;
    let named = rim.db.read(move |s| queries::shown(s, &cx, &id)).await?;
    Ok(Json(view(named.duty, now)))
}

/// Give a duty (community work at its place).
#[utoipa::path(post, path = "/duties", tag = "duties", request_body = GiveDuty,
    responses((status = 201, body = DutyView), (status = "4XX", body = Document)))]
async fn create(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Json(input): Json<GiveDuty>,
) -> Result<(StatusCode, Json<DutyView>), Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let now = cx.now;
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        give::give(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &input)
    });
    Ok((StatusCode::CREATED, Json(view(write.await?, now))))
}

/// Meet it, with words or references.
#[utoipa::path(post, path = "/duties/{duty}/meet", tag = "duties", request_body = Meet,
    params(("duty" = String, Path)), responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_meet(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
    Json(input): Json<Meet>,
) -> Result<Json<DutyView>, Problem> {
    let cx = rim.context_of(&visit);
    let now = cx.now;
    let duty = rim.db.write(move |tx| meet::meet(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(Json(view(duty, now)))
}

/// Give it more time.
#[utoipa::path(post, path = "/duties/{duty}/extend", tag = "duties", request_body = Extend,
    params(("duty" = String, Path)), responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_extend(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
    Json(input): Json<Extend>,
) -> Result<Json<DutyView>, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let now = cx.now;
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        extend::extend(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &id, &input)
    });
    Ok(Json(view(write.await?, now)))
}

/// Let its clock stand.
#[utoipa::path(post, path = "/duties/{duty}/pause", tag = "duties", request_body = Reason,
    params(("duty" = String, Path)), responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_pause(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
    Json(input): Json<Reason>,
) -> Result<Json<DutyView>, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let now = cx.now;
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        pause::pause(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &id, &input)
    });
    Ok(Json(view(write.await?, now)))
}

/// Let its clock go on.
#[utoipa::path(post, path = "/duties/{duty}/resume", tag = "duties", params(("duty" = String, Path)),
    responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_resume(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
) -> Result<Json<DutyView>, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let now = cx.now;
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        pause::resume(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &id)
    });
    Ok(Json(view(write.await?, now)))
}

/// Cancel it.
#[utoipa::path(post, path = "/duties/{duty}/cancel", tag = "duties", request_body = Reason,
    params(("duty" = String, Path)), responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_cancel(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
    Json(input): Json<Reason>,
) -> Result<Json<DutyView>, Problem> {
    let cx = rim.context_of(&visit);
    let now = cx.now;
    let duty = rim.db.write(move |tx| cancel::cancel(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(Json(view(duty, now)))
}

/// Hand it over to somebody else.
#[utoipa::path(post, path = "/duties/{duty}/hand-over", tag = "duties", request_body = HandOver,
    params(("duty" = String, Path)), responses((status = 200, body = DutyView), (status = "4XX", body = Document)))]
async fn do_hand_over(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<DutyId>,
    Json(input): Json<HandOver>,
) -> Result<Json<DutyView>, Problem> {
    let cx = rim.context_of(&visit);
    let now = cx.now;
    let duty = rim.db.write(move |tx| hand_over::hand_over(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(Json(view(duty, now)))
}

/// Hand over all that somebody owes, 100 duties at once: ask again while `left` is not 0.
#[utoipa::path(post, path = "/holders/{holder}/hand-over", tag = "duties", request_body = HandOver,
    params(("holder" = String, Path)), responses((status = 200, body = Handed), (status = "4XX", body = Document)))]
async fn do_hand_over_all(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(from): PathId<Holder>,
    Json(input): Json<HandOver>,
) -> Result<Json<Handed>, Problem> {
    let cx = rim.context_of(&visit);
    Ok(Json(rim.db.write(move |tx| hand_over::hand_over_all(tx, &mut cx.clone(), &from, &input)).await?))
}
