//! Photos of a form: taken in with it, kept while it is shown again, shown side by side, served. Who may send and who may
//! see them is asked by the area whose photos they are.

use axum::{
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use db::{DbError, Fault};
use kernel::{Kind, Refusal, Site};
use ui::{
    Markup, Words, html,
    parts::{self, Errors, Field, Photo},
};
use work::files::{self, FileKind};

use crate::{File, MAX_FILE, Problem, Rim, Visit};

/// Media types for the browser's chooser. What a file is, its content says.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";
/// Refusals that the field for photos says.
const OF_FILES: [&str; 9] = [
    "file-damaged",
    "file-empty",
    "file-kind-unknown",
    "file-too-large",
    "files-busy",
    "files-unattached",
    "image-too-large",
    "photos-only",
    "too-many-files",
];
/// Refusals after which the files that are kept cannot be used any more: swept, or given to another record.
const LOST: [&str; 2] = ["file-in-use", "file-not-found"];

/// Files of a form, and why some were left out.
pub type Came = (Vec<File>, Option<Refusal>);

/// What a record takes.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    /// Files at most, those of an earlier sending included.
    pub most: usize,
    /// Also documents, not photos alone.
    pub documents: bool,
}

/// Takes the files of a form in at a place and puts their ids to those that `kept` holds from an earlier sending; what
/// was taken in before a refusal stays in `kept`, so that it need not be sent again.
///
/// # Errors
/// Refusals `too-many-files`, `photos-only` for a document where none is taken, and of [`work::files::Desk::receive`]; database
/// faults.
pub async fn receive(
    (rim, visit): (&Rim, &Visit),
    site: &Site,
    takes: Takes,
    kept: &mut Vec<String>,
    (files, refusal): Came,
) -> Result<(), Fault> {
    if let Some(refusal) = refusal {
        return Err(refusal.into());
    }
    if kept.len() + files.len() > takes.most {
        let limit = i64::try_from(takes.most).unwrap_or(0);
        return Err(Refusal::new(Kind::Invalid, "too-many-files").with_int("limit", limit).into());
    }
    if files.is_empty() {
        return Ok(());
    }
    let desk = rim.files().map_err(|_| DbError::Data("no place for files".into()))?;
    for file in files {
        // each with a context of its own, for an id of its own
        let (desk, cx, site) = (desk.clone(), rim.context_of(visit), site.clone());
        let sent = files::Upload { name: file.name, bytes: file.bytes };
        let taken = tokio::task::spawn_blocking(move || desk.receive(&cx, &site, &sent)).await;
        let file = taken.map_err(|e| DbError::Data(format!("taking a file in: {e}")))??;
        if file.kind != FileKind::Photo && !takes.documents {
            return Err(Refusal::new(Kind::Invalid, "photos-only").into());
        }
        kept.push(file.id.to_string());
    }
    Ok(())
}

/// The field of a form for photos, with what is there from an earlier sending. What cannot be used any more is let go and
/// said, else the form could never be sent.
pub fn field(w: Words, name: &str, takes: Takes, kept: &[String], refusal: Option<&Refusal>) -> Markup {
    let lost = refusal.is_some_and(|refusal| LOST.contains(&refusal.code));
    let said = refusal.filter(|refusal| OF_FILES.contains(&refusal.code));
    let error = if lost { Some(w.t("photos-lost").to_owned()) } else { said.and_then(|r| Errors::refusal(w, r)) };
    let kept = if lost { &[] } else { kept };
    let left = takes.most.saturating_sub(kept.len());
    let field = Field { name, label: w.t("photos"), hint: w.t("photos-hint"), error, ..Field::default() };
    html! {
        @for id in kept { input type="hidden" name="files" value=(id); }
        @if !kept.is_empty() { p { (w.n("photos-kept", kept.len())) } }
        @if left > 0 {
            (parts::upload(w, &parts::Upload {
                field,
                accept: ACCEPT,
                kinds: "JPG / PNG / WebP",
                most_files: u32::try_from(left).unwrap_or(1),
                most_bytes: MAX_FILE as u64,
            }))
        }
    }
}

/// The photos among the files of a record, side by side, each leading to the whole one. `base` is the address under which
/// they are served.
pub fn side_by_side<'a>(w: Words, base: &str, files: impl Iterator<Item = &'a files::File>) -> Markup {
    let photos = files.filter(|file| file.kind == FileKind::Photo);
    let hrefs: Vec<(String, String)> =
        photos.map(|file| format!("{base}/files/{}", file.id)).map(|href| (format!("{href}/small"), href)).collect();
    let alts: Vec<String> = (1..=hrefs.len()).map(|n| w.n("photo-alt", n)).collect();
    let list: Vec<Photo<'_>> =
        hrefs.iter().zip(&alts).map(|((src, href), alt)| Photo { src, alt, href: Some(href), caption: "" }).collect();
    html! { @if !list.is_empty() { (parts::photos(&list)) } }
}

/// A file, or the small picture of a photo, for somebody who may see it.
///
/// # Errors
/// The problem of a store that does not answer.
pub async fn serve(rim: &Rim, file: &files::File, small: bool) -> Result<Response, Problem> {
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
