//! All SQL of accounts.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, PersonId};
use rights::Permit;

use super::{Account, Contact, MAX_PERSONS, Reached, Served, VerifiedHow, contact::ContactKind};

db::statements! {
    STATEMENTS:
    PUT_CODE = "INSERT INTO codes (challenge, kind, contact, purpose, asker, salt, digest, made_at, tries_left) \
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    /// The guard of the messages: touches no row when the hour's or the day's number is used up.
    COUNT_CODE = "INSERT INTO code_counts (kind, contact, asked_from, hour_from, hour_n, day_from, day_n) \
                  VALUES (?1, ?2, ?3, ?4, 1, ?4, 1) ON CONFLICT (kind, contact, asked_from) DO UPDATE SET \
                  hour_n = CASE WHEN code_counts.hour_from > ?5 AND code_counts.hour_from < ?6 \
                  THEN code_counts.hour_n + 1 ELSE 1 END, \
                  hour_from = CASE WHEN code_counts.hour_from > ?5 AND code_counts.hour_from < ?6 \
                  THEN code_counts.hour_from ELSE excluded.hour_from END, \
                  day_n = CASE WHEN code_counts.day_from > ?7 AND code_counts.day_from < ?8 \
                  THEN code_counts.day_n + 1 ELSE 1 END, \
                  day_from = CASE WHEN code_counts.day_from > ?7 AND code_counts.day_from < ?8 \
                  THEN code_counts.day_from ELSE excluded.day_from END \
                  WHERE (code_counts.hour_n < ?9 OR code_counts.hour_from <= ?5 OR code_counts.hour_from >= ?6) \
                  AND (code_counts.day_n < ?10 OR code_counts.day_from <= ?7 OR code_counts.day_from >= ?8)";
    /// The guard of the tries: each takes one, before anything is compared.
    TRY_CODE = "UPDATE codes SET tries_left = tries_left - 1 WHERE challenge = ?1 AND kind = ?2 AND contact = ?3 \
                AND purpose = ?4 AND asker = ?5 AND tries_left > 0 AND made_at > ?6 AND made_at <= ?7 \
                AND (ticket IS NULL OR ticket_at > ?8) RETURNING salt, digest, tries_left";
    ACCEPT_CODE = "UPDATE codes SET ticket = ?2, ticket_at = COALESCE(ticket_at, ?3) WHERE challenge = ?1";
    BY_TICKET = "SELECT kind, contact, purpose, asker, used_by FROM codes WHERE ticket = ?1 AND ticket_at > ?2";
    /// The guard of a ticket: it serves one person, and a second time only the same within a minute.
    USE_TICKET = "UPDATE codes SET used_by = ?2, used_at = COALESCE(used_at, ?3) WHERE ticket = ?1 \
                  AND ticket_at > ?4 AND (used_by IS NULL OR (used_by = ?2 AND used_at > ?5))";
    SERVED = "SELECT person, home, verified_day FROM contacts WHERE kind = ?1 AND contact = ?2 ORDER BY slot";
    SLOTS = "SELECT slot FROM contacts WHERE kind = ?1 AND contact = ?2 ORDER BY slot";
    ADD_CONTACT = "INSERT INTO contacts (kind, contact, slot, person, home, added_at, verified_day) \
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    VERIFY_CONTACT = "UPDATE contacts SET verified_day = ?4 \
                      WHERE kind = ?1 AND contact = ?2 AND person = ?3 AND verified_day IS NULL";
    REMOVE_CONTACT = "DELETE FROM contacts WHERE kind = ?1 AND contact = ?2 AND person = ?3";
    CONTACTS = "SELECT kind, contact, verified_day FROM contacts WHERE home = ?1 AND person = ?2 \
                ORDER BY kind, contact LIMIT 50";
    ACCOUNT = "SELECT id, place, name, shown_name, verified_how, verified_day, language, elder, password IS NOT NULL, \
               erasure_asked_day, added_at FROM persons WHERE home = ?1 AND id = ?2";
    NAME = "SELECT name FROM persons WHERE home = ?1 AND id = ?2";
    PASSWORD = "SELECT password FROM persons WHERE home = ?1 AND id = ?2";
    RENAME = "UPDATE persons SET name = ?3, shown_name = ?4 WHERE home = ?1 AND id = ?2";
    VERIFY = "UPDATE persons SET verified_how = ?3, verified_day = ?4 WHERE home = ?1 AND id = ?2";
    SET_PASSWORD = "UPDATE persons SET password = ?3 WHERE home = ?1 AND id = ?2";
    SET_VIEW = "UPDATE persons SET language = ?3, elder = ?4 WHERE home = ?1 AND id = ?2";
    ASK_ERASURE = "UPDATE persons SET erasure_asked_day = ?3 WHERE home = ?1 AND id = ?2 AND erasure_asked_day IS NULL";
    /// The guard of passwords: each try is counted before anything is compared.
    COUNT_TRY = "INSERT INTO password_tries (kind, contact, since, n) VALUES (?1, ?2, ?3, 1) \
                 ON CONFLICT (kind, contact) DO UPDATE SET \
                 n = CASE WHEN password_tries.since > ?4 AND password_tries.since < ?5 THEN password_tries.n + 1 \
                 ELSE 1 END, \
                 since = CASE WHEN password_tries.since > ?4 AND password_tries.since < ?5 THEN password_tries.since \
                 ELSE excluded.since END \
                 WHERE password_tries.n < ?6 OR password_tries.since <= ?4 OR password_tries.since >= ?5";
    /// What was counted last a day ago counts in no window any more.
    FORGET_CODES = "DELETE FROM codes WHERE challenge IN (SELECT challenge FROM codes WHERE made_at < ?1 LIMIT ?2)";
    FORGET_COUNTS = "DELETE FROM code_counts WHERE (kind, contact, asked_from) IN (SELECT kind, contact, asked_from \
                     FROM code_counts WHERE hour_from < ?1 AND day_from < ?1 LIMIT ?2)";
    FORGET_OLD_TRIES = "DELETE FROM password_tries WHERE (kind, contact) IN (SELECT kind, contact FROM password_tries \
                        WHERE since < ?1 LIMIT ?2)";
    FORGET_TRIES = "DELETE FROM password_tries WHERE kind = ?1 AND contact = ?2";
}

