//! Pages of visits: the board, the list of doors for a phone, one door, the intent survey.

mod board;
mod doors;
mod survey;

use axum::{Router, routing::get};
use web::{Problem, Rim, Visit};

use crate::round::{RoundId, web::One};

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/rounds/{round}/board", get(board::show))
        .route("/rounds/{round}/doors", get(doors::list))
        .route("/rounds/{round}/doors/{door}", get(doors::one).post(doors::record))
        .route("/rounds/{round}/survey", get(survey::show).post(survey::answer))
}

/// A round for those who work on it.
async fn for_office(rim: &Rim, visit: &Visit, id: &RoundId) -> Result<One, Problem> {
    let (id, actor) = (id.clone(), visit.actor.clone());
    Ok(rim.db.read(move |s| One::read(s, &actor, &id)?.for_office(&actor)).await?)
}
