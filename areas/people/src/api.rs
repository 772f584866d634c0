//! JSON faces of the same verbs.

use axum::{extract::State, http::StatusCode};
use kernel::{Actor, Id, Kind, Refusal};
use serde::Serialize;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Operator, Problem, Rim, problem::Document};

use crate::{PersonId, commands::register};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new()
        .routes(routes!(register_person))
        .merge(crate::post::api::routes())
        .merge(crate::org::api::routes())
        .merge(crate::desk::api::routes())
}

/// A registered person.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Registered {
    #[schema(value_type = String)]
    person: PersonId,
}

/// Register a person at a place (operator).
#[utoipa::path(post, path = "/persons", tag = "people", request_body = register::RegisterPerson,
    security(("operator" = [])), responses((status = 201, body = Registered), (status = "4XX", body = Document)))]
async fn register_person(
    State(rim): State<Rim>,
    _: Operator,
    Json(input): Json<register::RegisterPerson>,
) -> Result<(StatusCode, Json<Registered>), Problem> {
    let place: Id<()> = input.place.parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let cx = rim.context(Actor::Operator);
    let person = rim.db.write(move |tx| register::register(tx, &mut cx.clone(), place.home(), &input)).await?;
    Ok((StatusCode::CREATED, Json(Registered { person })))
}
