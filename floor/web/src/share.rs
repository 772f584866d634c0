//! The picture for a chat group: a QR code that leads to a page of this site.
//!
//! The picture is made of the address in the request alone. Nothing is fetched and nobody is led anywhere: what is asked
//! for can only be a path of this site.

use std::io::Cursor;

use axum::{
    Router,
    extract::Query,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
use maud::Markup;
use serde::Deserialize;
use ui::parts::{self, PICTURE_SIDE, Share, qr_modules};

use crate::{Problem, Rim, Visit, in_query};

/// Bytes of a path that a picture leads to; with the site's own address at most 300 stand in a code.
const MAX_PATH: usize = 200;

pub(crate) fn routes() -> Router<Rim> {
    Router::new().route("/share/qr.png", get(picture))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    to: String,
}

/// `GET /share/qr.png?to=/matters/…`: no statement. 400 for anything but a path of this site.
async fn picture(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let wrong = || Problem::of(StatusCode::BAD_REQUEST);
    if !is_local(&asked.to) || visit.origin.is_empty() {
        return Err(wrong());
    }
    let (side, dark) = qr_modules(&format!("{}{}", visit.origin, asked.to)).ok_or_else(wrong)?;
    let png = png(side, &dark).map_err(|e| Problem::of(StatusCode::INTERNAL_SERVER_ERROR).because(e))?;
    // where the site's address comes from the request, a cache that serves many must not keep it
    let kept = if visit.has_own_origin() { "public, max-age=86400" } else { "private, max-age=3600" };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::CONTENT_DISPOSITION, HeaderValue::from_static("inline; filename=\"linli.png\"")),
    ];
    Ok((headers, png).into_response())
}

/// A path of this site, with its query: `//host` and `/\host` are other sites.
fn is_local(path: &str) -> bool {
    let other = path.starts_with("//") || path.contains('\\');
    path.starts_with('/') && !other && path.len() <= MAX_PATH && path.bytes().all(|b| b.is_ascii_graphic())
}

/// A square of [`PICTURE_SIDE`] pixels, black on white, each module a whole number of pixels.
fn png(side: usize, dark: &[bool]) -> Result<Vec<u8>, image::ImageError> {
    const SIDE: usize = PICTURE_SIDE as usize;
    let scale = (SIDE / side).max(1);
    let edge = (SIDE - (side * scale).min(SIDE)) / 2;
    let mut pixels = vec![255_u8; SIDE * SIDE];
    for (at, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        let (x, y) = (edge + at % side * scale, edge + at / side * scale);
        for row in y..(y + scale).min(SIDE) {
            pixels[row * SIDE + x..row * SIDE + (x + scale).min(SIDE)].fill(0);
        }
    }
    let mut out = Cursor::new(Vec::new());
    PngEncoder::new(&mut out).write_image(&pixels, PICTURE_SIDE, PICTURE_SIDE, ExtendedColorType::L8)?;
    Ok(out.into_inner())
}

impl Visit {
    /// A text for the neighbours' group with the link of a page and a picture of it. `id` is unique on the page; `path`
    /// is a path of this site.
    pub fn share(&self, id: &str, text: &str, path: &str) -> Markup {
        let (url, src) = (format!("{}{path}", self.origin), format!("/share/qr.png?to={}", in_query(path)));
        let picture = (!self.origin.is_empty() && is_local(path)).then(|| (src.as_str(), self.words.t("share-qr")));
        parts::share(self.words, &Share { id, text, url: &url, picture })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What another implementation reads off the picture, and its level of error correction.
    fn read(png: &[u8]) -> (String, u16) {
        let picture = image::load_from_memory_with_format(png, image::ImageFormat::Png).unwrap().into_luma8();
        assert_eq!(picture.dimensions(), (PICTURE_SIDE, PICTURE_SIDE));
        let (width, height) = (PICTURE_SIDE as usize, PICTURE_SIDE as usize);
        let light = |x: usize, y: usize| picture.get_pixel(x as u32, y as u32).0[0];
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, light);
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1);
        let (meta, text) = grids[0].decode().unwrap();
        (text, meta.ecc_level)
    }

    #[test]
    fn another_program_reads_the_address_off_the_picture() {
        const M: u16 = 0;
        let long = format!("https://linli.example/matters/{}", "x".repeat(270));
        for text in ["https://linli.example/", "http://linli.example/matters/1-cr6p4d1v45236wvt2ej3", &long] {
            let (side, dark) = qr_modules(text).unwrap();
            let png = png(side, &dark).unwrap();
            assert!(png.len() < 100_000, "{}", png.len());
            assert_eq!(read(&png), (text.to_owned(), M));
            // the code itself is large enough to be read off a screen, and its quiet zone is there
            assert!((PICTURE_SIDE as usize / side) * (side - 8) >= 430, "{side}");
            assert!(dark[..4 * side].iter().all(|dark| !dark) && dark[side * (side - 4)..].iter().all(|dark| !dark));
        }
    }

    #[test]
    fn only_a_path_of_this_site_is_drawn() {
        for path in ["/", "/matters/1-abc", "/notices?view=open&place=1-a"] {
            assert!(is_local(path), "{path}");
        }
        let long = format!("/{}", "x".repeat(MAX_PATH));
        for path in [
            "",
            "matters",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a b",
            "/a\r\nb",
            "/邻",
            &long,
        ] {
            assert!(!is_local(path), "{path}");
        }
    }
}