const SECOND: i64 = 1_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// How long a code and a ticket are good.
pub(super) const GOOD_FOR: i64 = 10 * MINUTE;
/// How long the same right answer may come again: a double tap.
const AGAIN: i64 = MINUTE;
/// How far the clock may step back without ending a code.
const STEP_BACK: i64 = 10 * SECOND;
/// How long passwords are counted.
pub(super) const LOCK: i64 = 15 * MINUTE;

impl FromRow for Account {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let how: String = row.get(4)?;
        Ok(Account {
            person: row.get(0)?,
            place: row.get(1)?,
            name: row.get(2)?,
            shown_name: row.get(3)?,
            verified: how.parse().map_err(|()| DbError::Data(format!("verified {how}")))?,
            verified_day: row.get(5)?,
            language: row.get(6)?,
            elder: row.get(7)?,
            has_password: row.get(8)?,
            erasure_asked: row.get(9)?,
            added_at: row.get(10)?,
        })
    }
}

impl FromRow for Reached {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, text): (String, String) = (row.get(0)?, row.get(1)?);
        Ok(Reached { contact: Contact::stored(&kind, &text)?, verified_day: row.get(2)? })
    }
}

impl FromRow for Served {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let verified: Option<Day> = row.get(2)?;
        Ok(Served { person: row.get(0)?, verified: verified.is_some() })
    }
}

/// A code as the table keeps it.
pub(super) struct NewCode<'a> {
    /// Digest of the challenge.
    pub challenge: [u8; 32],
    pub contact: &'a Contact,
    pub purpose: &'a str,
    pub asker: &'a str,
    pub salt: [u8; 32],
    pub digest: [u8; 32],
    pub tries: i64,
}

pub(super) fn put_code(tx: &mut Tx<'_>, _: &Permit, code: &NewCode<'_>, now: Instant) -> Result<(), DbError> {
    let (kind, contact) = (code.contact.kind().as_str(), code.contact.as_str());
    let asked = (code.purpose, code.asker);
    let params = params![&code.challenge, kind, contact, asked.0, asked.1, &code.salt, &code.digest, now, code.tries];
    tx.execute(&PUT_CODE, params).map(|_| ())
}

