//! All SQL of check-ins.

use std::collections::BTreeMap;

use db::{DbError, FromRow, Param, Row, Snapshot, Tx, Wide, params};
use kernel::{Instant, PersonId};
use matters::attendance::AttendanceId;
use rights::Permit;

use super::{Check, CheckId, Doubt, State};
use crate::{ActivityId, signup::SignUpId};

macro_rules! columns {
    () => {
        concat!(
            "c.id, c.person, c.signup, c.name, c.way, c.came_at, c.heard_at, c.skew, c.left_at, ",
            state!(),
            ", \
                c.doubts, c.other, c.attendance, c.recorded_by, c.reason"
        )
    };
}

/// Where a check-in stands now: one whose attendance was struck out counts as nothing, and nobody decides what was in doubt
/// at an activity that was cancelled.
macro_rules! state {
    () => {
        "CASE WHEN c.state = 'counted' AND t.struck_at IS NOT NULL THEN 'left-out' \
         WHEN c.state = 'open' AND a.cancelled_at IS NOT NULL THEN 'left-out' ELSE c.state END"
    };
}

/// Check-ins with their activity and their attendance.
macro_rules! whole {
    () => {
        " FROM activity_checks c JOIN activities a ON a.home = c.home AND a.id = c.activity \
         LEFT JOIN attendance t ON t.home = c.home AND t.id = c.attendance WHERE c.home = ?1 AND c.activity = ?2 "
    };
}

macro_rules! checks {
    ($($rest:tt)*) => {
        concat!("SELECT ", columns!(), whole!(), "AND ", $($rest)*)
    };
}

/// A check-in of a sending: what all of them have in common is `?1` to `?4`, its own are twelve.
macro_rules! came {
    ($($own:literal),+) => {
        concat!("(?1, ?2, ?3, ?4", $(", ", $own),+, ", '')")
    };
}

