//! All SQL of photos of activities.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Context, Instant};
use programmes::SeasonId;
use rights::Permit;
use work::files::FileId;

use super::Photo;
use crate::ActivityId;

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO activity_photos (home, activity, file, caption, faces, added_by, added_at) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    REMOVE = "DELETE FROM activity_photos WHERE home = ?1 AND activity = ?2 AND file = ?3";
    PHOTO = "SELECT file, caption, faces, added_at FROM activity_photos WHERE home = ?1 AND activity = ?2 AND file = ?3";
    PHOTOS = "SELECT file, caption, faces, added_at FROM activity_photos WHERE home = ?1 AND activity = ?2 \
              ORDER BY file LIMIT ?3";
    /// The earliest of each project first, so that what is cut off are further photos of projects behind.
    OF_SEASON = "SELECT a.project, p.activity, p.file, p.caption, p.faces, p.added_at FROM activities a \
                 JOIN activity_photos p ON p.home = a.home AND p.activity = a.id WHERE a.home = ?1 AND a.season = ?2 \
                 AND a.project > 0 AND a.cancelled_at IS NULL AND p.faces <> 'inside' \
                 ORDER BY a.project, p.file LIMIT ?3";
    COUNT = "SELECT COUNT(*) FROM activity_photos WHERE home = ?1 AND activity = ?2";
}

db::record!(Photo { file, caption, faces, added_at });

pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ActivityId,
    (new, cx): (&Photo, &Context),
) -> Result<(), DbError> {
    let params = params![permit.home(), id, &new.file, &new.caption, &new.faces, cx.actor.person(), new.added_at];
    tx.execute(&INSERT, params).map(|_| ())
}

/// False when it is not there.
pub(super) fn remove(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, file: &FileId) -> Result<bool, DbError> {
    Ok(tx.execute(&REMOVE, params![permit.home(), id, file])? == 1)
}

pub(super) fn photo(s: &mut Snapshot<'_>, id: &ActivityId, file: &FileId) -> Result<Option<Photo>, DbError> {
    s.optional(&PHOTO, params![id.home(), id, file])
}

pub(super) fn photos(s: &mut Snapshot<'_>, id: &ActivityId, limit: i64) -> Result<Vec<Photo>, DbError> {
    s.all(&PHOTOS, params![id.home(), id, limit])
}

/// A photo with its project and activity.
type Row = (u32, ActivityId, FileId, String, String, Instant);

pub(super) fn of_season(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    limit: i64,
) -> Result<Vec<(u32, ActivityId, Photo)>, DbError> {
    let rows: Vec<Row> = s.all(&OF_SEASON, params![season.home(), season, limit])?;
    let photo = |(project, activity, file, caption, faces, added_at)| {
        (project, activity, Photo { file, caption, faces, added_at })
    };
    Ok(rows.into_iter().map(photo).collect())
}

pub(super) fn count(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<i64, DbError> {
    let (n,): (i64,) = s.one(&COUNT, params![id.home(), id])?;
    Ok(n)
}
