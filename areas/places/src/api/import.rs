//! Official codes over the API.

use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
};
use db::Fault;
use kernel::{Home, Kind, PlaceId, Refusal};
use rights::{Action, Resource, authorize};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Problem, Rim, Visit, optional_id, problem::Document};

use crate::{
    Followers,
    commands::import::take,
    import::{Change, Plan, RowError, Work, plan, read},
    queries,
};

pub(super) fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(import))
}

/// How to take a file in.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct How {
    /// True: only say what would change.
    #[serde(default)]
    preview: bool,
    /// True: take in the rows that hold although others do not.
    #[serde(default)]
    skip_wrong: bool,
    /// Only what lies in this place.
    under: Option<String>,
}

/// What a file changes.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ImportReport)]
pub struct Report {
    /// Whether anything was written.
    written: bool,
    rows: u32,
    new: usize,
    changed: usize,
    unchanged: u32,
    /// Places in force that the file does not have; they stay.
    missing: u32,
    wrong: u32,
    /// The first 200 wrong rows.
    errors: Vec<RowError>,
    /// The first 50 changes.
    changes: Vec<Change>,
    /// The first 50 missing places.
    missing_places: Vec<Change>,
}

impl Report {
    fn of(plan: &Plan) -> Report {
        Report {
            written: false,
            rows: plan.n_rows,
            new: plan.new.len(),
            changed: plan.changed.len(),
            unchanged: plan.n_unchanged,
            missing: plan.n_missing,
            wrong: plan.n_errors,
            errors: plan.errors.clone(),
            changes: plan.changes(),
            missing_places: plan.missing.clone(),
        }
    }
}

/// Import official codes: a CSV file `code,level,name,parent` as the body, up to the site's limit of a
/// body; larger files go through the command line. With wrong rows nothing is written, unless `skip_wrong` is true.
#[utoipa::path(post, path = "/places/imports", tag = "places", params(How), security(("operator" = [])),
    request_body(content = String, content_type = "text/csv"),
    responses((status = 200, body = Report), (status = 422, body = Report), (status = "4XX", body = Document)))]
async fn import(
    (State(rim), Extension(followers)): (State<Rim>, Extension<Followers>),
    visit: Visit,
    Query(how): Query<How>,
    headers: HeaderMap,
    body: axum::body::Bytes,
) -> Result<(StatusCode, Json<Report>), Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
    if !kind.starts_with("text/csv") {
        return Err(Problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let under = match how.under.as_deref() {
        Some(text) => Some(optional_id(Some(text)).ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?),
        None => None,
    };
    may_import(&rim, &visit, under.clone()).await?;
    let jobs = rim.db.jobs();
    let wanted = under.clone();
    let planned = jobs
        .read(move |s| match read(body.as_ref()) {
            Ok(sheet) => Ok(Ok(plan(s, &sheet, wanted.as_ref())?)),
            Err(error) => Ok::<_, db::DbError>(Err(error.code())),
        })
        .await?;
    let plan = planned.map_err(|code| Problem::from(Refusal::new(Kind::Invalid, code)))?;
    let mut report = Report::of(&plan);
    if plan.n_errors > 0 && !how.skip_wrong && !how.preview {
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(report)));
    }
    if !how.preview {
        report.written = !plan.is_empty();
        write(&rim, &visit, followers, Work::new(plan, under)).await?;
    }
    Ok((StatusCode::OK, Json(report)))
}

/// Whoever may not import does not get to have a file read: the whole tree is the operator's, a part is for whoever
/// keeps the places there.
async fn may_import(rim: &Rim, visit: &Visit, under: Option<PlaceId>) -> Result<(), Problem> {
    let cx = rim.context_of(visit);
    let asked = rim.db.read(move |s| {
        let site = match &under {
            Some(place) => {
                Some(queries::site(s, place)?.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?)
            }
            None => None,
        };
        let on = site.as_ref().map_or_else(|| Resource::of(Home(0)), Resource::at);
        authorize(&cx.actor, Action::ImportPlaces, on)?;
        Ok::<_, Fault>(())
    });
    Ok(asked.await?)
}

async fn write(rim: &Rim, visit: &Visit, followers: Followers, mut work: Work) -> Result<(), Problem> {
    let jobs = rim.db.jobs();
    while let Some(part) = work.next_part() {
        let cx = rim.context_of(visit);
        let made = jobs.write(move |tx| take(tx, &mut cx.clone(), followers, &part)).await?;
        work.learn(made);
    }
    Ok(())
}
