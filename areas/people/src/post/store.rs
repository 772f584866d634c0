//! All SQL of posts.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, Home, PersonId, PlaceId, Post, Role};
use rights::Permit;

use super::{Appointment, Holder, PostId};

/// Columns of a post in the order of its fields.
macro_rules! columns {
    () => {
        "o.id, o.person, o.role, o.place, o.term, o.from_day, o.until_day, o.stand_in_for, o.open_duties, o.ended_day"
    };
}

/// In force on day `?2`.
macro_rules! in_force {
    () => {
        "o.from_day <= ?2 AND (o.until_day IS NULL OR o.until_day >= ?2) AND (o.ended_day IS NULL OR o.ended_day > ?2)"
    };
}

db::statements! {
    STATEMENTS:
    /// The unique key with `term` refuses the second of two appointments at once.
    INSERT = concat!("INSERT INTO posts (home, id, person, person_home, role, place, path, term, from_day, until_day, \
              stand_in_for, given_by, given_day, reason) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ", places::path_now!("?6", "?7"), ", ?8, ?9, ?10, ?11, ?12, ?13, ?14)");
    BY_ID = concat!("SELECT ", columns!(), " FROM posts o WHERE o.home = ?1 AND o.id = ?2");
    /// The last term, and the first day of one that overlaps the days `?5` to `?6`.
    TERMS = "SELECT COALESCE(MAX(term), 0), MIN(CASE WHEN from_day <= ?6 AND (until_day IS NULL OR until_day >= ?5) \
             AND (ended_day IS NULL OR ended_day > ?5) THEN from_day END) \
             FROM posts WHERE home = ?1 AND place = ?2 AND role = ?3 AND person = ?4";
    /// Holds the row, so that it is not ended meanwhile.
    HOLD = "SELECT home FROM posts WHERE home = ?1 AND id = ?2 AND ended_day IS NULL {share}";
    /// The guard of the end: it touches the row once, and only while nothing is owed.
    END = "UPDATE posts SET ended_day = ?3, ended_by = ?4, ended_reason = ?5 \
           WHERE home = ?1 AND id = ?2 AND ended_day IS NULL AND open_duties = 0";
    END_STAND_INS = "UPDATE posts SET ended_day = ?3, ended_by = ?4, ended_reason = ?5 \
                     WHERE home = ?1 AND stand_in_for = ?2 AND ended_day IS NULL \
                     AND (until_day IS NULL OR until_day >= ?3)";
    /// Only a post that has not ended takes a duty.
    HOLD_DUTY = "UPDATE posts SET open_duties = open_duties + 1 WHERE home = ?1 AND id = ?2 AND stand_in_for IS NULL \
                 AND ended_day IS NULL AND (until_day IS NULL OR until_day >= ?3)";
    RELEASE_DUTY = "UPDATE posts SET open_duties = open_duties - 1 WHERE home = ?1 AND id = ?2 AND open_duties > 0";
    /// Everywhere, by person: the question at the door.
    IN_FORCE = concat!("SELECT o.role, o.place FROM posts o WHERE o.person = ?1 AND ", in_force!(),
               " ORDER BY o.from_day, o.id LIMIT 100");
    OF_PERSON = concat!("SELECT ", columns!(), ", p.shown, p.path FROM posts o JOIN places p ON p.id = o.place \
                WHERE o.person = ?1 ORDER BY o.from_day DESC, o.id DESC LIMIT 100");
    /// Those at the place and all above it who hold the role, nearest first.
    HOLDERS = concat!("WITH RECURSIVE up (home, id, parent, height) AS ( \
              SELECT home, id, parent, 0 FROM places WHERE id = ?1 UNION ALL SELECT p.home, p.id, p.parent, \
              up.height + 1 FROM places p JOIN up ON p.id = up.parent WHERE up.height < 12) \
              SELECT ", columns!(), " FROM up JOIN posts o ON o.home = up.home AND o.place = up.id WHERE o.role = ?3 AND ", in_force!(), " ORDER BY up.height, o.id LIMIT 50");
    /// At the place and below it, in the order of the tree; `?5` is the last one seen and `?8` its home, `?6` names a
    /// role, or they are empty.
    LIST = concat!("SELECT ", columns!(), ", p.shown, o.path, COALESCE(n.name, '') FROM posts o \
           JOIN places p ON p.id = o.place LEFT JOIN persons n ON n.home = o.person_home AND n.id = o.person \
           WHERE o.home = ?1 AND ", in_force!(), " AND o.path >= ?3 AND o.path < ?4 \
           AND (o.path, o.id) > (COALESCE((SELECT a.path FROM posts a WHERE a.home = ?8 AND a.id = ?5), ''), ?5) \
           AND (?6 = '' OR o.role = ?6) ORDER BY o.path, o.id LIMIT ?7");
    /// Posts that ran out while they still owed something.
    LEFT_OPEN = concat!("SELECT ", columns!(), ", p.shown, o.path, COALESCE(n.name, '') FROM posts o \
                JOIN places p ON p.id = o.place LEFT JOIN persons n ON n.home = o.person_home AND n.id = o.person \
                WHERE o.home = ?1 AND o.until_day < ?2 AND o.open_duties > 0 AND o.path >= ?3 AND o.path < ?4 \
                ORDER BY o.path, o.id LIMIT ?5");
    FOLLOW = places::follow!("posts");
}

impl FromRow for Appointment {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let role: String = row.get(2)?;
        Ok(Appointment {
            id: row.get(0)?,
            person: row.get(1)?,
            role: parsed(&role)?,
            place: row.get(3)?,
            term: row.get(4)?,
            from: row.get(5)?,
            until: row.get(6)?,
            stand_in_for: row.get(7)?,
            open_duties: row.get(8)?,
            ended: row.get(9)?,
        })
    }
}

