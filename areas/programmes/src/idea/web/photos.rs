//! Photos of an idea: taken in with its form, served to whoever may see it.

use axum::{
    extract::State as Shared,
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use db::{DbError, Fault};
use kernel::{Kind, Refusal, Site};
use ui::{
    Markup, Words, html,
    parts::{Errors, Field, Photo, Upload as Asked, photos, upload},
};
use web::{File as SentFile, MAX_FILE, PathId, Problem, Rim, Visit};
use work::files::{File, FileId, FileKind, Upload};

use crate::{
    SeasonId,
    idea::{IdeaId, MAX_PHOTOS, queries},
};

/// Media types for the browser's chooser. What a file is, its content says.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";
/// Refusals that the field for photos says.
const OF_FILES: [&str; 9] = [
    "file-damaged",
    "file-empty",
    "file-in-use",
    "file-kind-unknown",
    "file-not-found",
    "file-too-large",
    "files-busy",
    "image-too-large",
    "too-many-files",
];

/// Files of a form, and why some were left out.
pub(super) type Came = (Vec<SentFile>, Option<Refusal>);

/// Takes the files of a form in at a place and puts their ids to those that `kept` holds from an earlier sending; what
/// was taken in before a refusal stays in `kept`, so that it need not be sent again.
///
/// # Errors
/// Refusals `too-many-files`, `file-kind-unknown` for what is no photo, and of [`work::files::Desk::receive`];
/// database faults.
pub(super) async fn receive(
    rim: &Rim,
    visit: &Visit,
    site: &Site,
    kept: &mut Vec<String>,
    (files, refusal): Came,
) -> Result<(), Fault> {
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    if kept.len() + files.len() > MAX_PHOTOS {
        let limit = i64::try_from(MAX_PHOTOS).unwrap_or(0);
        return Err(Refusal::new(Kind::Invalid, "too-many-files").with_int("limit", limit).into());
    }
    if files.is_empty() {
        return Ok(());
    }
    let desk = rim.files().map_err(|_| DbError::Data("no place for files".into()))?;
    for file in files {
        // each with a context of its own, for an id of its own
        let (desk, cx, site) = (desk.clone(), rim.context_of(visit), site.clone());
        let sent = Upload { name: file.name, bytes: file.bytes };
        let taken = tokio::task::spawn_blocking(move || desk.receive(&cx, &site, &sent)).await;
        let file = taken.map_err(|e| DbError::Data(format!("taking a file in: {e}")))??;
        if file.kind != FileKind::Photo {
            return Err(Refusal::new(Kind::Invalid, "file-kind-unknown").into());
        }
        kept.push(file.id.to_string());
    }
    Ok(())
}

/// The field of a form for photos, with what is there from an earlier sending.
pub(super) fn field(w: Words, kept: &[String], refusal: Option<&Refusal>) -> Markup {
    let error = refusal.filter(|r| OF_FILES.contains(&r.code)).and_then(|r| Errors::refusal(w, r));
    let left = MAX_PHOTOS.saturating_sub(kept.len());
    let field =
        Field { name: "photos", label: w.t("idea-photos"), hint: w.t("idea-photos-hint"), error, ..Field::default() };
    html! {
        @for id in kept { input type="hidden" name="files" value=(id); }
        @if !kept.is_empty() { p { (w.n("idea-photos-kept", kept.len())) } }
        @if left > 0 {
            (upload(w, &Asked {
                field,
                accept: ACCEPT,
                kinds: "JPG / PNG / WebP",
                most_files: u32::try_from(left).unwrap_or(1),
                most_bytes: MAX_FILE as u64,
            }))
        }
    }
}

/// The photos of an idea, side by side.
pub(super) fn of_idea(w: Words, base: &str, files: &[File]) -> Markup {
    let hrefs: Vec<(String, String)> = files
        .iter()
        .filter(|file| file.kind == FileKind::Photo)
        .map(|file| format!("{base}/files/{}", file.id))
        .map(|href| (format!("{href}/small"), href))
        .collect();
    let alts: Vec<String> = (1..=hrefs.len()).map(|n| w.n("idea-photo-alt", n)).collect();
    let list: Vec<Photo<'_>> =
        hrefs.iter().zip(&alts).map(|((src, href), alt)| Photo { src, alt, href: Some(href), caption: "" }).collect();
    html! { @if !list.is_empty() { (photos(&list)) } }
}

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
    let desk = rim.files()?.clone();
    let key = if small { file.small_key() } else { file.key() };
    let read = tokio::task::spawn_blocking(move || desk.store.whole(&key)).await;
    let bytes = read.map_err(std::io::Error::other).flatten();
    let bytes = bytes.map_err(|e| DbError::Data(format!("the file store: {}", e.kind())))?;
    let disposition = HeaderValue::from_str(&file.disposition()).map_err(|e| DbError::Data(e.to_string()))?;
    let headers: [(HeaderName, HeaderValue); 4] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(file.kind.media_type())),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        // who may see it may change, so no cache in between keeps it
        (header::CACHE_CONTROL, HeaderValue::from_static("private, max-age=3600")),
    ];
    Ok((headers, bytes).into_response())
}
