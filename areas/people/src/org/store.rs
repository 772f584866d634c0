//! All SQL of organisations and their seats.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, Home, OrgId, PersonId};
use rights::Permit;

use super::{Holder, Org, OrgKind, Seat, SeatId};
use crate::post::store::{Ending, after_all_below};

/// Columns of an organisation in the order of its fields.
macro_rules! columns {
    () => {
        "o.id, o.place, o.kind, o.name, o.short, o.revision, o.open_duties, o.closed_day"
    };
}

/// Columns of a seat in the order of its fields.
macro_rules! seat_columns {
    () => {
        "s.id, s.person, s.title, s.leads, s.from_day, s.until_day, s.ended_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = concat!("INSERT INTO orgs (home, id, place, path, kind, name, short, state, revision, added_by, added_day) \
              VALUES (?1, ?2, ?3, ", places::path_now!("?3", "?4"), ", ?5, ?6, ?7, 'open', 0, ?8, ?9)");
    BY_ID = concat!("SELECT ", columns!(), " FROM orgs o WHERE o.home = ?1 AND o.id = ?2");
    RENAME = "UPDATE orgs SET name = ?4, short = ?5, revision = revision + 1 \
              WHERE home = ?1 AND id = ?2 AND revision = ?3 AND closed_day IS NULL";
    /// The guard of the seats: two who fill seats at once cannot both move the revision that they read.
    TURN = "UPDATE orgs SET revision = revision + 1 WHERE home = ?1 AND id = ?2 AND revision = ?3 AND closed_day IS NULL";
    CLOSE = "UPDATE orgs SET state = 'closed', closed_day = ?4, closed_by = ?5, closed_reason = ?6, \
             revision = revision + 1 \
             WHERE home = ?1 AND id = ?2 AND revision = ?3 AND closed_day IS NULL AND open_duties = 0";
    HOLD_DUTY = "UPDATE orgs SET open_duties = open_duties + 1 WHERE home = ?1 AND id = ?2 AND closed_day IS NULL";
    RELEASE_DUTY = "UPDATE orgs SET open_duties = open_duties - 1 WHERE home = ?1 AND id = ?2 AND open_duties > 0";
    /// At a place and below it, in the order of the tree; `?4` is the last one seen and `?8` its home, `?5` names a
    /// kind, `?6` a part of the name, or they are empty.
    LIST = concat!("SELECT ", columns!(), ", p.shown, o.path FROM orgs o JOIN places p ON p.id = o.place \
           WHERE o.home = ?1 AND o.path >= ?2 AND o.path < ?3 \
           AND (o.path, o.id) > (COALESCE((SELECT a.path FROM orgs a WHERE a.home = ?8 AND a.id = ?4), ''), ?4) \
           AND (?5 = '' OR o.kind = ?5) AND (?6 = '' OR o.name LIKE ?6 ESCAPE '!' OR o.short LIKE ?6 ESCAPE '!') \
           AND o.closed_day IS NULL ORDER BY o.path, o.id LIMIT ?7");

    FOLLOW = places::follow!("orgs");

    INSERT_SEAT = "INSERT INTO seats (home, org, id, person, person_home, title, leads, from_day, until_day, given_by, \
                   given_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
    SEAT = concat!("SELECT ", seat_columns!(), " FROM seats s WHERE s.home = ?1 AND s.org = ?2 AND s.id = ?3");
    /// Present and past ones, the newest first.
    SEATS = concat!("SELECT ", seat_columns!(), ", COALESCE(n.name, '') FROM seats s \
            LEFT JOIN persons n ON n.home = s.person_home AND n.id = s.person \
            WHERE s.home = ?1 AND s.org = ?2 AND s.id < ?3 ORDER BY s.id DESC LIMIT ?4");
    /// Seats that are held on one of the days `?3` to `?4`.
    OVERLAPPING = concat!("SELECT ", seat_columns!(), " FROM seats s WHERE s.home = ?1 AND s.org = ?2 AND s.from_day <= ?4 \
                  AND (s.until_day IS NULL OR s.until_day >= ?3) AND (s.ended_day IS NULL OR s.ended_day > ?3) \
                  ORDER BY s.id LIMIT 201");
    END_SEAT = "UPDATE seats SET ended_day = ?4, ended_by = ?5 \
                WHERE home = ?1 AND org = ?2 AND id = ?3 AND ended_day IS NULL";
    END_SEATS = "UPDATE seats SET ended_day = ?3, ended_by = ?4 WHERE home = ?1 AND org = ?2 AND ended_day IS NULL \
                 AND (until_day IS NULL OR until_day >= ?3)";
    /// Everywhere, by person: the question at the door.
    SEATS_OF = "SELECT DISTINCT org FROM seats WHERE person = ?1 AND from_day <= ?2 \
                AND (until_day IS NULL OR until_day >= ?2) AND (ended_day IS NULL OR ended_day > ?2) \
                ORDER BY org LIMIT 100";
}

impl FromRow for Org {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let kind: String = row.get(2)?;
        Ok(Org {
            id: row.get(0)?,
            place: row.get(1)?,
            kind: kind.parse().map_err(|()| DbError::Data(format!("kind {kind}")))?,
            name: row.get(3)?,
            short: row.get(4)?,
            revision: row.get(5)?,
            open_duties: row.get(6)?,
            closed: row.get(7)?,
        })
    }
}

db::record!(Seat { id, person, title, leads, from, until, ended });

impl FromRow for Holder {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Holder { seat: Seat::from_row(row)?, name: row.get(7)? })
    }
}

/// An organisation with its place's name and path, for lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The organisation.
    pub org: Org,
    /// The place's name as people say it.
    pub place: String,
    /// The place's way down from the root: ids joined with `/`.
    pub path: String,
}

