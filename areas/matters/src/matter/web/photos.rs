//! Photos and documents of a matter: shown in the thread, served to whoever may see their step.

use axum::{extract::State as Shared, response::Response};
use ui::{Markup, Words, html};
use web::{
    MAX_FILES, PathId, Problem, Rim, Visit,
    photos::{self, Takes},
};
use work::files::{File, FileId, FileKind};

use crate::matter::{MatterId, Step, queries};

/// What a step of a matter takes.
pub(super) const TAKES: Takes = Takes { most: MAX_FILES, documents: true };

/// The files of a step.
pub(super) fn of_step(w: Words, id: &MatterId, files: &[File], step: &Step) -> Markup {
    let mine = || files.iter().filter(|file| step.files.iter().any(|id| id == file.id.as_str()));
    html! {
        (photos::side_by_side(w, &format!("/matters/{id}"), mine()))
        @for file in mine().filter(|file| file.kind == FileKind::Pdf) {
            p { a href={ "/matters/" (id) "/files/" (file.id) } { (file.name) } }
        }
    }
}

/// `GET /matters/{matter}/files/{file}`: one photo or document.
pub(super) async fn whole(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((id, file)): PathId<(MatterId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, (id, file), false).await
}

/// `GET /matters/{matter}/files/{file}/small`: the small picture of a photo.
pub(super) async fn small(
    Shared(rim): Shared<Rim>,
    visit: Visit,
    PathId((id, file)): PathId<(MatterId, FileId)>,
) -> Result<Response, Problem> {
    serve(&rim, &visit, (id, file), true).await
}

async fn serve(rim: &Rim, visit: &Visit, (id, file): (MatterId, FileId), small: bool) -> Result<Response, Problem> {
    let actor = visit.actor.clone();
    let file = rim.db.read(move |s| queries::file(s, &actor, &id, &file)).await?;
    photos::serve(rim, &file, small).await
}
