//! All SQL of activities.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Context, Home, Instant};
use programmes::SeasonId;
use rights::Permit;

use super::{Activity, ActivityId, rules::Draft};

/// Columns of an activity in the order of its fields, with how many came.
macro_rules! columns {
    ($($came:tt)*) => {
        concat!("a.id, a.season, a.project, a.place, a.theme, a.title, a.about, a.spot, a.starts_at, a.ends_at, a.day, \
                a.capacity, a.hours, a.owner, a.org, a.cancelled_at, a.cancelled_reason, a.heads, a.waiting, ",
                $($came)*, ", a.revision")
    };
}

/// Who came and counts now: an attendance may be struck out among the attendances, where this area does not hear of it.
macro_rules! came {
    () => {
        "CASE WHEN a.checked = 0 THEN 0 ELSE (SELECT COUNT(*) FROM attendance t WHERE t.home = a.home \
         AND t.event_kind = 'activity' AND t.event = a.id AND t.struck_at IS NULL AND NOT t.estimated) END"
    };
}

/// Activities of a place and everything below it. They may be of several homes, while attendances are asked of one: how
/// many came is as it was kept at the last check-in.
macro_rules! below {
    ($($rest:tt)*) => {
        concat!("SELECT ", columns!("a.checked"), " FROM activities a JOIN places w ON w.id = a.place \
                WHERE w.path >= ?1 AND w.path < ?2 AND ", $($rest)*)
    };
}

/// Activities of a season, of one project where one is named.
macro_rules! of_season {
    ($($rest:tt)*) => {
        concat!("SELECT ", columns!(came!()), " FROM activities a WHERE a.home = ?1 AND a.season = ?2 \
                AND (?3 = 0 OR a.project = ?3) AND ", $($rest)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO activities (home, id, season, project, place, theme, title, about, spot, starts_at, ends_at, \
              day, capacity, hours, owner, org, secret, cancelled_reason, heads, waiting, numbers, checked, revision, \
              made_by, made_at, once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, \
              ?17, '', 0, 0, 0, 0, 0, ?18, ?19, ?20)";
    ONCE = concat!("SELECT ", columns!(came!()), " FROM activities a WHERE a.home = ?1 AND a.once = ?2");
    ACTIVITY = concat!("SELECT ", columns!(came!()), " FROM activities a WHERE a.home = ?1 AND a.id = ?2");
    SECRET = "SELECT secret FROM activities WHERE home = ?1 AND id = ?2";
    /// Whoever changes who comes to an activity waits here for whoever does at the same moment.
    HOLD = "UPDATE activities SET numbers = numbers WHERE home = ?1 AND id = ?2";
    /// Guarded by the revision that was read.
    CHANGE = "UPDATE activities SET theme = ?4, title = ?5, about = ?6, spot = ?7, starts_at = ?8, ends_at = ?9, \
              day = ?10, capacity = ?11, hours = ?12, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND cancelled_at IS NULL";
    CANCEL = "UPDATE activities SET cancelled_at = ?3, cancelled_reason = ?4, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND cancelled_at IS NULL";
    COMING = below!("a.ends_at >= ?3 AND (a.starts_at, a.id) > (?4, ?5) ORDER BY a.starts_at, a.id LIMIT ?6");
    PAST = below!("a.ends_at < ?3 AND (a.starts_at, a.id) < (?4, ?5) ORDER BY a.starts_at DESC, a.id DESC LIMIT ?6");
    COMING_OF_SEASON = of_season!("a.ends_at >= ?4 AND (a.starts_at, a.id) > (?5, ?6) ORDER BY a.starts_at, a.id LIMIT ?7");
    PAST_OF_SEASON = of_season!("a.ends_at < ?4 AND (a.starts_at, a.id) < (?5, ?6) ORDER BY a.starts_at DESC, a.id DESC LIMIT ?7");
}

db::record!(Activity {
    id,
    season,
    project,
    place,
    theme,
    title,
    about,
    spot,
    starts_at,
    ends_at,
    day,
    capacity,
    hours,
    owner,
    org,
    cancelled_at,
    cancelled_reason,
    heads,
    waiting,
    checked,
    revision
});

pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    new: &Activity,
    (secret, once, cx): (&str, &str, &Context),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &new.id,
        new.season.as_ref(),
        new.project,
        &new.place,
        &new.theme,
        &new.title,
        &new.about,
        &new.spot,
        new.starts_at,
        new.ends_at,
        &new.day,
        new.capacity,
        new.hours,
        new.owner.as_ref(),
        new.org.as_ref(),
        secret,
        cx.actor.person(),
        cx.now,
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Activity>, DbError> {
    s.optional(&ONCE, params![home, once])
}

pub(crate) fn activity(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Option<Activity>, DbError> {
    s.optional(&ACTIVITY, params![id.home(), id])
}

pub(crate) fn secret(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Option<String>, DbError> {
    let found: Option<(String,)> = s.optional(&SECRET, params![id.home(), id])?;
    Ok(found.map(|(secret,)| secret))
}

/// Waits for others who change who comes, then reads; none where there is no such activity.
pub(crate) fn held(tx: &mut Tx<'_>, id: &ActivityId) -> Result<Option<Activity>, DbError> {
    tx.execute(&HOLD, params![id.home(), id])?;
    activity(tx, id)
}

/// False when it is no longer as it was read.
pub(super) fn change(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, revision): (&ActivityId, u32),
    new: &Draft,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        id,
        revision,
        &new.theme,
        &new.title,
        &new.about,
        &new.spot,
        new.starts_at,
        new.ends_at,
        &new.day,
        new.capacity,
        new.hours,
    ];
    Ok(tx.execute(&CHANGE, params)? == 1)
}

/// False when it is cancelled already.
pub(super) fn cancel(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ActivityId,
    (at, reason): (Instant, &str),
) -> Result<bool, DbError> {
    Ok(tx.execute(&CANCEL, params![permit.home(), id, at, reason])? == 1)
}

/// Where a page begins: behind an activity, or at the beginning.
pub(super) type Behind<'a> = Option<(Instant, &'a str)>;

/// Whether what is past is asked for, the present instant, where the page begins, and how many.
pub(super) type Window<'a> = (bool, Instant, Behind<'a>, i64);

fn edge<'a>(past: bool, behind: Behind<'a>) -> (Instant, &'a str) {
    behind.unwrap_or(if past { (Instant(i64::MAX), "~") } else { (Instant(i64::MIN), "") })
}

pub(super) fn at_place(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (past, now, behind, limit): Window<'_>,
) -> Result<Vec<Activity>, DbError> {
    // '0' is the character after '/', and ids are of one length, so nothing else lies between
    let (first, end) = path.map_or_else(|| (String::new(), "~".to_owned()), |p| (p.to_owned(), format!("{p}0")));
    let (at, id) = edge(past, behind);
    s.all(if past { &PAST } else { &COMING }, params![&first, &end, now, at, id, limit])
}

pub(super) fn of_season(
    s: &mut Snapshot<'_>,
    (season, project): (&SeasonId, u32),
    (past, now, behind, limit): Window<'_>,
) -> Result<Vec<Activity>, DbError> {
    let (at, id) = edge(past, behind);
    let statement = if past { &PAST_OF_SEASON } else { &COMING_OF_SEASON };
    s.all(statement, params![season.home(), season, project, now, at, id, limit])
}
