//! All SQL of attendance.

use std::collections::BTreeSet;

use db::{DbError, FromRow, Param, Row, Snapshot, Statement, Tx, Wide, params};
use kernel::{Context, Day, Home};
use places::queries::{Around, MOST_HOMES};
use rights::Permit;

use super::{
    Attendance, AttendanceId,
    queries::{EventAt, Range},
};
use crate::site::{below, in_home};

macro_rules! columns {
    () => {
        "id, event_kind, event, person, mark, way, estimated, basis, headcount, direct, place, path, at, day, \
         recorded_by, struck_at, struck_reason"
    };
}

/// The place's home and those from which parts of it came by a move; a shorter list repeats its first.
macro_rules! homes {
    () => {
        "(home = ?1 OR home IN (?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13))"
    };
}

/// At a place and below it, by the path that is kept with the row.
macro_rules! by_path {
    () => {
        "path >= ?4 AND path < ?5"
    };
}

/// The same while records of a move are on their way: by the tree.
macro_rules! by_tree {
    () => {
        "place IN (SELECT w.id FROM places w WHERE w.path >= ?4 AND w.path < ?5)"
    };
}

/// Rows of a place and everything below it, from one day to another, that count.
macro_rules! within {
    ($($place:tt)*) => {
        concat!(" FROM attendance WHERE ", homes!(), " AND day >= ?2 AND day <= ?3 AND ", $($place)*, " AND struck_at IS NULL")
    };
}

/// Rows of one event that count.
macro_rules! of_event {
    () => {
        " FROM attendance WHERE home = ?1 AND event_kind = ?2 AND event = ?3 AND struck_at IS NULL"
    };
}

/// The same at a place and everything below it.
macro_rules! of_event_below {
    ($($place:tt)*) => {
        concat!(" FROM attendance WHERE ", homes!(), " AND event_kind = ?2 AND event = ?3 AND ", $($place)*)
    };
}

/// What is counted of recorded rows.
macro_rules! counts {
    () => {
        "SELECT COUNT(*), COUNT(CASE WHEN direct THEN 1 END), COUNT(person), COUNT(DISTINCT person)"
    };
}

/// With how many events there were, estimated ones too.
macro_rules! all_counts {
    ($($place:tt)*) => {
        concat!(counts!(), ", (SELECT COUNT(*) FROM (SELECT event_kind, event", within!($($place)*), " \
                GROUP BY event_kind, event) AS e)", within!($($place)*), " AND estimated = ?14")
    };
}

/// Estimates of the same size together, so that the sum is made of few rows.
macro_rules! estimates {
    ($($place:tt)*) => {
        concat!("SELECT direct, headcount, COUNT(*)", within!($($place)*), " AND estimated = ?14 GROUP BY direct, headcount")
    };
}

macro_rules! rows {
    ($($place:tt)*) => {
        concat!("SELECT ", columns!(), within!($($place)*), " AND estimated = ?14 AND (day, id) < (?15, ?16) \
                ORDER BY day DESC, id DESC LIMIT ?17")
    };
}

macro_rules! event_counts {
    ($($place:tt)*) => {
        concat!(counts!(), of_event_below!($($place)*), " AND struck_at IS NULL AND estimated = ?14")
    };
}

macro_rules! event_estimates {
    ($($place:tt)*) => {
        concat!("SELECT direct, headcount, COUNT(*)", of_event_below!($($place)*), " AND struck_at IS NULL \
                AND estimated = ?14 GROUP BY direct, headcount")
    };
}

macro_rules! event_rows {
    ($($place:tt)*) => {
        concat!("SELECT ", columns!(), " FROM attendance WHERE home = ?1 AND event_kind = ?2 AND event = ?3 AND ",
                $($place)*, " AND id < ?6 ORDER BY id DESC LIMIT ?7")
    };
}

/// A row of a list: what the rows of a list have in common is `?1` to `?13`, its own are four.
macro_rules! listed {
    ($who:literal, $id:literal, $person:literal, $mark:literal) => {
        concat!(
            "(?1, ",
            $who,
            ", ",
            $id,
            ", ?2, ?3, ",
            $person,
            ", ",
            $mark,
            ", ?4, ?5, ?6, ?7, ?8, ?9, ",
            places::path_now!("?9", "?10"),
            ", ?11, ?12, ?13, NULL, '')"
        )
    };
}

macro_rules! insert {
    ($($rows:tt)*) => {
        concat!("INSERT INTO attendance (home, who, ", columns!(), ") VALUES ", $($rows)*, " \
                ON CONFLICT (home, event_kind, event, who) DO NOTHING RETURNING id")
    };
}

