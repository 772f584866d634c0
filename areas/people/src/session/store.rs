//! All SQL of sessions.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, OrgId, PersonId, Post};
use rights::Permit;

use super::{MAX_SESSIONS, Session, SessionId};

/// Columns of a session in the order of its fields.
macro_rules! columns {
    () => {
        "id, token, device, made_at, made_day, seen_day, behalf"
    };
}

db::statements! {
    STATEMENTS:
    START = "INSERT INTO sessions (token, home, person, id, device, made_at, made_day, seen_day, behalf) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, NULL) ON CONFLICT (token) DO NOTHING";
    KEEP_NEWEST = "DELETE FROM sessions WHERE home = ?1 AND person = ?2 AND id NOT IN (SELECT id FROM sessions \
                   WHERE home = ?1 AND person = ?2 ORDER BY made_at DESC, id DESC LIMIT ?3)";
    BY_TOKEN = concat!("SELECT ", columns!(), ", person FROM sessions WHERE token = ?1");
    MINE = concat!("SELECT ", columns!(), " FROM sessions WHERE home = ?1 AND person = ?2 \
            ORDER BY made_at DESC, id DESC LIMIT 100");
    END = "DELETE FROM sessions WHERE token = ?1";
    END_ONE = "DELETE FROM sessions WHERE home = ?1 AND person = ?2 AND id = ?3";
    END_OTHERS = "DELETE FROM sessions WHERE home = ?1 AND person = ?2 AND token <> ?3";
    END_ALL = "DELETE FROM sessions WHERE home = ?1 AND person = ?2";
    SEEN = "UPDATE sessions SET seen_day = ?2 WHERE token = ?1 AND seen_day < ?2";
    SWITCH = "UPDATE sessions SET behalf = ?4 WHERE token = ?1 AND home = ?2 AND person = ?3";
    SWITCH_BACK = "UPDATE sessions SET behalf = NULL WHERE home = ?1 AND person = ?2 AND behalf = ?3";
    NOTE = "INSERT INTO sign_ins (home, person, id, at, how, device) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    FORGET_NOTES = "DELETE FROM sign_ins WHERE home = ?1 AND person = ?2 AND at < ?3";
    FORGET_ALL_NOTES = "DELETE FROM sign_ins WHERE (home, person, id) IN (SELECT home, person, id FROM sign_ins \
                        WHERE at < ?1 LIMIT ?2) /* across homes */";
    NOTES = "SELECT at, how, device FROM sign_ins WHERE home = ?1 AND person = ?2 ORDER BY id DESC LIMIT 500";
    /// Roles with their places, and organisations with an empty role, in force on a day.
    HELD = "SELECT role, place FROM posts WHERE person = ?1 AND from_day <= ?2 \
            AND (until_day IS NULL OR until_day >= ?2) AND (ended_day IS NULL OR ended_day > ?2) \
            UNION SELECT '', org FROM seats WHERE person = ?1 AND from_day <= ?2 \
            AND (until_day IS NULL OR until_day >= ?2) AND (ended_day IS NULL OR ended_day > ?2) LIMIT 200";
    WHO = "SELECT CASE WHEN name = '' THEN shown_name ELSE name END, verified_how, elder FROM persons \
           WHERE home = ?1 AND id = ?2";
}

/// Microseconds a note of a sign-in is kept: 200 days, over the six months of the Cybersecurity Law, art. 21.
const NOTED: i64 = 200 * 24 * 3600 * 1_000_000;

impl FromRow for Session {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Session {
            id: row.get(0)?,
            digest: row.get(1)?,
            device: row.get(2)?,
            made_at: row.get(3)?,
            made_day: row.get(4)?,
            seen_day: row.get(5)?,
            behalf: row.get(6)?,
        })
    }
}

/// A session with whose it is.
pub(super) struct Owned {
    pub session: Session,
    pub person: PersonId,
}

impl FromRow for Owned {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Owned { session: Session::from_row(row)?, person: row.get(7)? })
    }
}

