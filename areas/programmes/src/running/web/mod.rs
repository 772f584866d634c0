//! The pages of a running season.

mod acts;
mod board;
mod closing;
mod forms;
mod project;
mod rounds;

use std::collections::BTreeMap;

use axum::{
    Extension, Router,
    routing::{get, post},
};
use kernel::Refusal;
use web::Rim;

use super::{Evidence, Told, film};

/// The routes of the pages; `evidence` tells what other areas know.
pub fn routes(evidence: &'static dyn Evidence) -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/running", get(board::show))
        .route("/seasons/{season}/midterm/announce", post(board::announce))
        .route("/seasons/{season}/projects/{number}/running", get(project::show))
        .route("/seasons/{season}/projects/{number}/midterm/open", post(acts::open))
        .route("/seasons/{season}/projects/{number}/midterm/sheet", post(acts::sheet))
        .route("/seasons/{season}/projects/{number}/midterm/decide", post(acts::decide))
        .route("/seasons/{season}/projects/{number}/midterm/mend", post(acts::mend))
        .route("/seasons/{season}/projects/{number}/closing", get(closing::form).post(closing::write))
        .route("/seasons/{season}/projects/{number}/closing/accept", post(acts::accept))
        .route("/seasons/{season}/projects/{number}/closing/return", post(acts::send_back))
        .route("/seasons/{season}/projects/{number}/grade", post(acts::grade))
        .merge(film::web::routes())
        .layer(Extension(Told(evidence)))
}

/// What was typed, by name of the field.
type Typed = BTreeMap<String, String>;

/// A form that was refused: its name, what was typed, and why.
struct Refused<'a> {
    form: &'static str,
    typed: Typed,
    refusal: &'a Refusal,
}

/// What was typed into a field of a form, and why the form was refused, if it was.
fn kept<'a>(refused: Option<&'a Refused<'_>>, form: &str, name: &str) -> (&'a str, Option<&'a Refusal>) {
    match refused.filter(|refused| refused.form == form) {
        Some(refused) => (refused.typed.get(name).map_or("", String::as_str), Some(refused.refusal)),
        None => ("", None),
    }
}
