//! All SQL of notices.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Instant, PersonId};
use rights::Permit;

use crate::site::below;

use super::{Notice, NoticeId, Objection, ObjectionId, Period, Version};

macro_rules! notice_columns {
    () => {
        "id, place, path, place_name, matter, subject_kind, subject, kind, title, body, law, min_days, days, counted, from_day, \
         until_day, provisional, state, version, revision, objections, open_objections, upheld_objections, drafted_by, \
         drafted_at, posted_by, posted_at, closed_at, closed_day, reason"
    };
}

macro_rules! objection_columns {
    () => {
        "id, notice, version, author, shown_as, words, state, due_day, due_provisional, answer, answered_by, \
         answered_day, corrected_in, made_at, made_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = concat!("INSERT INTO notices (home, id, place, path, place_name, matter, subject_kind, subject, kind, title, body, \
              law, min_days, days, counted, provisional, state, version, revision, objections, open_objections, \
              upheld_objections, drafted_by, drafted_at, reason, once) VALUES (?1, ?2, ?3, ", places::path_now!("?3", "?4"), ", \
              ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 'draft', 0, 0, 0, 0, 0, ?17, ?18, '', ?19) \
              ON CONFLICT (home, place, once) DO NOTHING");
    NOTICE = concat!("SELECT ", notice_columns!(), " FROM notices WHERE home = ?1 AND id = ?2");
    NOTICE_ONCE = concat!("SELECT ", notice_columns!(), " FROM notices WHERE home = ?1 AND place = ?2 AND once = ?3");
    BY_SUBJECT = concat!("SELECT ", notice_columns!(), " FROM notices WHERE home = ?1 AND subject_kind = ?2 \
                 AND subject = ?3 AND state <> 'draft' ORDER BY id DESC LIMIT ?4");
    BY_MATTER = concat!("SELECT ", notice_columns!(), " FROM notices WHERE home = ?1 AND matter = ?2 \
                AND state <> 'draft' ORDER BY id DESC LIMIT ?3");
    /// Guarded by the revision that was read: a wording goes up once.
    PUT_UP = "UPDATE notices SET title = ?4, body = ?5, law = ?6, min_days = ?7, days = ?8, counted = ?9, \
              from_day = ?10, until_day = ?11, provisional = ?12, state = 'posted', version = version + 1, \
              upheld_objections = 0, posted_by = ?13, posted_at = ?14, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3";
    /// Guarded by the revision that was read.
    CLOSE = "UPDATE notices SET state = ?4, closed_at = ?5, closed_day = ?6, reason = ?7, revision = revision + 1 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3";
    /// The guard of objections: none slips in when the notice has just ended, or after its last day.
    COUNT_OBJECTION = "UPDATE notices SET objections = objections + 1, open_objections = open_objections + 1, \
                       revision = revision + 1 \
                       WHERE home = ?1 AND id = ?2 AND state = 'posted' AND until_day >= ?3 AND objections < ?4";
    /// An answer is one objection less that waits; an upheld one is a correction more that is owed.
    COUNT_ANSWER = "UPDATE notices SET open_objections = open_objections - 1, \
                    upheld_objections = upheld_objections + ?3, revision = revision + 1 WHERE home = ?1 AND id = ?2";

    INSERT_VERSION = "INSERT INTO notice_versions (home, notice, version, title, body, why, from_day, until_day, \
                      posted_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    VERSIONS = "SELECT version, title, body, why, from_day, until_day, posted_by FROM notice_versions \
                WHERE home = ?1 AND notice = ?2 ORDER BY version DESC LIMIT ?3";
    POSTERS = "SELECT DISTINCT posted_by FROM notice_versions \
               WHERE home = ?1 AND notice = ?2 AND posted_by IS NOT NULL ORDER BY posted_by";

    INSERT_OBJECTION = "INSERT INTO objections (home, id, notice, version, author, shown_as, words, state, due_day, \
                        due_provisional, answer, made_at, made_day, once) \
                        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 'open', ?8, ?9, '', ?10, ?11, ?12)";
    OBJECTION = concat!("SELECT ", objection_columns!(), " FROM objections WHERE home = ?1 AND id = ?2");
    OBJECTION_ONCE =
        concat!("SELECT ", objection_columns!(), " FROM objections WHERE home = ?1 AND notice = ?2 AND once = ?3");
    OBJECTIONS = concat!("SELECT ", objection_columns!(), " FROM objections WHERE home = ?1 AND notice = ?2 AND id > ?3 \
                 ORDER BY id LIMIT ?4");
    /// The guard of answers: an objection is answered once.
    ANSWER = "UPDATE objections SET state = ?3, answer = ?4, answered_by = ?5, answered_day = ?6 \
              WHERE home = ?1 AND id = ?2 AND state = 'open'";
    SETTLE_UPHELD = "UPDATE objections SET corrected_in = ?3 \
                     WHERE home = ?1 AND notice = ?2 AND state = 'upheld' AND corrected_in IS NULL";

    /// The board, across places: notices are few. What ends first comes first.
    RUNNING = concat!("SELECT ", notice_columns!(), " FROM notices WHERE state = 'posted' AND (until_day, id) > (?1, ?2) \
              AND path >= ?3 AND path < ?4 AND (?5 = '' OR kind = ?5) ORDER BY until_day, id LIMIT ?6");
    PAST = concat!("SELECT ", notice_columns!(), " FROM notices WHERE closed_at IS NOT NULL \
           AND (closed_at, id) < (?1, ?2) AND path >= ?3 AND path < ?4 AND (?5 = '' OR kind = ?5) \
           ORDER BY closed_at DESC, id DESC LIMIT ?6");
    DRAFTS = concat!("SELECT ", notice_columns!(), " FROM notices WHERE state = 'draft' AND id < ?1 \
             AND path >= ?2 AND path < ?3 ORDER BY id DESC LIMIT ?4");
    NEWEST = concat!("SELECT ", notice_columns!(), " FROM notices WHERE state <> 'draft' AND posted_at > ?1 \
             AND path >= ?2 AND path < ?3 ORDER BY posted_at DESC, id DESC LIMIT ?4");
    FOLLOW = places::follow!("notices");
}

fn word<T: std::str::FromStr<Err = ()>>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let text: String = row.get(at)?;
    text.parse().map_err(|()| DbError::Data(format!("column {at}: {text}")))
}

