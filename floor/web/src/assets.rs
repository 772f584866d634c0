//! Static files, embedded in the binary under names that change with their content, packed when it was built.

use axum::{
    Router,
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use ui::Asset;

use crate::{Problem, Rim};

pub(crate) fn routes() -> Router<Rim> {
    Router::new().route("/assets/{name}", get(show))
}

/// The file in the best packing that the browser takes. A name stands for its bytes for ever, so that no tag for
/// comparing versions is needed.
async fn show(Path(name): Path<String>, asked: HeaderMap) -> Response {
    let path = format!("/assets/{name}");
    let Some(asset) = ui::ASSETS.iter().find(|a| a.path == path) else {
        return Problem::of(StatusCode::NOT_FOUND).into_response();
    };
    let (bytes, packing) = packed(asset, &asked);
    let mut response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.extend(packing.map(|name| (header::CONTENT_ENCODING, HeaderValue::from_static(name))));
    response
}

fn packed(asset: &Asset, asked: &HeaderMap) -> (&'static [u8], Option<&'static str>) {
    if takes(asked, "br") {
        (asset.brotli, Some("br"))
    } else if takes(asked, "gzip") {
        (asset.gzip, Some("gzip"))
    } else {
        (asset.bytes, None)
    }
}

/// Whether `Accept-Encoding` (RFC 9110, 12.5.3) names the packing with a weight above 0.
fn takes(asked: &HeaderMap, packing: &str) -> bool {
    let lines = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(|line| line.split(',')).any(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(packing));
        named && !parts.any(|part| part.strip_prefix("q=").is_some_and(|q| q.trim_matches(['0', '.']).is_empty()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_packing_that_is_taken_is_chosen() {
        for (line, want) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip;q=1.0, br;q=0.5", Some("br")),
            ("br;q=0, gzip", Some("gzip")),
            ("BR;q=0.000, GZIP;q=0.1", Some("gzip")),
            ("identity", None),
            ("brotli", None),
            ("", None),
        ] {
            let mut asked = HeaderMap::new();
            asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(line));
            assert_eq!(packed(&ui::ASSETS[0], &asked).1, want, "{line}");
        }
        assert_eq!(packed(&ui::ASSETS[0], &HeaderMap::new()), (ui::ASSETS[0].bytes, None));
    }
}