/// False when the contact was sent `most.0` codes within an hour or `most.1` within a day, asked for from there.
pub(super) fn count_code(
    tx: &mut Tx<'_>,
    contact: &Contact,
    asked_from: &str,
    most: (u32, u32),
    now: Instant,
) -> Result<bool, DbError> {
    let (kind, text) = (contact.kind().as_str(), contact.as_str());
    let (hour, day) = ((now.0 - HOUR, now.0 + HOUR), (now.0 - 24 * HOUR, now.0 + 24 * HOUR));
    let (in_hour, in_day) = (i64::from(most.0), i64::from(most.1));
    let params = params![kind, text, asked_from, now, hour.0, hour.1, day.0, day.1, in_hour, in_day];
    Ok(tx.execute(&COUNT_CODE, params)? == 1)
}

/// Salt, digest and remaining tries of a code.
type Tried = ([u8; 32], [u8; 32], u32);

/// Salt, digest and remaining tries of the code that answers the challenge, after one try was taken off.
pub(super) fn try_code(
    tx: &mut Tx<'_>,
    challenge: &[u8; 32],
    contact: &Contact,
    asked: (&str, &str),
    now: Instant,
) -> Result<Option<Tried>, DbError> {
    let (kind, text) = (contact.kind().as_str(), contact.as_str());
    let (oldest, newest, again) = (now.0 - GOOD_FOR, now.0 + STEP_BACK, now.0 - AGAIN);
    tx.optional(&TRY_CODE, params![challenge, kind, text, asked.0, asked.1, oldest, newest, again])
}

/// True unless it was purged meanwhile.
pub(super) fn accept_code(
    tx: &mut Tx<'_>,
    challenge: &[u8; 32],
    ticket: &[u8; 32],
    now: Instant,
) -> Result<bool, DbError> {
    Ok(tx.execute(&ACCEPT_CODE, params![challenge, ticket, now])? == 1)
}

/// What a ticket is for.
pub(super) struct Granted {
    pub contact: Contact,
    pub purpose: String,
    pub asker: String,
    pub used_by: Option<PersonId>,
}

impl FromRow for Granted {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, text): (String, String) = (row.get(0)?, row.get(1)?);
        let contact = Contact::stored(&kind, &text)?;
        Ok(Granted { contact, purpose: row.get(2)?, asker: row.get(3)?, used_by: row.get(4)? })
    }
}

pub(super) fn by_ticket(s: &mut Snapshot<'_>, ticket: &[u8; 32], now: Instant) -> Result<Option<Granted>, DbError> {
    s.optional(&BY_TICKET, params![ticket, now.0 - GOOD_FOR])
}

/// False when the ticket has served somebody else, or the same one longer ago.
pub(super) fn use_ticket(tx: &mut Tx<'_>, ticket: &[u8; 32], person: &PersonId, now: Instant) -> Result<bool, DbError> {
    let params = params![ticket, person, now, now.0 - GOOD_FOR, now.0 - AGAIN];
    Ok(tx.execute(&USE_TICKET, params)? == 1)
}

/// Whom a contact serves, [`MAX_PERSONS`] at most.
pub(crate) fn served(s: &mut Snapshot<'_>, contact: &Contact) -> Result<Vec<Served>, DbError> {
    s.all(&SERVED, params![contact.kind().as_str(), contact.as_str()])
}

/// The first slot that is free; `None` when all are taken.
pub(crate) fn free_slot(s: &mut Snapshot<'_>, contact: &Contact) -> Result<Option<i64>, DbError> {
    let taken: Vec<(i64,)> = s.all(&SLOTS, params![contact.kind().as_str(), contact.as_str()])?;
    let last = i64::try_from(MAX_PERSONS).unwrap_or(1);
    Ok((1..=last).find(|slot| !taken.contains(&(*slot,))))
}

/// A contact in a slot. [`DbError::Unique`] when somebody else took the slot meanwhile.
pub(crate) fn add_contact(
    tx: &mut Tx<'_>,
    cx: &Context,
    contact: &Contact,
    slot: i64,
    person: (&PersonId, bool),
) -> Result<(), DbError> {
    let (kind, text, (person, verified)) = (contact.kind().as_str(), contact.as_str(), person);
    let day = verified.then_some(&cx.day);
    tx.execute(&ADD_CONTACT, params![kind, text, slot, person, person.home(), cx.now, day]).map(|_| ())
}

