//! Pages: the vote with its roll and its papers, the result, and what it says about one project.

mod papers;
mod project;
mod receipt;
mod result;
mod roll;
mod vote;
mod vote_shown;
mod why;

use axum::{
    Router,
    routing::{get, post},
};
use programmes::SeasonId;
use ui::{Markup, Words, html, parts::sheet};
use web::Rim;

/// To the pages of one's own projects, which say how review and vote ended for each, and why.
pub(crate) fn own(w: Words, season: &SeasonId, own: &[(u32, String)]) -> Markup {
    html! {
        @if !own.is_empty() {
            (sheet(w.t("own-projects-title"), &html! {
                p { (w.t("own-projects-note")) }
                ul.links {
                    @for (number, name) in own { li { a href={ "/seasons/" (season) "/projects/" (number) } { (name) } } }
                }
            }))
        }
    }
}

/// The routes of the pages.
pub fn routes() -> Router<Rim> {
    Router::new()
        .merge(crate::selection::web::routes())
        .route("/seasons/{season}/result", get(result::show))
        .route("/seasons/{season}/projects/{number}", get(project::show))
        .route("/seasons/{season}/vote", get(vote::show).post(vote::cast))
        .route("/seasons/{season}/vote/review", post(vote::review))
        .route("/seasons/{season}/vote/enrol", post(vote::enrol))
        .route("/seasons/{season}/vote/mine", get(vote::mine))
        .route("/seasons/{season}/vote/receipt/{ballot}", get(receipt::show))
        .route("/seasons/{season}/vote/roll", get(roll::show).post(roll::enrol))
        .route("/seasons/{season}/vote/letters", post(roll::letters))
        .route("/seasons/{season}/vote/papers", get(papers::show).post(papers::read))
        .route("/seasons/{season}/vote/papers/give", post(papers::give))
        .route("/seasons/{season}/vote/papers/discard", post(papers::discard))
        .route("/seasons/{season}/vote/papers/print", post(papers::print))
        .route("/seasons/{season}/vote/close", post(roll::close))
        .route("/seasons/{season}/vote/publish", post(roll::publish))
        .merge(crate::review::web::routes())
        .merge(crate::contest::web::routes())
}
