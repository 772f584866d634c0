//! What the pages of several nouns share.

use axum::response::Response;
use kernel::Refusal;
use ui::Markup;
pub use web::page::{Line, act, errors, form, press, shown, to};
use web::{Section, Visit, page::answer};

/// A page, with the status of what was refused on it.
pub fn page(visit: &Visit, title: &str, body: &Markup, refusal: Option<&Refusal>) -> Response {
    answer(visit, Section::Seasons, title, (body, refusal))
}
