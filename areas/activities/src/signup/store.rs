//! All SQL of sign-ups.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, PersonId};
use rights::Permit;

use super::{SignUp, SignUpId, State};
use crate::ActivityId;

macro_rules! columns {
    () => {
        "id, number, person, name, heads, state, source, made_at"
    };
}

macro_rules! signups {
    ($($rest:tt)*) => {
        concat!("SELECT ", columns!(), " FROM activity_signups WHERE home = ?1 AND activity = ?2 AND ", $($rest)*)
    };
}

db::statements! {
    STATEMENTS:
    /// Nobody passes those who wait, and no more come than fit in.
    COUNT_IN = "UPDATE activities SET heads = heads + ?3, numbers = numbers + 1 WHERE home = ?1 AND id = ?2 \
                AND cancelled_at IS NULL AND waiting = 0 AND (capacity = 0 OR heads + ?3 <= capacity)";
    COUNT_WAITING = "UPDATE activities SET waiting = waiting + 1, numbers = numbers + 1 WHERE home = ?1 AND id = ?2 \
                     AND cancelled_at IS NULL";
    NUMBERS = "SELECT numbers FROM activities WHERE home = ?1 AND id = ?2";
    COUNT_UP = "UPDATE activities SET heads = heads + ?3, waiting = waiting - 1 WHERE home = ?1 AND id = ?2 \
                AND waiting > 0 AND (capacity = 0 OR heads + ?3 <= capacity)";
    COUNT_OUT = "UPDATE activities SET heads = heads - ?3, waiting = waiting - ?4 WHERE home = ?1 AND id = ?2 \
                 AND heads >= ?3 AND waiting >= ?4";
    INSERT = "INSERT INTO activity_signups (home, activity, id, number, person, name, heads, state, source, made_by, \
              made_at, who) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    SIGN_UP = signups!("id = ?3");
    BY_WHO = signups!("who = ?3");
    LINE = signups!("state = 'waiting' ORDER BY number LIMIT ?3");
    LIST = signups!("number > ?3 ORDER BY number LIMIT ?4");
    /// Only from the state in which it was read.
    MOVE = "UPDATE activity_signups SET state = ?4 WHERE home = ?1 AND activity = ?2 AND id = ?3 AND state = ?5";
    /// Who stepped back and comes again is the last one.
    AGAIN = "UPDATE activity_signups SET state = ?4, number = ?5, heads = ?6, made_at = ?7 \
             WHERE home = ?1 AND activity = ?2 AND id = ?3 AND state = 'out'";
}

impl FromRow for SignUp {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let state: String = row.get(5)?;
        Ok(SignUp {
            id: row.get(0)?,
            number: row.get(1)?,
            person: row.get(2)?,
            name: row.get(3)?,
            heads: row.get(4)?,
            state: state.parse().map_err(|()| DbError::Data(format!("sign-up state {state}")))?,
            source: row.get(6)?,
            made_at: row.get(7)?,
        })
    }
}

pub(super) fn count_in(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, heads: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_IN, params![permit.home(), id, heads])? == 1)
}

pub(super) fn count_waiting(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_WAITING, params![permit.home(), id])? == 1)
}

/// How many numbers were given.
pub(super) fn numbers(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<u32, DbError> {
    let found: Option<(u32,)> = s.optional(&NUMBERS, params![id.home(), id])?;
    Ok(found.map_or(0, |(n,)| n))
}

pub(super) fn count_up(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, heads: u32) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT_UP, params![permit.home(), id, heads])? == 1)
}

/// Takes what a sign-up holds from the activity: its heads, or its place in the line.
pub(super) fn count_out(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, old: &SignUp) -> Result<bool, DbError> {
    let (heads, waiting) = if old.state == State::Waiting { (0, 1) } else { (old.heads, 0_u32) };
    Ok(tx.execute(&COUNT_OUT, params![permit.home(), id, heads, waiting])? == 1)
}

/// What makes it the same sign-up, and who typed it.
pub(super) type Came<'a> = (&'a str, &'a Context);

pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ActivityId,
    new: &SignUp,
    (who, cx): Came<'_>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        id,
        &new.id,
        new.number,
        new.person.as_ref(),
        &new.name,
        new.heads,
        new.state.as_str(),
        &new.source,
        cx.actor.person(),
        new.made_at,
        who,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn sign_up(s: &mut Snapshot<'_>, id: &ActivityId, of: &SignUpId) -> Result<Option<SignUp>, DbError> {
    s.optional(&SIGN_UP, params![id.home(), id, of])
}

pub(super) fn by_who(s: &mut Snapshot<'_>, id: &ActivityId, who: &str) -> Result<Option<SignUp>, DbError> {
    s.optional(&BY_WHO, params![id.home(), id, who])
}

pub(super) fn of_person(s: &mut Snapshot<'_>, id: &ActivityId, person: &PersonId) -> Result<Option<SignUp>, DbError> {
    by_who(s, id, &format!("p:{person}"))
}

pub(super) fn line(s: &mut Snapshot<'_>, id: &ActivityId, limit: i64) -> Result<Vec<SignUp>, DbError> {
    s.all(&LINE, params![id.home(), id, limit])
}

pub(super) fn list(s: &mut Snapshot<'_>, id: &ActivityId, after: u32, limit: i64) -> Result<Vec<SignUp>, DbError> {
    s.all(&LIST, params![id.home(), id, after, limit])
}

pub(super) fn shift(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ActivityId,
    (of, from, to): (&SignUpId, State, State),
) -> Result<bool, DbError> {
    Ok(tx.execute(&MOVE, params![permit.home(), id, of, to.as_str(), from.as_str()])? == 1)
}

pub(super) fn again(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, new: &SignUp) -> Result<bool, DbError> {
    let params = params![permit.home(), id, &new.id, new.state.as_str(), new.number, new.heads, new.made_at];
    Ok(tx.execute(&AGAIN, params)? == 1)
}