impl FromRow for Listed {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Listed { org: Org::from_row(row)?, place: row.get(8)?, path: row.get(9)? })
    }
}

/// Who does it, and on which day.
pub(crate) struct By<'a> {
    pub person: Option<&'a PersonId>,
    pub day: &'a Day,
}

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, org: &Org, path: &str, by: &By<'_>) -> Result<(), DbError> {
    let params =
        params![permit.home(), &org.id, &org.place, path, org.kind.as_str(), &org.name, &org.short, by.person, by.day,];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn by_id(s: &mut Snapshot<'_>, id: &OrgId) -> Result<Option<Org>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

/// False when it is no longer as it was read.
pub(crate) fn rename(tx: &mut Tx<'_>, permit: &Permit, org: &Org, name: &str, short: &str) -> Result<bool, DbError> {
    Ok(tx.execute(&RENAME, params![permit.home(), &org.id, org.revision, name, short])? == 1)
}

/// False when it is no longer as it was read.
pub(crate) fn turn(tx: &mut Tx<'_>, permit: &Permit, org: &Org) -> Result<bool, DbError> {
    Ok(tx.execute(&TURN, params![permit.home(), &org.id, org.revision])? == 1)
}

/// False when it is no longer as it was read, or owes something.
pub(crate) fn close(tx: &mut Tx<'_>, permit: &Permit, org: &Org, how: &Ending<'_>) -> Result<bool, DbError> {
    let params = params![permit.home(), &org.id, org.revision, how.day, how.by, how.reason];
    Ok(tx.execute(&CLOSE, params)? == 1)
}

pub(crate) fn hold_duty(tx: &mut Tx<'_>, _: &Permit, id: &OrgId) -> Result<bool, DbError> {
    Ok(tx.execute(&HOLD_DUTY, params![id.home(), id])? == 1)
}

pub(crate) fn release_duty(tx: &mut Tx<'_>, _: &Permit, id: &OrgId) -> Result<bool, DbError> {
    Ok(tx.execute(&RELEASE_DUTY, params![id.home(), id])? == 1)
}

/// Which part of the list.
pub(crate) struct Which<'a> {
    pub home: Home,
    /// The place's way down from the root.
    pub path: &'a str,
    pub kind: Option<OrgKind>,
    /// A part of the name; empty for all.
    pub name: &'a str,
    /// The last one seen; `None` for the first page.
    pub after: Option<&'a OrgId>,
}

pub(crate) fn list(s: &mut Snapshot<'_>, which: &Which<'_>, limit: i64) -> Result<Vec<Listed>, DbError> {
    let end = after_all_below(which.path);
    let after = which.after.map_or("", OrgId::as_str);
    let kind = which.kind.map_or("", OrgKind::as_str);
    let name = if which.name.is_empty() { String::new() } else { format!("%{}%", escaped(which.name)) };
    let after_home = which.after.map_or(which.home, OrgId::home);
    s.all(&LIST, params![which.home, which.path, &end, after, kind, &name, limit, after_home])
}

/// A text that stands for itself in a pattern.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    for c in text.chars() {
        if matches!(c, '%' | '_' | '!') {
            out.push('!');
        }
        out.push(c);
    }
    out
}

pub(crate) fn insert_seat(
    tx: &mut Tx<'_>,
    permit: &Permit,
    org: &OrgId,
    seat: &Seat,
    by: &By<'_>,
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        org,
        &seat.id,
        &seat.person,
        seat.person.home(),
        &seat.title,
        seat.leads,
        &seat.from,
        seat.until.as_ref(),
        by.person,
        by.day,
    ];
    tx.execute(&INSERT_SEAT, params).map(|_| ())
}

pub(crate) fn seat(s: &mut Snapshot<'_>, org: &OrgId, id: &SeatId) -> Result<Option<Seat>, DbError> {
    s.optional(&SEAT, params![org.home(), org, id])
}

pub(crate) fn seats(
    s: &mut Snapshot<'_>,
    org: &OrgId,
    before: Option<&SeatId>,
    limit: i64,
) -> Result<Vec<Holder>, DbError> {
    // no id has a letter above 'z', so "~" is after all of them
    let before = before.map_or("~", SeatId::as_str);
    s.all(&SEATS, params![org.home(), org, before, limit])
}

/// Seats held on one of the days, one more than an organisation may have at most.
pub(crate) fn overlapping(
    s: &mut Snapshot<'_>,
    org: &OrgId,
    from: &Day,
    until: Option<&Day>,
) -> Result<Vec<Seat>, DbError> {
    let until = until.map_or("9999-99-99", Day::as_str);
    s.all(&OVERLAPPING, params![org.home(), org, from, until])
}

/// False when it has ended already.
pub(crate) fn end_seat(
    tx: &mut Tx<'_>,
    permit: &Permit,
    org: &OrgId,
    seat: &SeatId,
    by: &By<'_>,
) -> Result<bool, DbError> {
    Ok(tx.execute(&END_SEAT, params![permit.home(), org, seat, by.day, by.person])? == 1)
}

pub(crate) fn end_seats(tx: &mut Tx<'_>, permit: &Permit, org: &OrgId, by: &By<'_>) -> Result<u64, DbError> {
    tx.execute(&END_SEATS, params![permit.home(), org, by.day, by.person])
}

pub(crate) fn seats_of(s: &mut Snapshot<'_>, person: &PersonId, day: &Day) -> Result<Vec<OrgId>, DbError> {
    let found: Vec<(OrgId,)> = s.all(&SEATS_OF, params![person, day])?;
    Ok(found.into_iter().map(|(org,)| org).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_searched_name_is_no_pattern() {
        assert_eq!(escaped("银龄"), "银龄");
        assert_eq!(escaped("100%_!"), "100!%!_!!");
    }
}
