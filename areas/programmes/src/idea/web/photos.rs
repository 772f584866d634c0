//! Photos of an idea, served to whoever may see it.

use axum::{extract::State as Shared, response::Response};
use web::{
    PathId, Problem, Rim, Visit,
    photos::{self, Takes},
};
use work::files::FileId;

use crate::{
    SeasonId,
    idea::{IdeaId, MAX_PHOTOS, queries},
};

/// What an idea takes.
pub(super) const TAKES: Takes = Takes { most: MAX_PHOTOS, documents: false };

/// `GET /seasons/{season}/ideas/{idea}/files/{file}`: one photo.
pub(super) async fn whole(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, IdeaId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, false).await
}

/// `GET /seasons/{season}/ideas/{idea}/files/{file}/small`: the small picture of a photo.
pub(super) async fn small(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId(ids): PathId<(SeasonId, IdeaId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, ids, true).await
}

async fn serve(
    rim: &Rim,
    visit: &Visit,
    (season, id, file): (SeasonId, IdeaId, FileId),
    small: bool,
) -> Result<Response, Problem> {
    let cx = rim.context_of(visit);
    let file = rim.db.read(move |s| queries::file(s, &cx, (&season, &id), &file)).await?;
    photos::serve(rim, &file, small).await
}