/// True when there was no such session yet.
pub(super) fn start(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    person: &PersonId,
    new: (&[u8; 32], &str),
) -> Result<bool, DbError> {
    let (id, home): (SessionId, Home) = (cx.id(permit.home()), permit.home());
    let params = params![new.0, home, person, &id, new.1, cx.now, &cx.day];
    let began = tx.execute(&START, params)? == 1;
    tx.execute(&KEEP_NEWEST, params![home, person, MAX_SESSIONS])?;
    Ok(began)
}

/// Notes a sign-in, and forgets those of the time before.
pub(super) fn note(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    person: &PersonId,
    what: (&str, &str),
) -> Result<(), DbError> {
    let (id, home): (SessionId, Home) = (cx.id(permit.home()), permit.home());
    tx.execute(&FORGET_NOTES, params![home, person, cx.now.0.saturating_sub(NOTED)])?;
    tx.execute(&NOTE, params![home, person, &id, cx.now, what.0, what.1]).map(|_| ())
}

/// Forgets notes of everybody whose time is over, `most` at a time.
pub(crate) fn forget_notes(tx: &mut Tx<'_>, now: Instant, most: i64) -> Result<u64, DbError> {
    tx.execute(&FORGET_ALL_NOTES, params![now.0.saturating_sub(NOTED), most])
}

pub(super) fn by_token(s: &mut Snapshot<'_>, digest: &[u8; 32]) -> Result<Option<Owned>, DbError> {
    s.optional(&BY_TOKEN, params![digest])
}

pub(super) fn mine(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Session>, DbError> {
    s.all(&MINE, params![person.home(), person])
}

pub(super) fn end(tx: &mut Tx<'_>, digest: &[u8; 32]) -> Result<bool, DbError> {
    Ok(tx.execute(&END, params![digest])? == 1)
}

pub(super) fn end_one(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId, id: &SessionId) -> Result<bool, DbError> {
    Ok(tx.execute(&END_ONE, params![permit.home(), person, id])? == 1)
}

pub(super) fn end_others(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId, this: &[u8; 32]) -> Result<u64, DbError> {
    tx.execute(&END_OTHERS, params![permit.home(), person, this])
}

pub(super) fn end_all(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId) -> Result<u64, DbError> {
    tx.execute(&END_ALL, params![permit.home(), person])
}

pub(super) fn seen(tx: &mut Tx<'_>, digest: &[u8; 32], day: &Day) -> Result<bool, DbError> {
    Ok(tx.execute(&SEEN, params![digest, day])? == 1)
}

pub(super) fn switch(
    tx: &mut Tx<'_>,
    permit: &Permit,
    person: &PersonId,
    digest: &[u8; 32],
    behalf: Option<&PersonId>,
) -> Result<bool, DbError> {
    Ok(tx.execute(&SWITCH, params![digest, permit.home(), person, behalf])? == 1)
}

/// Sessions of `taker` that act for `giver` act for nobody any more.
pub(crate) fn switch_back(tx: &mut Tx<'_>, _: &Permit, taker: &PersonId, giver: &PersonId) -> Result<u64, DbError> {
    tx.execute(&SWITCH_BACK, params![taker.home(), taker, giver])
}

pub(super) fn notes(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<(Instant, String, String)>, DbError> {
    s.all(&NOTES, params![person.home(), person])
}

/// Posts and seats in force on the day.
pub(super) fn held(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<(Vec<Post>, Vec<OrgId>), DbError> {
    let rows: Vec<(String, String)> = s.all(&HELD, params![person, day])?;
    let wrong = |text: &str| DbError::Data(format!("held: {text}"));
    let (mut posts, mut seats) = (Vec::new(), Vec::new());
    for (role, id) in rows {
        if role.is_empty() {
            seats.push(id.parse().map_err(|_| wrong(&id))?);
        } else {
            let role = role.parse().map_err(|()| wrong(&role))?;
            posts.push(Post { role, place: id.parse().map_err(|_| wrong(&id))? });
        }
    }
    Ok((posts, seats))
}

/// Name, verification and view of a person.
pub(super) fn who(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<(String, String, Option<bool>)>, DbError> {
    s.optional(&WHO, params![person.home(), person])
}