/// True when it was not verified before.
pub(crate) fn verify_contact(
    tx: &mut Tx<'_>,
    _: &Permit,
    contact: &Contact,
    person: &PersonId,
    day: &Day,
) -> Result<bool, DbError> {
    let params = params![contact.kind().as_str(), contact.as_str(), person, day];
    Ok(tx.execute(&VERIFY_CONTACT, params)? == 1)
}

pub(super) fn remove_contact(
    tx: &mut Tx<'_>,
    _: &Permit,
    contact: &Contact,
    person: &PersonId,
) -> Result<bool, DbError> {
    let params = params![contact.kind().as_str(), contact.as_str(), person];
    Ok(tx.execute(&REMOVE_CONTACT, params)? == 1)
}

pub(crate) fn contacts(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<Reached>, DbError> {
    s.all(&CONTACTS, params![person.home(), person])
}

pub(crate) fn account(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<Account>, DbError> {
    s.optional(&ACCOUNT, params![person.home(), person])
}

pub(crate) fn name(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<String>, DbError> {
    Ok(s.optional(&NAME, params![person.home(), person])?.map(|(name,)| name))
}

pub(super) fn password(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<String>, DbError> {
    let row: Option<(Option<String>,)> = s.optional(&PASSWORD, params![person.home(), person])?;
    Ok(row.and_then(|(password,)| password))
}

pub(super) fn rename(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId, names: (&str, &str)) -> Result<(), DbError> {
    tx.execute(&RENAME, params![permit.home(), person, names.0, names.1]).map(|_| ())
}

pub(crate) fn verify(
    tx: &mut Tx<'_>,
    permit: &Permit,
    person: &PersonId,
    how: VerifiedHow,
    day: Option<&Day>,
) -> Result<(), DbError> {
    tx.execute(&VERIFY, params![permit.home(), person, how.as_str(), day]).map(|_| ())
}

pub(super) fn set_password(
    tx: &mut Tx<'_>,
    permit: &Permit,
    person: &PersonId,
    password: Option<&str>,
) -> Result<(), DbError> {
    tx.execute(&SET_PASSWORD, params![permit.home(), person, password]).map(|_| ())
}

pub(super) fn set_view(
    tx: &mut Tx<'_>,
    permit: &Permit,
    person: &PersonId,
    view: (&str, Option<bool>),
) -> Result<(), DbError> {
    tx.execute(&SET_VIEW, params![permit.home(), person, view.0, view.1]).map(|_| ())
}

/// False when it was asked for before.
pub(super) fn ask_erasure(tx: &mut Tx<'_>, permit: &Permit, person: &PersonId, day: &Day) -> Result<bool, DbError> {
    Ok(tx.execute(&ASK_ERASURE, params![permit.home(), person, day])? == 1)
}

/// False when the contact has used its tries.
pub(super) fn count_try(
    tx: &mut Tx<'_>,
    _: &Permit,
    contact: &Contact,
    most: i64,
    now: Instant,
) -> Result<bool, DbError> {
    let (kind, text) = (contact.kind().as_str(), contact.as_str());
    let params = params![kind, text, now, now.0 - LOCK, now.0 + LOCK, most];
    Ok(tx.execute(&COUNT_TRY, params)? == 1)
}

pub(super) fn forget_tries(tx: &mut Tx<'_>, _: &Permit, contact: &Contact) -> Result<(), DbError> {
    tx.execute(&FORGET_TRIES, params![contact.kind().as_str(), contact.as_str()]).map(|_| ())
}

/// Forgets codes, counted messages and counted tries from before `then`, `most` of each.
pub(super) fn forget_codes(tx: &mut Tx<'_>, then: i64, most: i64) -> Result<u64, DbError> {
    let mut gone = 0;
    for statement in [&FORGET_CODES, &FORGET_COUNTS, &FORGET_OLD_TRIES] {
        gone += tx.execute(statement, params![then, most])?;
    }
    Ok(gone)
}

/// The home of what has no home yet: codes and tries.
pub(crate) const NOWHERE: Home = Home(0);

/// Whether a person's mobile telephone is among the contacts and verified.
pub(crate) fn has_verified_phone(contacts: &[Reached]) -> bool {
    contacts.iter().any(|r| r.contact.kind() == ContactKind::Phone && r.verified_day.is_some())
}
