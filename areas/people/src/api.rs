//! JSON faces of the same verbs.

use axum::{extract::State, http::StatusCode};
use kernel::{Actor, Id, Kind, Refusal};
use serde::{Deserialize, Serialize};
use utoipa_axum::{router::OpenApiRouter, routes};
use web::{Json, Operator, PathId, Problem, Rim, problem::Document};

use crate::{
    PersonId, VoterKey,
    commands::{
        enrol::{self, Voter},
        register,
    },
};

/// The routes, below `/api/v1`.
pub fn routes() -> OpenApiRouter<Rim> {
    OpenApiRouter::new().routes(routes!(register_person)).routes(routes!(enrol_voters))
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

/// Voters for the roll of a season's vote.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct EnrolVoters {
    /// One for each voter.
    voters: Vec<NewVoter>,
}

/// A voter.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewVoter {
    /// The secret code the voter gets by letter or at the desk, 8 to 128 characters. Only a digest is kept.
    code: String,
    /// The registered person, if known.
    #[schema(value_type = Option<String>)]
    person: Option<PersonId>,
}

/// How many voters were new.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Enrolled {
    new: u64,
}

/// Put voters on the roll of a season's vote (operator); at most 500 at once.
#[utoipa::path(post, path = "/seasons/{season}/roll", tag = "people", request_body = EnrolVoters,
    security(("operator" = [])), params(("season" = String, Path)),
    responses((status = 200, body = Enrolled), (status = "4XX", body = Document)))]
async fn enrol_voters(
    State(rim): State<Rim>,
    _: Operator,
    PathId(season): PathId<Id<()>>,
    Json(input): Json<EnrolVoters>,
) -> Result<Json<Enrolled>, Problem> {
    let bad = |code: &str| !(8..=128).contains(&code.chars().count());
    if input.voters.iter().any(|v| bad(v.code.trim())) {
        let field = kernel::FieldError::new("code", "not-a-code");
        return Err(Refusal::invalid(vec![field]).into());
    }
    let cx = rim.context(Actor::Operator);
    let key = |voter: NewVoter| Voter { key: VoterKey::of(season.as_str(), &voter.code), person: voter.person };
    let voters: Vec<Voter> = input.voters.into_iter().map(key).collect();
    let new =
        rim.db.write(move |tx| enrol::enrol(tx, &mut cx.clone(), season.home(), season.as_str(), &voters)).await?;
    Ok(Json(Enrolled { new }))
}
