//! Add photos with what was asked of those on them, and take one away.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use serde::Deserialize;
use serde_json::json;
use work::files::FileId;

use super::{FACES, MAX_PHOTOS, Photo, store};
use crate::{ActivityId, checkin::take};

/// Photos as somebody sent them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddPhotos {
    /// Ids of photos that the same person sent before and that belong to nothing yet, 1 to 60.
    pub files: Vec<String>,
    /// `nobody`, `agreed` or `inside`: what was asked of those who are to be seen.
    pub faces: String,
    /// What they show, at most 60 characters. A name stands here only with its owner's consent.
    pub caption: String,
}

/// Adds them.
///
/// # Errors
/// Refusals `invalid-input`, `file-not-found`, `file-in-use`, `too-many-photos`, `activity-not-found`, `not-allowed`;
/// database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &AddPhotos) -> Result<usize, Fault> {
    let (.., permit) = take::permit(tx, cx, id)?;
    let mut shape = Shape::new();
    let caption = shape.optional_line("caption", &input.caption, 60);
    let faces = input.faces.trim().to_owned();
    if !FACES.contains(&faces.as_str()) {
        shape.error("faces", if faces.is_empty() { "required" } else { "unknown-choice" });
    }
    let mut files: Vec<FileId> = input.files.iter().filter_map(|file| file.parse().ok()).collect();
    files.sort();
    files.dedup();
    if files.is_empty() {
        shape.error("photos", "required");
    }
    let (caption, faces) = shape.finish((caption, faces))?;
    let more = i64::try_from(files.len()).unwrap_or(i64::MAX);
    if store::count(tx, id)?.saturating_add(more) > MAX_PHOTOS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-photos").with_int("limit", MAX_PHOTOS).into());
    }
    for file in &files {
        work::files::attach(tx, cx, &permit, file, id.as_str())?;
        let photo = Photo { file: file.clone(), caption: caption.clone(), faces: faces.clone(), added_at: cx.now };
        store::insert(tx, &permit, id, (&photo, cx))?;
    }
    let public = json!({ "activity": id, "photos": files.len(), "faces": faces });
    let private = json!({ "files": files, "caption": caption, "by": cx.actor.person() });
    let draft = Draft { kind: "activity.pictured", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(files.len())
}

/// Takes a photo away for good, such as when somebody on it no longer agrees.
///
/// # Errors
/// Refusals `file-not-found`, `activity-not-found`, `not-allowed`; database faults.
pub fn remove(tx: &mut Tx<'_>, cx: &mut Context, (id, file): (&ActivityId, &FileId)) -> Result<(), Fault> {
    let (.., permit) = take::permit(tx, cx, id)?;
    if !store::remove(tx, &permit, id, file)? {
        return Err(Refusal::new(Kind::NotFound, "file-not-found").into());
    }
    work::files::let_go(tx, cx, &permit, file, id.as_str())?;
    let public = json!({ "activity": id });
    let private = json!({ "file": file, "by": cx.actor.person() });
    let draft =
        Draft { kind: "activity.photo-removed", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}
