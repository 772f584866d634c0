//! A film of a form: taken in, served, also in parts. Who may send and who may see it is asked by the area whose film it is.

use axum::{
    body::Body,
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::MethodRouter,
};
use db::{DbError, Fault};
use kernel::{Refusal, Site};
use serde::de::DeserializeOwned;
use work::files::{self, MAX_FILM};

use crate::{
    File, Problem, Rim, Visit,
    upload::{self, Bounds, Sent},
};

/// Media types for the browser's chooser. What a file is, its content says.
pub const ACCEPT: &str = "video/mp4,video/webm";
/// Bytes of a form that are read before it is cut off; a film beyond [`MAX_FILM`] is let pass up to here, so that the
/// form comes back with a sentence.
const MAX_FORM: usize = 3 * MAX_FILM;
/// Bytes of one answer to a player that asks for parts.
const MAX_PART: u64 = 4 << 20;

/// A form with at most one film; else as [`Sent`].
#[derive(Debug)]
pub struct SentFilm<T> {
    /// The text fields.
    pub fields: T,
    /// The film, within [`MAX_FILM`].
    pub film: Option<File>,
    /// Why it was left out: `film-too-large` or `too-many-files`, each with its limit.
    pub refusal: Option<Refusal>,
}

impl SentFilm<()> {
    /// The route of a form with a film.
    pub fn route(method: MethodRouter<Rim>) -> MethodRouter<Rim> {
        method.layer(DefaultBodyLimit::max(MAX_FORM))
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for SentFilm<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or("");
        let Sent { fields, files, refusal } = if kind.starts_with("multipart/form-data") {
            upload::read(request, state, Bounds { file: MAX_FILM, files: 1, code: "film-too-large" }).await?
        } else {
            // a form that brings no film may come urlencoded
            Sent::from_request(request, state).await?
        };
        Ok(SentFilm { fields, film: files.into_iter().next(), refusal })
    }
}

/// Takes a film in at a place.
///
/// # Errors
/// Those of [`work::files::Desk::receive_film`]; database faults.
pub async fn receive((rim, visit): (&Rim, &Visit), site: &Site, film: File) -> Result<files::File, Fault> {
    let desk = rim.files().map_err(|_| DbError::Data("no place for files".into()))?.clone();
    let (cx, site) = (rim.context_of(visit), site.clone());
    let sent = files::Upload { name: film.name, bytes: film.bytes };
    let taken = tokio::task::spawn_blocking(move || desk.receive_film(&cx, &site, sent)).await;
    taken.map_err(|e| DbError::Data(format!("taking a film in: {e}")))?
}

/// A player asks for bytes that a film does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoSuchBytes;

/// Which bytes of `whole` a player asks for (RFC 9110, 14.2): first and last. None where it asks for all, or for several
/// parts at once.
///
/// # Errors
/// [`NoSuchBytes`].
pub fn part(asked: &str, whole: u64) -> Result<Option<(u64, u64)>, NoSuchBytes> {
    let Some((first, last)) = asked.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
        return Ok(None);
    };
    if last.contains(',') {
        return Ok(None);
    }
    let (from, until) = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
        (Ok(from), Ok(until)) if from <= until => (from, until),
        (Ok(from), Err(_)) if last.trim().is_empty() => (from, u64::MAX),
        (Err(_), Ok(n)) if first.trim().is_empty() && n > 0 => (whole.saturating_sub(n), u64::MAX),
        (Err(_), Ok(0)) if first.trim().is_empty() => return Err(NoSuchBytes),
        _ => return Ok(None),
    };
    if from >= whole {
        return Err(NoSuchBytes);
    }
    Ok(Some((from, until.min(whole - 1).min(from.saturating_add(MAX_PART - 1)))))
}

/// A film for somebody who may see it: whole, or the part that a player asks for, four megabytes at a time. Its bytes are
/// checked against their hash before any of them is sent.
///
/// # Errors
/// The problem of a store that does not answer.
pub async fn serve(rim: &Rim, film: &files::File, asked: Option<&HeaderValue>) -> Result<Response, Problem> {
    let desk = rim.files()?.clone();
    let (key, whole) = (film.key(), film.blob.bytes);
    let range = part(asked.and_then(|value| value.to_str().ok()).unwrap_or(""), whole);
    let answer = Response::builder()
        .header(header::CONTENT_TYPE, film.kind.media_type())
        .header(header::CONTENT_DISPOSITION, film.disposition())
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::ACCEPT_RANGES, "bytes")
        // who may see it may change, so no cache in between keeps it
        .header(header::CACHE_CONTROL, "private, max-age=3600");
    let fault = |error: axum::http::Error| Problem::from(DbError::Data(error.to_string()));
    let Ok(range) = range else {
        let answer = answer.status(StatusCode::RANGE_NOT_SATISFIABLE);
        return answer.header(header::CONTENT_RANGE, format!("bytes */{whole}")).body(Body::empty()).map_err(fault);
    };
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = desk.store.whole(&key)?;
        if let Some((first, last)) = range {
            let at = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
            bytes = bytes.get(at(first)..=at(last)).unwrap_or_default().to_vec();
        }
        Ok(bytes)
    });
    let bytes = read.await.map_err(std::io::Error::other).flatten();
    let bytes = bytes.map_err(|e| DbError::Data(format!("the file store: {}", e.kind())))?;
    let answer = match range {
        Some((first, last)) => answer
            .status(StatusCode::PARTIAL_CONTENT)
            .header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{whole}")),
        None => answer,
    };
    answer.body(Body::from(bytes)).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_player_gets_the_bytes_it_asks_for_and_no_others() {
        for (asked, expected) in [
            ("", Ok(None)),
            ("bytes=0-", Ok(Some((0, 99)))),
            ("bytes=0-0", Ok(Some((0, 0)))),
            ("bytes=10-19", Ok(Some((10, 19)))),
            ("bytes=90-500", Ok(Some((90, 99)))),
            ("bytes=-10", Ok(Some((90, 99)))),
            ("bytes=-500", Ok(Some((0, 99)))),
            ("bytes=100-", Err(NoSuchBytes)),
            ("bytes=-0", Err(NoSuchBytes)),
            // what is not understood is answered with the whole
            ("bytes=5-4", Ok(None)),
            ("bytes=0-1,5-6", Ok(None)),
            ("items=0-1", Ok(None)),
            ("bytes=a-b", Ok(None)),
        ] {
            assert_eq!(part(asked, 100), expected, "{asked}");
        }
        // four megabytes at a time
        assert_eq!(part("bytes=7-", 40 << 20), Ok(Some((7, (4 << 20) + 6))));
    }
}
