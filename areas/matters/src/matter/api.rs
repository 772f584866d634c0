//! JSON faces of the same verbs. No person is named, and who opened a matter is not told.

use axum::{
    extract::{Query, State as Shared},
    http::StatusCode,
};
use db::Fault;
use kernel::{Kind, PlaceId, Refusal};
use people::desk::{DeskId, Receipt};
use rights::{Action, may};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, optional_id, problem::Document};
use work::clock::Reckoner;

use super::{
    Grade, Matter, MatterId, Outcome, Stage, State, Step, at_desk,
    close::{self, Answer},
    follow,
    grade::{self, GradeMatter},
    join,
    open::{self, OpenMatter},
    queries::{self, Filter},
    shift::{self, Shift},
    step::{self, Note},
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show))
        .routes(routes!(add_note))
        .routes(routes!(move_on))
        .routes(routes!(join_into))
        .routes(routes!(answer))
        .routes(routes!(put_grade))
        .routes(routes!(create_at_desk))
        .routes(routes!(grade_at_desk))
        .routes(routes!(start_following, stop_following))
}

/// A matter as everybody may see it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MatterView {
    #[schema(value_type = String)]
    id: MatterId,
    /// What people say: `2026-000123`.
    number: String,
    #[schema(value_type = String)]
    place: PlaceId,
    title: String,
    kind: String,
    stage: Stage,
    state: State,
    /// In which matter it goes on.
    #[schema(value_type = Option<String>)]
    joined_into: Option<MatterId>,
    opened_day: String,
    closed_day: Option<String>,
    outcome: Option<Outcome>,
    grade: Option<Grade>,
}

impl From<Matter> for MatterView {
    fn from(m: Matter) -> Self {
        MatterView {
            id: m.id,
            number: m.number,
            place: m.place,
            title: m.title,
            kind: m.kind,
            stage: m.stage,
            state: m.state,
            joined_into: m.joined_into,
            opened_day: m.opened_day.to_string(),
            closed_day: m.closed_day.map(|day| day.to_string()),
            outcome: m.outcome,
            grade: m.grade,
        }
    }
}

/// A step as everybody may see it; of the office, also inner ones.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct StepView {
    n: u32,
    /// Microseconds UTC.
    at: i64,
    day: String,
    stage: Stage,
    kind: String,
    words: String,
    /// In which role it was done; empty for residents.
    role: String,
    /// False: only the office sees it.
    public: bool,
    link: Option<String>,
    files: Vec<String>,
}

impl From<Step> for StepView {
    fn from(s: Step) -> Self {
        StepView {
            n: s.n,
            at: s.at.0,
            day: s.day.to_string(),
            stage: s.stage,
            kind: s.kind,
            words: s.words,
            role: s.role,
            public: s.shown,
            link: s.link,
            files: s.files,
        }
    }
}

/// A matter with its thread, newest step first, at most 60.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Whole {
    matter: MatterView,
    steps: Vec<StepView>,
}

/// Which matters.
#[derive(Debug, Default, Deserialize, utoipa::IntoParams)]
struct Which {
    /// The place, with everything below it; absent for the first subdistrict.
    place: Option<String>,
    /// Stage.
    stage: Option<String>,
    /// Kind.
    kind: Option<String>,
    /// `open`, `closed` or `joined`.
    state: Option<String>,
    /// Words of the title, or a number.
    q: Option<String>,
    /// Only matters older than this one.
    before: Option<String>,
}

/// Matters of a place, newest first, 30 a page.
#[utoipa::path(get, path = "/matters", tag = "matters", params(Which),
    responses((status = 200, body = Vec<MatterView>), (status = "4XX", body = Document)))]
async fn list(Shared(rim): Shared<Rim>, Query(which): Query<Which>) -> Result<Json<Vec<MatterView>>, Problem> {
    let filter = Filter {
        stage: which.stage.unwrap_or_default(),
        kind: which.kind.unwrap_or_default(),
        state: which.state.unwrap_or_default(),
        words: which.q.unwrap_or_default(),
        before: optional_id(which.before.as_deref()),
    };
    let place: Option<PlaceId> = optional_id(which.place.as_deref());
    let found = rim.db.read(move |s| {
        let place = match &place {
            Some(place) => Some(place.clone()),
            None => queries::first_place(s)?,
        };
        let Some(place) = place else { return Ok(Vec::new()) };
        let place = places::queries::show(s, &place)?;
        let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
        Ok::<_, Fault>(queries::page(s, place.home, &place.path, &filter)?)
    });
    Ok(Json(found.await?.into_iter().map(|shown| shown.matter.into()).collect()))
}

/// One matter and its thread.
#[utoipa::path(get, path = "/matters/{matter}", tag = "matters", params(("matter" = String, Path)),
    responses((status = 200, body = Whole), (status = "4XX", body = Document)))]
async fn show(Shared(rim): Shared<Rim>, visit: Visit, PathId(id): PathId<MatterId>) -> Result<Json<Whole>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let matter = queries::matter(s, &id)?;
        let all = may(&actor, Action::MoveMatter, &matter.site()?);
        Ok::<_, Fault>((queries::thread(s, &id, u32::MAX, all)?, matter))
    });
    let (steps, matter) = read.await?;
    Ok(Json(Whole { matter: matter.into(), steps: steps.into_iter().map(StepView::from).collect() }))
}

