//! Sheets for spreadsheet programs: the projects of a season, and its book for the accountant.

mod postings;
mod projects;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use ui::Locale;
use web::Rim;

/// The routes.
pub fn routes() -> Router<Rim> {
    Router::new()
        .route("/seasons/{season}/projects.xlsx", get(projects::file))
        .route("/seasons/{season}/money/postings.xlsx", get(postings::file))
}

/// The font in which a language's sheets are set.
pub(crate) fn font(locale: Locale) -> &'static str {
    match locale {
        Locale::ZhHans => "宋体",
        Locale::ZhHant => "新細明體",
        Locale::En => "Calibri",
        Locale::Ko => "맑은 고딕",
    }
}

/// A file that is saved under a name of letters, digits, dots and dashes. It is made anew each time, and nobody in
/// between keeps it.
pub(crate) fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let disposition = format!("attachment; filename={name}");
    let headers = [
        (header::CONTENT_TYPE, kind),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, &disposition),
    ];
    (headers, bytes).into_response()
}
