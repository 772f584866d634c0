//! JSON faces of registers.

use axum::{extract::State, http::StatusCode};
use db::{DbError, Fault};
use kernel::PlaceId;
use ledger::tree::Hash;
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, PathId, Problem, Rim, Visit, problem::Document};

use super::{
    Prepared, Register, queries,
    sheet::{self, Looked},
    site,
    web::kept,
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(show_register, import_register))
}

/// A version of a register.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RegisterView {
    id: String,
    place: String,
    version: Option<u32>,
    units: u32,
    owners: u32,
    /// In 0.01 m².
    area: u64,
    /// SHA-256 over its rows without names, hexadecimal.
    digest: String,
    day: String,
}

impl From<Register> for RegisterView {
    fn from(register: Register) -> Self {
        RegisterView {
            id: register.id.to_string(),
            place: register.place.to_string(),
            version: register.version,
            units: register.units,
            owners: register.owners,
            area: register.area,
            digest: Hash(register.digest).to_string(),
            day: register.made_day.to_string(),
        }
    }
}

/// The version that holds, without its rows.
#[utoipa::path(get, path = "/registers/{place}", tag = "owners", params(("place" = String, Path)),
    responses((status = 200, body = RegisterView), (status = "4XX", body = Document)))]
async fn show_register(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
) -> Result<Json<RegisterView>, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        authorize(&actor, Action::SeeRoll, &site(s, &place)?)?;
        let found = queries::latest(s, &place)?;
        Ok::<_, Fault>(found.ok_or_else(super::not_found)?)
    });
    Ok(Json(read.await?.into()))
}

/// A file of units.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ImportRegister {
    /// CSV with the columns `unit,building,floor,owner,area,status`; at most 400 KiB and 5,000 rows.
    rows: String,
}

/// Keep a file as the next version; one with a fault is refused whole. The same file again changes nothing.
#[utoipa::path(post, path = "/registers/{place}", tag = "owners", request_body = ImportRegister,
    params(("place" = String, Path)),
    responses((status = 201, body = RegisterView), (status = "4XX", body = Document)))]
async fn import_register(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(place): PathId<PlaceId>,
    Json(input): Json<ImportRegister>,
) -> Result<(StatusCode, Json<RegisterView>), Problem> {
    let actor = visit.actor.clone();
    let of = place.clone();
    let right = rim.db.read(move |s| {
        authorize(&actor, Action::KeepRoll, &site(s, &of)?)?;
        Ok::<_, Fault>(())
    });
    right.await?;
    let read = tokio::task::spawn_blocking(move || {
        sheet::look(input.rows.into_bytes()).and_then(Looked::roll).map(|roll| Prepared::of(&roll))
    });
    let prepared = read.await.map_err(|e| DbError::Data(format!("reading a file: {e}")))??;
    let register = kept(&rim, &visit, &place, prepared).await?;
    Ok((StatusCode::CREATED, Json(register.into())))
}