/// Open a matter (a person whose telephone is verified, or the office). The same `once` again answers with the matter
/// that is there.
#[utoipa::path(post, path = "/matters", tag = "matters", request_body = OpenMatter,
    responses((status = 201, body = MatterView), (status = "4XX", body = Document)))]
async fn create(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    Json(input): Json<OpenMatter>,
) -> Result<(StatusCode, Json<MatterView>), Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        open::open(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &input)
    });
    let matter = write.await?;
    Ok((StatusCode::CREATED, Json(matter.into())))
}

/// A receipt of the desk.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Received {
    /// Its number, as it is printed.
    receipt: String,
    /// The page of what came in, a path of this site.
    page: String,
}

impl From<Receipt> for Received {
    fn from(receipt: Receipt) -> Self {
        Received { receipt: receipt.number.to_string(), page: receipt.page }
    }
}

/// Open a matter for whoever is at the desk (the worker of the entry; that person must be verified). Sent again it
/// answers with the same receipt.
#[utoipa::path(post, path = "/desk/{desk}/matters", tag = "matters", request_body = OpenMatter,
    params(("desk" = String, Path)), responses((status = 201, body = Received), (status = "4XX", body = Document)))]
async fn create_at_desk(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(entry): PathId<DeskId>,
    Json(input): Json<OpenMatter>,
) -> Result<(StatusCode, Json<Received>), Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        at_desk::open_for(tx, &mut cx.clone(), &Reckoner { calendar: &calendar, offset_minutes }, &entry, &input)
    });
    Ok((StatusCode::CREATED, Json(write.await?.into())))
}

/// Grade the answer to a matter for whoever is at the desk, on the telephone or on paper.
#[utoipa::path(put, path = "/desk/{desk}/matters/{matter}/grade", tag = "matters", request_body = GradeMatter,
    params(("desk" = String, Path), ("matter" = String, Path)),
    responses((status = 201, body = Received), (status = "4XX", body = Document)))]
async fn grade_at_desk(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((entry, id)): PathId<(DeskId, MatterId)>,
    Json(input): Json<GradeMatter>,
) -> Result<(StatusCode, Json<Received>), Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        let reckoner = Reckoner { calendar: &calendar, offset_minutes };
        at_desk::grade_for(tx, &mut cx.clone(), &reckoner, (&id, &entry), &input)
    });
    Ok((StatusCode::CREATED, Json(write.await?.into())))
}

/// Note something (the office; in public also who opened it).
#[utoipa::path(post, path = "/matters/{matter}/notes", tag = "matters", request_body = Note,
    params(("matter" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn add_note(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
    Json(input): Json<Note>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| step::note(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Move it to another stage (the office).
#[utoipa::path(post, path = "/matters/{matter}/stage", tag = "matters", request_body = Shift,
    params(("matter" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn move_on(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
    Json(input): Json<Shift>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| shift::shift(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Join it into another that is about the same (the office).
#[utoipa::path(post, path = "/matters/{matter}/join/{into}", tag = "matters",
    params(("matter" = String, Path), ("into" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn join_into(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((id, into)): PathId<(MatterId, MatterId)>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| join::join(tx, &mut cx.clone(), &id, &into)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Answer it, which ends it (the office).
#[utoipa::path(post, path = "/matters/{matter}/answer", tag = "matters", request_body = Answer,
    params(("matter" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn answer(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
    Json(input): Json<Answer>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| close::close(tx, &mut cx.clone(), &id, &input)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Grade the answer (who opened it, or follows it).
#[utoipa::path(put, path = "/matters/{matter}/grade", tag = "matters", request_body = GradeMatter,
    params(("matter" = String, Path)), responses((status = 204), (status = "4XX", body = Document)))]
async fn put_grade(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
    Json(input): Json<GradeMatter>,
) -> Result<StatusCode, Problem> {
    let (cx, offset_minutes) = (rim.context_of(&visit), rim.settings.offset_minutes);
    let write = rim.db.write(move |tx| {
        let calendar = work::queries::calendar(tx)?;
        let reckoner = Reckoner { calendar: &calendar, offset_minutes };
        grade::grade(tx, &mut cx.clone(), &reckoner, &id, &input)
    });
    write.await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hear of it.
#[utoipa::path(put, path = "/matters/{matter}/following", tag = "matters", params(("matter" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn start_following(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| follow::follow(tx, &mut cx.clone(), &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Hear of it no longer.
#[utoipa::path(delete, path = "/matters/{matter}/following", tag = "matters", params(("matter" = String, Path)),
    responses((status = 204), (status = "4XX", body = Document)))]
async fn stop_following(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(id): PathId<MatterId>,
) -> Result<StatusCode, Problem> {
    let cx = rim.context_of(&visit);
    rim.db.write(move |tx| follow::unfollow(tx, &mut cx.clone(), &id)).await?;
    Ok(StatusCode::NO_CONTENT)
}
