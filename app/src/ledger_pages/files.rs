//! The files that verifiers fetch: key, checkpoint, receipts and tiles (c2sp.org/tlog-tiles).

use axum::{
    extract::{Path, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use db::DbError;
use ledger::{
    read::{self, ProofError},
    tile::{Tile, TileFault},
    tree::ProveError,
};
use web::{PathId, Problem, Rim};

use super::begun;

const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const BYTES: HeaderValue = HeaderValue::from_static("application/octet-stream");
/// What moves on with every entry.
const FRESH: HeaderValue = HeaderValue::from_static("no-cache");
/// What can never be otherwise.
const FOREVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

fn file(kind: HeaderValue, cache: HeaderValue, body: impl IntoResponse) -> Response {
    let mut response = body.into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().insert(header::CACHE_CONTROL, cache);
    response
}

/// `GET /checkpoint`: the signed note. One statement.
pub(super) async fn checkpoint(State(rim): State<Rim>) -> Result<Response, Problem> {
    let head = begun(rim.db.read(read::head).await?)?;
    Ok(file(TEXT, FRESH, head.checkpoint))
}

/// `GET /ledger/key`: the log's public key in one line, as `linli verify --key` reads it. One statement.
pub(super) async fn key(State(rim): State<Rim>) -> Result<Response, Problem> {
    let head = begun(rim.db.read(read::head).await?)?;
    Ok(file(TEXT, FRESH, format!("{}\n", head.vkey)))
}

/// `GET /ledger/entries/{seq}/proof`: the receipt (c2sp.org/tlog-proof). One statement and one for each tile.
pub(super) async fn proof(State(rim): State<Rim>, PathId(seq): PathId<u64>) -> Result<Response, Problem> {
    let found = rim.db.read(move |s| {
        let Some(head) = read::head(s)?.filter(|head| seq < head.size) else { return Ok::<_, DbError>(None) };
        match read::receipt(s, &head, seq) {
            Ok(receipt) => Ok(Some(receipt)),
            Err(error) => fault(error).map(|()| None),
        }
    });
    let receipt = found.await?.ok_or_else(|| Problem::of(StatusCode::NOT_FOUND))?;
    Ok(file(TEXT, FRESH, receipt.to_string()))
}

/// A proof that could not be made: the database's fault, or nothing there.
pub(super) fn fault(error: ProofError) -> Result<(), DbError> {
    match error {
        ProveError::Source(TileFault::Source(error)) => Err(error),
        ProveError::Source(error @ TileFault::Short { .. }) => Err(DbError::Data(error.to_string())),
        _ => Ok(()),
    }
}

/// `GET /tile/…`: hash tiles and bundles of entries. Two statements.
pub(super) async fn tile(State(rim): State<Rim>, Path(path): Path<String>) -> Result<Response, Problem> {
    let nothing = || Problem::of(StatusCode::NOT_FOUND);
    let tile = Tile::parse(&format!("tile/{path}")).ok_or_else(nothing)?;
    let found = rim.db.read(move |s| {
        // a tile that begins after the log's end is not there, whatever its level
        let Some(head) = read::head(s)?.filter(|head| tile.start() < head.size) else { return Ok::<_, DbError>(None) };
        read::tile(s, &head, &tile)
    });
    Ok(file(BYTES, FOREVER, found.await?.ok_or_else(nothing)?))
}