macro_rules! insert {
    ($($rows:tt)*) => {
        concat!("INSERT INTO activity_checks (home, activity, heard_at, recorded_by, id, who, person, signup, name, way, \
                came_at, skew, state, doubts, other, attendance, reason) VALUES ", $($rows)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT = insert!(came!("?5", "?6", "?7", "?8", "?9", "?10", "?11", "?12", "?13", "?14", "?15", "?16"));
    INSERT_8 = insert!(came!("?5", "?6", "?7", "?8", "?9", "?10", "?11", "?12", "?13", "?14", "?15", "?16"), ", ",
                       came!("?17", "?18", "?19", "?20", "?21", "?22", "?23", "?24", "?25", "?26", "?27", "?28"), ", ",
                       came!("?29", "?30", "?31", "?32", "?33", "?34", "?35", "?36", "?37", "?38", "?39", "?40"), ", ",
                       came!("?41", "?42", "?43", "?44", "?45", "?46", "?47", "?48", "?49", "?50", "?51", "?52"), ", ",
                       came!("?53", "?54", "?55", "?56", "?57", "?58", "?59", "?60", "?61", "?62", "?63", "?64"), ", ",
                       came!("?65", "?66", "?67", "?68", "?69", "?70", "?71", "?72", "?73", "?74", "?75", "?76"), ", ",
                       came!("?77", "?78", "?79", "?80", "?81", "?82", "?83", "?84", "?85", "?86", "?87", "?88"), ", ",
                       came!("?89", "?90", "?91", "?92", "?93", "?94", "?95", "?96", "?97", "?98", "?99", "?100"));
    BY_WHO = checks!("c.who = ?3");
    /// A shorter list repeats its last.
    BY_WHOS = concat!("SELECT ", columns!(), ", c.who", whole!(), "AND c.who IN ( \
             ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, \
             ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)");
    CHECK = checks!("c.id = ?3");
    LIST = checks!("c.id < ?3 ORDER BY c.id DESC LIMIT ?4");
    OPEN = checks!("c.state = 'open' AND a.cancelled_at IS NULL AND c.id < ?3 ORDER BY c.id DESC LIMIT ?4");
    STATES = concat!("SELECT ", state!(), " AS stands, COUNT(*)", whole!(), "GROUP BY stands");
    /// How many came of each sign-up of a page.
    CAME = "SELECT c.signup, COUNT(*) FROM activity_signups s JOIN activity_checks c ON c.home = s.home \
            AND c.activity = s.activity AND c.signup = s.id WHERE s.home = ?1 AND s.activity = ?2 AND s.number > ?3 \
            AND s.number <= ?4 AND c.state <> 'left-out' AND NOT EXISTS (SELECT 1 FROM attendance t \
            WHERE t.home = c.home AND t.id = c.attendance AND t.struck_at IS NOT NULL) GROUP BY c.signup";
    /// Two check-ins of the same person wait for each other, so that each sees the other one.
    VISITOR = "INSERT INTO activity_visitors (home, person, checks) VALUES (?1, ?2, 1) \
               ON CONFLICT (home, person) DO UPDATE SET checks = activity_visitors.checks + 1";
    /// Another activity at which the person is at that time.
    ELSEWHERE = "SELECT c.activity FROM activity_checks c JOIN activities a ON a.home = c.home AND a.id = c.activity \
                 WHERE c.home = ?1 AND c.person = ?2 AND c.activity <> ?3 AND c.state <> 'left-out' \
                 AND c.came_at < ?5 AND COALESCE(c.left_at, a.ends_at) > ?4 AND NOT EXISTS (SELECT 1 \
                 FROM attendance t WHERE t.home = c.home AND t.id = c.attendance AND t.struck_at IS NOT NULL) ORDER BY c.came_at LIMIT 1";
    COUNT = "UPDATE activities SET checked = checked + ?3 WHERE home = ?1 AND id = ?2 AND cancelled_at IS NULL \
             AND checked + ?3 >= 0";
    /// Only from the state in which it was read; what was struck out is read as left out.
    DECIDE = "UPDATE activity_checks SET state = ?4, attendance = ?5, decided_by = ?6, reason = ?7 \
              WHERE home = ?1 AND activity = ?2 AND id = ?3 \
              AND (state = ?8 OR (state = 'counted' AND ?8 = 'left-out'))";
    LEAVE = "UPDATE activity_checks SET left_at = ?4 WHERE home = ?1 AND activity = ?2 AND id = ?3 AND left_at IS NULL";
    NAMED = "SELECT id, person FROM activity_signups WHERE home = ?1 AND activity = ?2 AND name = ?3 \
             AND state <> 'out' ORDER BY number LIMIT 2";
}

impl FromRow for Check {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (way, state, doubts): (String, String, String) = (row.get(4)?, row.get(9)?, row.get(10)?);
        let wrong = |what: &str| DbError::Data(format!("check-in {what}"));
        let doubts: Result<Vec<Doubt>, ()> = doubts.split_whitespace().map(str::parse).collect();
        Ok(Check {
            id: row.get(0)?,
            person: row.get(1)?,
            signup: row.get(2)?,
            name: row.get(3)?,
            way: way.parse().map_err(|()| wrong(&way))?,
            came_at: row.get(5)?,
            heard_at: row.get(6)?,
            skew: row.get(7)?,
            left_at: row.get(8)?,
            state: state.parse().map_err(|()| wrong(&state))?,
            doubts: doubts.map_err(|()| wrong("doubts"))?,
            other: row.get(11)?,
            attendance: row.get(12)?,
            recorded_by: row.get(13)?,
            reason: row.get(14)?,
        })
    }
}

/// Who is asked for at once.
const ASKED: usize = 32;

/// Check-ins of one sending, each with what makes it the same one. When the server heard of them and who recorded them is
/// that of the first.
pub(super) fn insert_all(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &ActivityId,
    list: &[(&Check, &str)],
) -> Result<(), DbError> {
    let Some((first, _)) = list.first() else { return Ok(()) };
    let doubts: Vec<String> = list.iter().map(|(check, _)| words(&check.doubts)).collect();
    let rows = list.iter().zip(&doubts).map(|((check, who), doubts)| own(check, who, doubts).to_vec());
    let common = params![permit.home(), id, first.heard_at, first.recorded_by.as_ref()];
    Wide { many: &INSERT_8, rows: 8, one: &INSERT }
        .each((common, &rows.collect::<Vec<_>>()), |statement, params| tx.execute(statement, params).map(|_| ()))
}

fn words(doubts: &[Doubt]) -> String {
    doubts.iter().map(|doubt| doubt.as_str()).collect::<Vec<_>>().join(" ")
}

fn own<'p>(check: &'p Check, who: &'p str, doubts: &'p str) -> [Param<'p>; 12] {
    *params![
        &check.id,
        who,
        check.person.as_ref(),
        check.signup.as_ref(),
        &check.name,
        check.way.as_str(),
        check.came_at,
        check.skew,
        check.state.as_str(),
        doubts,
        check.other.as_ref(),
        check.attendance.as_ref(),
    ]
}

