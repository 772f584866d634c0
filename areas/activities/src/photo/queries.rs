//! Reading photos.

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use programmes::SeasonId;
use work::files::{File, FileId, FileState};

use super::{MAX_PHOTOS, Photo, store};
use crate::{ActivityId, activity::queries};

/// The photos of an activity: the public ones, or all for those who take the check-ins.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn photos(s: &mut Snapshot<'_>, id: &ActivityId, inside: bool) -> Result<Vec<Photo>, DbError> {
    let mut all = store::photos(s, id, MAX_PHOTOS)?;
    all.retain(|photo| inside || photo.is_public());
    Ok(all)
}

/// The public photos of a season's activities that belong to projects and were not cancelled, by project; 2,000 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_season(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, ActivityId, Photo)>, DbError> {
    let mut all = store::of_season(s, season, 2_000)?;
    all.retain(|(_, _, photo)| photo.is_public());
    Ok(all)
}

/// The file of a photo, for whoever may see it.
///
/// # Errors
/// Refusals `file-not-found`, also where the actor may not know of it, `activity-not-found`; database faults.
pub fn file(s: &mut Snapshot<'_>, actor: &Actor, (id, file): (&ActivityId, &FileId)) -> Result<File, Fault> {
    let hidden = || Refusal::new(Kind::NotFound, "file-not-found");
    let photo = store::photo(s, id, file)?.ok_or_else(hidden)?;
    let found = work::files::file(s, file)?;
    if found.state != FileState::Attached || found.subject.as_deref() != Some(id.as_str()) {
        return Err(hidden().into());
    }
    if !photo.is_public() {
        let activity = queries::activity(s, id)?;
        let site = queries::site(s, &activity)?;
        if !queries::checks(actor, &activity, &site) {
            return Err(hidden().into());
        }
    }
    Ok(found)
}