impl FromRow for Holder {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Holder { post: Appointment::from_row(row)?, place: row.get(10)?, path: row.get(11)?, name: row.get(12)? })
    }
}

/// A role and a place.
struct Plain(Post);

impl FromRow for Plain {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let role: String = row.get(0)?;
        Ok(Plain(Post { role: parsed(&role)?, place: row.get(1)? }))
    }
}

fn parsed(role: &str) -> Result<Role, DbError> {
    role.parse().map_err(|()| DbError::Data(format!("role {role}")))
}

/// What an appointment adds to the post itself.
pub(crate) struct New<'a> {
    pub post: &'a Appointment,
    pub path: &'a str,
    pub given_by: Option<&'a PersonId>,
    pub given: &'a Day,
    pub reason: &'a str,
}

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, new: &New<'_>) -> Result<(), DbError> {
    let post = new.post;
    let params = params![
        permit.home(),
        &post.id,
        &post.person,
        post.person.home(),
        post.role.as_str(),
        &post.place,
        new.path,
        post.term,
        &post.from,
        post.until.as_ref(),
        post.stand_in_for.as_ref(),
        new.given_by,
        new.given,
        new.reason,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &PostId) -> Result<Option<Appointment>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

/// A role of a person at a place.
pub(crate) struct Wanted<'a> {
    pub person: &'a PersonId,
    pub role: Role,
    pub place: &'a PlaceId,
    pub from: &'a Day,
    pub until: Option<&'a Day>,
}

/// The last term so far, and the first day of a term that overlaps.
pub(crate) fn terms(s: &mut Snapshot<'_>, home: Home, wanted: &Wanted<'_>) -> Result<(u32, Option<Day>), DbError> {
    // sorts after every day
    let until = wanted.until.map_or("9999-99-99", Day::as_str);
    s.one(&TERMS, params![home, wanted.place, wanted.role.as_str(), wanted.person, wanted.from, until])
}

/// False when it has ended.
pub(crate) fn hold(tx: &mut Tx<'_>, _: &Permit, id: &PostId) -> Result<bool, DbError> {
    Ok(tx.optional::<(i64,)>(&HOLD, params![id.home(), id])?.is_some())
}

/// Who ended something, when and why.
pub(crate) struct Ending<'a> {
    pub day: &'a Day,
    pub by: Option<&'a PersonId>,
    pub reason: &'a str,
}

/// False when it has ended already or still owes something.
pub(crate) fn end(tx: &mut Tx<'_>, _: &Permit, id: &PostId, how: &Ending<'_>) -> Result<bool, DbError> {
    Ok(tx.execute(&END, params![id.home(), id, how.day, how.by, how.reason])? == 1)
}

pub(crate) fn end_stand_ins(tx: &mut Tx<'_>, _: &Permit, id: &PostId, how: &Ending<'_>) -> Result<u64, DbError> {
    tx.execute(&END_STAND_INS, params![id.home(), id, how.day, how.by, how.reason])
}

pub(crate) fn hold_duty(tx: &mut Tx<'_>, _: &Permit, id: &PostId, day: &Day) -> Result<bool, DbError> {
    Ok(tx.execute(&HOLD_DUTY, params![id.home(), id, day])? == 1)
}

pub(crate) fn release_duty(tx: &mut Tx<'_>, _: &Permit, id: &PostId) -> Result<bool, DbError> {
    Ok(tx.execute(&RELEASE_DUTY, params![id.home(), id])? == 1)
}

pub(crate) fn in_force(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Vec<Post>, DbError> {
    let found: Vec<Plain> = s.all(&IN_FORCE, params![person, day])?;
    Ok(found.into_iter().map(|plain| plain.0).collect())
}

/// A post with the place's name and path.
pub(crate) struct OfPerson {
    pub post: Appointment,
    pub place: String,
    pub path: String,
}

impl FromRow for OfPerson {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(OfPerson { post: Appointment::from_row(row)?, place: row.get(10)?, path: row.get(11)? })
    }
}

pub(crate) fn of_person(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<OfPerson>, DbError> {
    s.all(&OF_PERSON, params![person])
}

pub(crate) fn holders(
    s: &mut Snapshot<'_>,
    place: &PlaceId,
    role: Role,
    day: &Day,
) -> Result<Vec<Appointment>, DbError> {
    s.all(&HOLDERS, params![place, day, role.as_str()])
}

/// Which part of the list.
pub(crate) struct Which<'a> {
    pub home: Home,
    /// The place's way down from the root.
    pub path: &'a str,
    pub day: &'a Day,
    pub role: Option<Role>,
    /// The last one seen; `None` for the first page.
    pub after: Option<&'a PostId>,
}

pub(crate) fn list(s: &mut Snapshot<'_>, which: &Which<'_>, limit: i64) -> Result<Vec<Holder>, DbError> {
    let end = after_all_below(which.path);
    let after = which.after.map_or("", PostId::as_str);
    let role = which.role.map_or("", Role::as_str);
    let after_home = which.after.map_or(which.home, PostId::home);
    s.all(&LIST, params![which.home, which.day, which.path, &end, after, role, limit, after_home])
}

pub(crate) fn left_open(
    s: &mut Snapshot<'_>,
    home: Home,
    path: &str,
    day: &Day,
    limit: i64,
) -> Result<Vec<Holder>, DbError> {
    let end = after_all_below(path);
    s.all(&LEFT_OPEN, params![home, day, path, &end, limit])
}

/// Every path that begins with `path` and a slash sorts before this: `0` comes right after `/`.
pub(crate) fn after_all_below(path: &str) -> String {
    format!("{path}0")
}