impl FromRow for Notice {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Notice {
            id: row.get(0)?,
            place: row.get(1)?,
            path: row.get(2)?,
            place_name: row.get(3)?,
            matter: row.get(4)?,
            subject_kind: row.get(5)?,
            subject: row.get(6)?,
            kind: row.get(7)?,
            title: row.get(8)?,
            body: row.get(9)?,
            law: row.get(10)?,
            min_days: row.get(11)?,
            days: row.get(12)?,
            counted: word(row, 13)?,
            from_day: row.get(14)?,
            until_day: row.get(15)?,
            provisional: row.get(16)?,
            state: word(row, 17)?,
            version: row.get(18)?,
            revision: row.get(19)?,
            n_objections: row.get(20)?,
            n_open: row.get(21)?,
            n_upheld: row.get(22)?,
            drafted_by: row.get(23)?,
            drafted_at: row.get(24)?,
            posted_by: row.get(25)?,
            posted_at: row.get(26)?,
            closed_at: row.get(27)?,
            closed_day: row.get(28)?,
            reason: row.get(29)?,
        })
    }
}

impl FromRow for Objection {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Objection {
            id: row.get(0)?,
            notice: row.get(1)?,
            version: row.get(2)?,
            author: row.get(3)?,
            shown_as: row.get(4)?,
            words: row.get(5)?,
            state: word(row, 6)?,
            due_day: row.get(7)?,
            due_provisional: row.get(8)?,
            answer: row.get(9)?,
            answered_by: row.get(10)?,
            answered_day: row.get(11)?,
            corrected_in: row.get(12)?,
            made_at: row.get(13)?,
            made_day: row.get(14)?,
        })
    }
}

db::record!(Version { version, title, body, why, from_day, until_day, posted_by });

/// False when this `once` is there already.
pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, notice: &Notice, once: &str) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &notice.id,
        &notice.place,
        &notice.path,
        &notice.place_name,
        notice.matter.as_ref(),
        &notice.subject_kind,
        &notice.subject,
        &notice.kind,
        &notice.title,
        &notice.body,
        &notice.law,
        notice.min_days,
        notice.days,
        notice.counted.as_str(),
        notice.provisional,
        notice.drafted_by.as_ref(),
        notice.drafted_at,
        once,
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(crate) fn notice(s: &mut Snapshot<'_>, id: &NoticeId) -> Result<Option<Notice>, DbError> {
    s.optional(&NOTICE, params![id.home(), id])
}

pub(crate) fn notice_once(
    s: &mut Snapshot<'_>,
    place: &kernel::PlaceId,
    once: &str,
) -> Result<Option<Notice>, DbError> {
    s.optional(&NOTICE_ONCE, params![place.home(), place, once])
}

/// Puts a wording up for a period: the first, or the one that corrects. False when the notice is no longer as it was
/// read.
pub(crate) fn put_up(
    tx: &mut Tx<'_>,
    permit: &Permit,
    cx: &Context,
    new: &Notice,
    period: &Period,
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &new.id,
        new.revision,
        &new.title,
        &new.body,
        &new.law,
        new.min_days,
        new.days,
        new.counted.as_str(),
        &period.from,
        &period.until,
        period.provisional,
        cx.author(),
        cx.now,
    ];
    Ok(tx.execute(&PUT_UP, params)? == 1)
}

pub(crate) fn insert_version(
    tx: &mut Tx<'_>,
    permit: &Permit,
    notice: &NoticeId,
    version: &Version,
) -> Result<(), DbError> {
    let Version { version, title, body, why, from_day, until_day, posted_by } = version;
    let params = params![permit.home(), notice, *version, title, body, why, from_day, until_day, posted_by.as_ref()];
    tx.execute(&INSERT_VERSION, params).map(|_| ())
}

