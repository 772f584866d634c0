//! Static files, embedded in the binary under names that change with their content.

use axum::{
    Router,
    extract::Path,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use crate::{Problem, Rim};

pub(crate) fn routes() -> Router<Rim> {
    Router::new().route("/assets/{name}", get(show))
}

async fn show(Path(name): Path<String>) -> Response {
    let path = format!("/assets/{name}");
    let Some(asset) = ui::ASSETS.iter().find(|a| a.path == path) else {
        return Problem::of(StatusCode::NOT_FOUND).into_response();
    };
    let mut response = asset.bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    response
}