db::statements! {
    STATEMENTS:
    INSERT = insert!(listed!("?14", "?15", "?16", "?17"));
    INSERT_8 = insert!(listed!("?14", "?15", "?16", "?17"), ", ", listed!("?18", "?19", "?20", "?21"), ", ",
                       listed!("?22", "?23", "?24", "?25"), ", ", listed!("?26", "?27", "?28", "?29"), ", ",
                       listed!("?30", "?31", "?32", "?33"), ", ", listed!("?34", "?35", "?36", "?37"), ", ",
                       listed!("?38", "?39", "?40", "?41"), ", ", listed!("?42", "?43", "?44", "?45"));
    ATTENDANCE = concat!("SELECT ", columns!(), " FROM attendance WHERE home = ?1 AND id = ?2");
    SAME = concat!("SELECT ", columns!(), of_event!(), " AND who = ?4");
    /// The key leaves the person free to be recorded again.
    STRIKE = "UPDATE attendance SET struck_at = ?3, struck_by = ?4, struck_reason = ?5, who = ?6 \
              WHERE home = ?1 AND id = ?2 AND struck_at IS NULL";
    COUNTS = all_counts!(by_path!());
    COUNTS_BY_TREE = all_counts!(by_tree!());
    ESTIMATES = estimates!(by_path!());
    ESTIMATES_BY_TREE = estimates!(by_tree!());
    ROWS = rows!(by_path!());
    ROWS_BY_TREE = rows!(by_tree!());
    EVENT_COUNTS = event_counts!(by_path!());
    EVENT_COUNTS_BY_TREE = event_counts!(by_tree!());
    EVENT_ESTIMATES = event_estimates!(by_path!());
    EVENT_ESTIMATES_BY_TREE = event_estimates!(by_tree!());
    EVENT_ROWS = event_rows!(by_path!());
    EVENT_ROWS_BY_TREE = event_rows!(by_tree!());
    FOLLOW = places::follow!("attendance");
}

impl FromRow for Attendance {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let way: String = row.get(5)?;
        Ok(Attendance {
            id: row.get(0)?,
            event_kind: row.get(1)?,
            event: row.get(2)?,
            person: row.get(3)?,
            mark: row.get(4)?,
            way: way.parse().map_err(|()| DbError::Data(format!("way {way}")))?,
            estimated: row.get(6)?,
            basis: row.get(7)?,
            headcount: row.get(8)?,
            direct: row.get(9)?,
            place: row.get(10)?,
            path: row.get(11)?,
            at: row.get(12)?,
            day: row.get(13)?,
            recorded_by: row.get(14)?,
            struck_at: row.get(15)?,
            struck_reason: row.get(16)?,
        })
    }
}

/// Visits, direct ones, those with a person, different persons.
pub(crate) type Counts = (u64, u64, u64, u64);

/// Rows of one list, each with its `who`: what they have in common is that of the first. Answers with the ids of those
/// that are new; a `who` that was at this event already is not among them.
pub(crate) fn insert_all(
    tx: &mut Tx<'_>,
    permit: &Permit,
    rows: &[(Attendance, String)],
) -> Result<BTreeSet<AttendanceId>, DbError> {
    let mut new = BTreeSet::new();
    let Some((first, _)) = rows.first() else { return Ok(new) };
    let own: Vec<Vec<Param<'_>>> =
        (rows.iter()).map(|(row, who)| params![who, &row.id, row.person.as_ref(), &row.mark].to_vec()).collect();
    Wide { many: &INSERT_8, rows: 8, one: &INSERT }.each((&common(permit, first), &own), |statement, params| {
        tx.each(statement, params, |(id,): (AttendanceId,)| {
            new.insert(id);
            Ok(())
        })
    })?;
    Ok(new)
}

fn common<'p>(permit: &Permit, row: &'p Attendance) -> Vec<Param<'p>> {
    params![
        permit.home(),
        &row.event_kind,
        &row.event,
        row.way.as_str(),
        row.estimated,
        &row.basis,
        row.headcount,
        row.direct,
        &row.place,
        &row.path,
        row.at,
        &row.day,
        row.recorded_by.as_ref(),
    ]
    .to_vec()
}

pub(crate) fn attendance(s: &mut Snapshot<'_>, id: &AttendanceId) -> Result<Option<Attendance>, DbError> {
    s.optional(&ATTENDANCE, params![id.home(), id])
}

pub(crate) fn same(
    s: &mut Snapshot<'_>,
    home: Home,
    (kind, event): (&str, &str),
    who: &str,
) -> Result<Option<Attendance>, DbError> {
    s.optional(&SAME, params![home, kind, event, who])
}