/// Ends or withdraws; false when the notice is no longer as it was read.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    permit: &Permit,
    notice: &Notice,
    state: super::State,
    (now, day, reason): (Instant, &Day, &str),
) -> Result<bool, DbError> {
    let params = params![permit.home(), &notice.id, notice.revision, state.as_str(), now, day, reason];
    Ok(tx.execute(&CLOSE, params)? == 1)
}

pub(crate) fn versions(s: &mut Snapshot<'_>, id: &NoticeId, limit: i64) -> Result<Vec<Version>, DbError> {
    s.all(&VERSIONS, params![id.home(), id, limit])
}

/// Everybody who put up one of its wordings.
pub(crate) fn posters(s: &mut Snapshot<'_>, id: &NoticeId) -> Result<Vec<PersonId>, DbError> {
    let rows: Vec<(PersonId,)> = s.all(&POSTERS, params![id.home(), id])?;
    Ok(rows.into_iter().map(|(person,)| person).collect())
}

/// False when the notice takes no objection any more.
pub(crate) fn count_objection(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &NoticeId,
    day: &Day,
    limit: u32,
) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_OBJECTION, params![permit.home(), id, day, limit])? == 1)
}

pub(crate) fn insert_objection(
    tx: &mut Tx<'_>,
    permit: &Permit,
    objection: &Objection,
    once: &str,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &objection.id,
        &objection.notice,
        objection.version,
        objection.author.as_ref(),
        &objection.shown_as,
        &objection.words,
        &objection.due_day,
        objection.due_provisional,
        objection.made_at,
        &objection.made_day,
        once,
    ];
    tx.execute(&INSERT_OBJECTION, params).map(|_| ())
}

pub(crate) fn objection(s: &mut Snapshot<'_>, id: &ObjectionId) -> Result<Option<Objection>, DbError> {
    s.optional(&OBJECTION, params![id.home(), id])
}

pub(crate) fn objection_once(
    s: &mut Snapshot<'_>,
    notice: &NoticeId,
    once: &str,
) -> Result<Option<Objection>, DbError> {
    s.optional(&OBJECTION_ONCE, params![notice.home(), notice, once])
}

pub(crate) fn objections(
    s: &mut Snapshot<'_>,
    notice: &NoticeId,
    after: Option<&ObjectionId>,
    limit: i64,
) -> Result<Vec<Objection>, DbError> {
    let after = after.map_or("", ObjectionId::as_str);
    s.all(&OBJECTIONS, params![notice.home(), notice, after, limit])
}

/// False when somebody answered before.
pub(crate) fn answer(tx: &mut Tx<'_>, permit: &Permit, answered: &Objection) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        &answered.id,
        answered.state.as_str(),
        &answered.answer,
        answered.answered_by.as_ref(),
        answered.answered_day.as_ref(),
    ];
    Ok(tx.execute(&ANSWER, params)? == 1)
}

pub(crate) fn count_answer(tx: &mut Tx<'_>, permit: &Permit, id: &NoticeId, upheld: bool) -> Result<(), DbError> {
    tx.execute(&COUNT_ANSWER, params![permit.home(), id, i64::from(upheld)]).map(|_| ())
}

pub(crate) fn settle_upheld(tx: &mut Tx<'_>, permit: &Permit, id: &NoticeId, version: u32) -> Result<u64, DbError> {
    tx.execute(&SETTLE_UPHELD, params![permit.home(), id, version])
}

pub(crate) fn running(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    kind: &str,
    after: Option<(&Day, &NoticeId)>,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let (day, id) = after.map_or(("", ""), |(day, id)| (day.as_str(), id.as_str()));
    let (first, end) = below(path);
    s.all(&RUNNING, params![day, id, &first, &end, kind, limit])
}

pub(crate) fn past(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    kind: &str,
    before: Option<(Instant, &NoticeId)>,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let (at, id) = before.map_or((Instant(i64::MAX), "~"), |(at, id)| (at, id.as_str()));
    let (first, end) = below(path);
    s.all(&PAST, params![at, id, &first, &end, kind, limit])
}

pub(crate) fn drafts(
    s: &mut Snapshot<'_>,
    path: &str,
    before: Option<&NoticeId>,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let (first, end) = below(Some(path));
    s.all(&DRAFTS, params![before.map_or("~", NoticeId::as_str), &first, &end, limit])
}

pub(crate) fn newest(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    since: Instant,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    let (first, end) = below(path);
    s.all(&NEWEST, params![since, &first, &end, limit])
}

pub(crate) fn by_subject(
    s: &mut Snapshot<'_>,
    home: kernel::Home,
    kind: &str,
    subject: &str,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    s.all(&BY_SUBJECT, params![home, kind, subject, limit])
}

pub(crate) fn by_matter(
    s: &mut Snapshot<'_>,
    home: kernel::Home,
    matter: &str,
    limit: i64,
) -> Result<Vec<Notice>, DbError> {
    s.all(&BY_MATTER, params![home, matter, limit])
}