/// A check-in with what makes it the same one.
struct Known(Check, String);

impl FromRow for Known {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Known(Check::from_row(row)?, row.get(15)?))
    }
}

pub(super) fn by_who(s: &mut Snapshot<'_>, id: &ActivityId, who: &str) -> Result<Option<Check>, DbError> {
    s.optional(&BY_WHO, params![id.home(), id, who])
}

/// Those of these who are there already.
pub(super) fn by_whos(s: &mut Snapshot<'_>, id: &ActivityId, who: &[&str]) -> Result<BTreeMap<String, Check>, DbError> {
    let mut known = BTreeMap::new();
    for part in who.chunks(ASKED) {
        let mut params = params![id.home(), id].to_vec();
        let last = part.last().copied().unwrap_or_default();
        params.extend(part.iter().copied().chain(std::iter::repeat(last)).take(ASKED).map(Param::from));
        s.each(&BY_WHOS, &params, |Known(check, who)| {
            known.insert(who, check);
            Ok(())
        })?;
    }
    Ok(known)
}

pub(super) fn check(s: &mut Snapshot<'_>, id: &ActivityId, of: &CheckId) -> Result<Option<Check>, DbError> {
    s.optional(&CHECK, params![id.home(), id, of])
}

pub(super) fn list(
    s: &mut Snapshot<'_>,
    id: &ActivityId,
    only_open: bool,
    (before, limit): (&str, i64),
) -> Result<Vec<Check>, DbError> {
    s.all(if only_open { &OPEN } else { &LIST }, params![id.home(), id, before, limit])
}

pub(super) fn states(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Vec<(String, u32)>, DbError> {
    s.all(&STATES, params![id.home(), id])
}

pub(super) fn came(
    s: &mut Snapshot<'_>,
    id: &ActivityId,
    (after, until): (u32, u32),
) -> Result<Vec<(SignUpId, u32)>, DbError> {
    s.all(&CAME, params![id.home(), id, after, until])
}

/// Another activity at which the person is between two instants; waits for other check-ins of theirs.
pub(super) fn elsewhere(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (person, id): (&PersonId, &ActivityId),
    (from, until): (Instant, Instant),
) -> Result<Option<ActivityId>, DbError> {
    tx.execute(&VISITOR, params![permit.home(), person])?;
    let found: Option<(ActivityId,)> = tx.optional(&ELSEWHERE, params![permit.home(), person, id, from, until])?;
    Ok(found.map(|(id,)| id))
}

/// False where the activity was cancelled meanwhile.
pub(super) fn count(tx: &mut Tx<'_>, permit: &Permit, id: &ActivityId, more: i64) -> Result<bool, DbError> {
    Ok(tx.execute(&COUNT, params![permit.home(), id, more])? == 1)
}

/// What a check-in becomes, by whom and why.
pub(super) struct Decided<'a> {
    pub to: State,
    pub attendance: Option<&'a AttendanceId>,
    pub by: Option<&'a PersonId>,
    pub reason: &'a str,
}

pub(super) fn decide(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, old): (&ActivityId, &Check),
    new: &Decided<'_>,
) -> Result<bool, DbError> {
    let params =
        params![permit.home(), id, &old.id, new.to.as_str(), new.attendance, new.by, new.reason, old.state.as_str(),];
    Ok(tx.execute(&DECIDE, params)? == 1)
}

pub(super) fn leave(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, of): (&ActivityId, &CheckId),
    at: Instant,
) -> Result<bool, DbError> {
    Ok(tx.execute(&LEAVE, params![permit.home(), id, of, at])? == 1)
}

/// Sign-ups of exactly this name, two at most.
pub(super) fn named(
    s: &mut Snapshot<'_>,
    id: &ActivityId,
    name: &str,
) -> Result<Vec<(SignUpId, Option<PersonId>)>, DbError> {
    s.all(&NAMED, params![id.home(), id, name])
}