/// False when it is struck out already.
pub(crate) fn strike(
    tx: &mut Tx<'_>,
    permit: &Permit,
    cx: &Context,
    id: &AttendanceId,
    reason: &str,
) -> Result<bool, DbError> {
    let who = format!("x:{id}");
    Ok(tx.execute(&STRIKE, params![permit.home(), id, cx.now, cx.actor.person(), reason, &who])? == 1)
}

/// What a statement over several homes takes: one home, four texts, the other homes, and what is its own.
fn params<'p>(homes: &[Home], four: [&'p str; 4], more: &[Param<'p>]) -> Vec<Param<'p>> {
    let first = homes.first().copied().unwrap_or(Home(0));
    let others = homes.iter().skip(1).copied().chain(std::iter::repeat(first)).take(MOST_HOMES - 1);
    let mut all = vec![Param::from(first)];
    all.extend(four.map(Param::from));
    all.extend(others.map(Param::from));
    all.extend_from_slice(more);
    all
}

/// One of two statements: the first goes by the paths of the rows, the second by the tree.
fn pick<'s>(around: &Around, [by_path, by_tree]: [&'s Statement; 2]) -> &'s Statement {
    if around.is_moving { by_tree } else { by_path }
}

/// Runs one of the statements within a place and a time.
fn within<T: FromRow>(
    s: &mut Snapshot<'_>,
    two: [&Statement; 2],
    (around, range): (&Around, &Range),
    more: &[Param<'_>],
) -> Result<Vec<T>, DbError> {
    let (first, end) = below(Some(&range.path));
    let four = [range.from.as_str(), range.until.as_str(), &first, &end];
    s.all(pick(around, two), &params(&around.homes, four, more))
}

/// Runs one of the statements of an event at a place and below.
fn of_event<T: FromRow>(
    s: &mut Snapshot<'_>,
    two: [&Statement; 2],
    (around, at): (&Around, &EventAt),
    more: &[Param<'_>],
) -> Result<Vec<T>, DbError> {
    let (first, end) = below(Some(&at.path));
    s.all(pick(around, two), &params(&around.homes, [&at.kind, &at.event, &first, &end], more))
}

/// The one row of a count.
fn one<T>(rows: Vec<T>) -> Result<T, DbError> {
    rows.into_iter().next().ok_or_else(|| DbError::Data("a count without a row".into()))
}

pub(crate) fn counts(s: &mut Snapshot<'_>, range: (&Around, &Range)) -> Result<(Counts, u64), DbError> {
    let (visits, direct, named, persons, events) = one(within(s, [&COUNTS, &COUNTS_BY_TREE], range, params![false])?)?;
    Ok(((visits, direct, named, persons), events))
}

/// Whether direct, the headcount, how many estimates say it.
pub(crate) fn estimates(s: &mut Snapshot<'_>, range: (&Around, &Range)) -> Result<Vec<(bool, u64, u64)>, DbError> {
    within(s, [&ESTIMATES, &ESTIMATES_BY_TREE], range, params![true])
}

pub(crate) fn rows(
    s: &mut Snapshot<'_>,
    range: (&Around, &Range),
    estimated: bool,
    before: Option<(&Day, &AttendanceId)>,
    limit: i64,
) -> Result<Vec<Attendance>, DbError> {
    let (day, id) = before.map_or(("~", "~"), |(day, id)| (day.as_str(), id.as_str()));
    within(s, [&ROWS, &ROWS_BY_TREE], range, params![estimated, day, id, limit])
}

pub(crate) fn event_counts(s: &mut Snapshot<'_>, at: (&Around, &EventAt)) -> Result<Counts, DbError> {
    one(of_event(s, [&EVENT_COUNTS, &EVENT_COUNTS_BY_TREE], at, params![false])?)
}

pub(crate) fn event_estimates(s: &mut Snapshot<'_>, at: (&Around, &EventAt)) -> Result<Vec<(bool, u64, u64)>, DbError> {
    of_event(s, [&EVENT_ESTIMATES, &EVENT_ESTIMATES_BY_TREE], at, params![true])
}

/// Of all homes, each the newest first.
pub(crate) fn event_rows(
    s: &mut Snapshot<'_>,
    (around, at): (&Around, &EventAt),
    before: Option<&AttendanceId>,
    limit: i64,
) -> Result<Vec<Attendance>, DbError> {
    let (first, end) = below(Some(&at.path));
    let statement = pick(around, [&EVENT_ROWS, &EVENT_ROWS_BY_TREE]);
    let mut found = Vec::new();
    for home in &around.homes {
        let before = before.map_or_else(|| "~".to_owned(), |id| in_home(*home, id));
        let params = params![*home, &at.kind, &at.event, &first, &end, &before, limit];
        found.extend(s.all::<Attendance>(statement, params)?);
    }
    Ok(found)
}
