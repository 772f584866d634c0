//! All SQL of the desk.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Home, Instant, PersonId, Source};
use rights::Permit;

use super::{DeskEntry, DeskId, Done, Receipt, ReceiptNumber, Sent};

macro_rules! columns {
    () => {
        "id, worker, person, source, place, begun_at, expires_at, ended_at, thing_id, receipt, sent"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO desk_entries (home, id, worker, person, source, place, shown, begun_at, begun_day, expires_at) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    BY_ID = concat!("SELECT ", columns!(), " FROM desk_entries WHERE home = ?1 AND id = ?2");
    /// Where somebody is registered and where the roll has them, as ways down from the root.
    AT_HOME = "SELECT p.path FROM persons n JOIN places p ON p.id = n.place WHERE n.home = ?1 AND n.id = ?2 \
               UNION SELECT p.path FROM residents r JOIN places p ON p.id = r.place \
               WHERE r.home = ?1 AND r.person = ?2 ORDER BY 1 LIMIT 100";
    /// The guard of one entry one receipt: it touches the row once, and only for its worker and in time.
    FINISH = "UPDATE desk_entries SET ended_at = ?4, receipt = ?5, thing = ?6, thing_id = ?7, title = ?8, page = ?9, sent = ?10 \
              WHERE home = ?1 AND id = ?2 AND worker = ?3 AND ended_at IS NULL AND expires_at > ?4";
    PUT_DOWN = "UPDATE desk_entries SET ended_at = ?3 WHERE home = ?1 AND worker = ?2 AND ended_at IS NULL";
    TAKEN = "SELECT home FROM desk_entries WHERE home = ?1 AND receipt = ?2";
    RECEIPT = "SELECT d.receipt, d.thing, d.title, d.page, d.source, d.place, p.shown, d.begun_day \
               FROM desk_entries d JOIN places p ON p.id = d.place WHERE d.home = ?1 AND d.receipt = ?2";
    /// Who a receipt is for, for those at the desk.
    WHOSE = "SELECT d.person, n.name FROM desk_entries d JOIN persons n ON n.home = d.home AND n.id = d.person \
             WHERE d.home = ?1 AND d.receipt = ?2";
    /// A worker's last entries, the newest first.
    LAST = concat!("SELECT ", columns!(), " FROM desk_entries WHERE home = ?1 AND worker = ?2 ORDER BY id DESC LIMIT ?3");
}

impl FromRow for DeskEntry {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let source: String = row.get(3)?;
        Ok(DeskEntry {
            id: row.get(0)?,
            worker: row.get(1)?,
            person: row.get(2)?,
            source: parsed(&source)?,
            place: row.get(4)?,
            begun: row.get(5)?,
            expires: row.get(6)?,
            ended: row.get(7)?,
            thing_id: row.get(8)?,
            receipt: row.get(9)?,
            sent: row.get::<Option<[u8; 32]>>(10)?.map(Sent),
        })
    }
}

/// A receipt without its shard.
struct Bare(u64, Receipt);

impl FromRow for Bare {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (digits, source): (u64, String) = (row.get(0)?, row.get(4)?);
        let receipt = Receipt {
            number: ReceiptNumber { home: Home(0), digits },
            thing: row.get(1)?,
            title: row.get(2)?,
            page: row.get(3)?,
            source: parsed(&source)?,
            place: row.get(5)?,
            place_name: row.get(6)?,
            day: row.get(7)?,
        };
        Ok(Bare(digits, receipt))
    }
}

fn parsed(source: &str) -> Result<Source, DbError> {
    source.parse().map_err(|()| DbError::Data(format!("source {source}")))
}

pub(crate) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    entry: &DeskEntry,
    (shown, day): (&str, &kernel::Day),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        &entry.id,
        &entry.worker,
        &entry.person,
        entry.source.as_str(),
        &entry.place,
        shown,
        entry.begun,
        day,
        entry.expires,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &DeskId) -> Result<Option<DeskEntry>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

/// False when it is not the worker's, over, or used.
pub(crate) fn finish(
    tx: &mut Tx<'_>,
    permit: &Permit,
    entry: &DeskEntry,
    (number, done, now): (ReceiptNumber, &Done<'_>, Instant),
) -> Result<bool, DbError> {
    let digits = i64::try_from(number.digits).unwrap_or(i64::MAX);
    let params = params![
        permit.home(),
        &entry.id,
        &entry.worker,
        now,
        digits,
        done.thing,
        done.id,
        done.title,
        done.page,
        &done.sent.0
    ];
    Ok(tx.execute(&FINISH, params)? == 1)
}

/// Ends whatever a worker has open.
pub(crate) fn put_down(tx: &mut Tx<'_>, permit: &Permit, worker: &PersonId, now: Instant) -> Result<u64, DbError> {
    tx.execute(&PUT_DOWN, params![permit.home(), worker, now])
}

pub(crate) fn is_taken(s: &mut Snapshot<'_>, number: ReceiptNumber) -> Result<bool, DbError> {
    let digits = i64::try_from(number.digits).unwrap_or(i64::MAX);
    Ok(s.optional::<(i64,)>(&TAKEN, params![number.home, digits])?.is_some())
}

pub(crate) fn receipt(s: &mut Snapshot<'_>, number: ReceiptNumber) -> Result<Option<Receipt>, DbError> {
    let digits = i64::try_from(number.digits).unwrap_or(i64::MAX);
    let found: Option<Bare> = s.optional(&RECEIPT, params![number.home, digits])?;
    Ok(found.map(|Bare(digits, receipt)| Receipt { number: ReceiptNumber { home: number.home, digits }, ..receipt }))
}

pub(crate) fn whose(s: &mut Snapshot<'_>, number: ReceiptNumber) -> Result<Option<(PersonId, String)>, DbError> {
    let digits = i64::try_from(number.digits).unwrap_or(i64::MAX);
    s.optional(&WHOSE, params![number.home, digits])
}

pub(crate) fn last(s: &mut Snapshot<'_>, home: Home, worker: &PersonId, limit: i64) -> Result<Vec<DeskEntry>, DbError> {
    s.all(&LAST, params![home, worker, limit])
}

/// The paths of the places where a person is at home, at most 100.
pub(crate) fn at_home(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Vec<String>, DbError> {
    let rows: Vec<(String,)> = s.all(&AT_HOME, params![person.home(), person])?;
    Ok(rows.into_iter().map(|(path,)| path).collect())
}
