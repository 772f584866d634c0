//! Pages of ballots: papers to print and to type, an official result, a vote online.

mod import;
mod letters;
pub(crate) mod own;
mod papers;
mod print;
mod receipt;
mod vote;

use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use db::Fault;
use kernel::{Actor, Kind, Refusal};
use rights::{Action, may};
use web::{PathId, Problem, Rim, Upload, Visit, photos};
use work::files::FileId;

use super::queries;
use crate::round::{RoundId, web::One};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/rounds/{round}/papers", Upload::route(get(papers::show).post(papers::read)))
        .route("/rounds/{round}/papers/print", get(print::show))
        .route("/rounds/{round}/ballots/import", Upload::route(get(import::ask).post(import::look)))
        .route("/rounds/{round}/ballots/import/take", post(import::take))
        .route("/rounds/{round}/letters", get(letters::ask).post(letters::draw))
        .route("/rounds/{round}/receipt/{entry}", get(receipt::show))
        .route("/rounds/{round}/vote", get(vote::show).post(vote::cast))
        .route("/rounds/{round}/files/{file}", get(whole))
        .route("/rounds/{round}/files/{file}/small", get(small))
}

/// A round for whoever types its papers.
async fn for_typists(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<One, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        allowed(may(&actor, Action::Enrol, &one.place.site()?), &actor)?;
        Ok::<_, Fault>(one)
    });
    Ok(read.await?)
}

fn allowed(may: bool, actor: &Actor) -> Result<(), Refusal> {
    let code = if *actor == Actor::Visitor { "sign-in-first" } else { "not-allowed" };
    if may { Ok(()) } else { Err(Refusal::new(Kind::Forbidden, code)) }
}

/// `GET /rounds/{round}/files/{file}`: a photo of a paper, for those who work there, supervisors and auditors.
async fn whole(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(RoundId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, false).await
}

/// `GET /rounds/{round}/files/{file}/small`: its small picture.
async fn small(
    State(rim): State<Rim>,
    visit: Visit,
    PathId(ids): PathId<(RoundId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, true).await
}

async fn serve(rim: &Rim, visit: &Visit, (id, file): (RoundId, FileId), small: bool) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let read = rim.db.read(move |s| {
        let one = One::read(s, &actor, &id)?;
        allowed(one.inside, &actor)?;
        queries::photo(s, &id, &file)
    });
    photos::serve(rim, &read.await?, small).await
}
