//! The page that shows every component in every state, for those who build pages and for those who look after them. It
//! reads nothing and is always there; search engines leave it out.

use axum::{
    Router,
    http::{HeaderName, HeaderValue},
    response::Response,
    routing::get,
};
use web::{Rim, Section, Visit};

/// The route of the page.
pub fn routes() -> Router<Rim> {
    Router::new().route("/styleguide", get(show).post(show))
}

/// The forms on the page are samples: sending one shows the page again and changes nothing.
async fn show(visit: Visit) -> Response {
    let w = visit.words;
    let mut page = visit.page(Section::Other, w.t("sg-title"), &ui::styleguide(w));
    page.headers_mut().insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    page
}
