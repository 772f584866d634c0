//! A film of a form: taken in, served, also in parts. Who may send and who may see it is asked by the area whose film it is.

use std::{
    future::Future,
    io,
    ops::Range,
    pin::Pin,
    sync::Arc,
    task::{self, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    extract::{DefaultBodyLimit, FromRequest, Request},
    http::{HeaderValue, StatusCode, header},
    response::Response,
    routing::MethodRouter,
};
use db::{DbError, Fault};
use http_body::{Frame, SizeHint};
use kernel::{Refusal, Site};
use serde::de::DeserializeOwned;
use tokio::task::JoinHandle;
use work::files::{self, MAX_FILM, PART, Parts};

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
/// checked before they are sent, a megabyte at a time; nothing holds more of it than that, however slowly somebody reads.
///
/// # Errors
/// The problem of a store that does not answer, or that has other bytes than were kept.
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
    let opened = tokio::task::spawn_blocking(move || Parts::open(&desk.store, &key)).await;
    let parts = opened.map_err(std::io::Error::other).flatten();
    let parts = parts.map_err(|e| DbError::Data(format!("the file store: {}", e.kind())))?;
    let (answer, sent) = match range {
        Some((first, last)) => {
            let answer = answer.status(StatusCode::PARTIAL_CONTENT);
            (answer.header(header::CONTENT_RANGE, format!("bytes {first}-{last}/{whole}")), first..last + 1)
        }
        None => (answer, 0..whole),
    };
    answer.body(Body::new(Played { parts: Arc::new(parts), left: sent, reading: None })).map_err(fault)
}

/// Bytes of a film on their way, read as they are taken.
struct Played {
    parts: Arc<Parts>,
    /// From where to where, in bytes of the whole.
    left: Range<u64>,
    reading: Option<JoinHandle<io::Result<Vec<u8>>>>,
}

impl Played {
    /// Of the part that was read, what is asked for.
    fn cut(&mut self, mut bytes: Vec<u8>) -> io::Result<Bytes> {
        let size = PART as u64;
        let from = usize::try_from(self.left.start % size).map_err(io::Error::other)?;
        let many = (size - self.left.start % size).min(self.left.end - self.left.start);
        let until = from.saturating_add(usize::try_from(many).map_err(io::Error::other)?);
        if bytes.len() < until {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.truncate(until);
        self.left.start += many;
        Ok(Bytes::from(bytes).slice(from..))
    }
}

impl HttpBody for Played {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut task::Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let played = self.get_mut();
        if played.left.is_empty() {
            return Poll::Ready(None);
        }
        let at = usize::try_from(played.left.start / PART as u64).unwrap_or(usize::MAX);
        let parts = &played.parts;
        let reading = played.reading.get_or_insert_with(|| {
            let parts = parts.clone();
            tokio::task::spawn_blocking(move || parts.part(at))
        });
        let Poll::Ready(read) = Pin::new(reading).poll(cx) else { return Poll::Pending };
        played.reading = None;
        let bytes = read.map_err(io::Error::other).flatten().and_then(|bytes| played.cut(bytes));
        if bytes.is_err() {
            // what is wrong is not sent, and nothing behind it
            played.left = 0..0;
        }
        Poll::Ready(Some(bytes.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.end.saturating_sub(self.left.start))
    }
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
