//! All SQL of visits and of the board.

use db::{DbError, FromRow, Param, Row, Snapshot, Tx, Wide, params};
use kernel::Instant;
use rights::Permit;

use super::{Door, Met, Spent, Totals, Visit};
use crate::round::RoundId;

/// How many are asked for at once.
const ASKED: usize = 32;

/// What a door's row says, from its visits.
macro_rules! refresh {
    ($($rest:tt)*) => {
        concat!("UPDATE owner_doors SET visits = (SELECT COUNT(*) FROM owner_visits v WHERE v.home = ?1 AND v.round = ?2 \
                AND v.unit = owner_doors.unit AND v.way = 'door'), reached = EXISTS (SELECT 1 FROM owner_visits v \
                WHERE v.home = ?1 AND v.round = ?2 AND v.unit = owner_doors.unit AND v.result <> 'nobody'), \
                stance = COALESCE((SELECT v.result FROM owner_visits v WHERE v.home = ?1 AND v.round = ?2 \
                AND v.unit = owner_doors.unit AND v.result IN ('agrees', 'refuses', 'undecided') \
                ORDER BY v.at DESC, v.id DESC LIMIT 1), ''), stance_at = COALESCE((SELECT MAX(v.at) FROM owner_visits v \
                WHERE v.home = ?1 AND v.round = ?2 AND v.unit = owner_doors.unit AND v.result IN ('agrees', 'refuses', \
                'undecided')), 0) WHERE home = ?1 AND round = ?2", $($rest)*)
    };
}

/// A visit: what all have in common is `?1` to `?3`, its own are nine.
macro_rules! row {
    ($($own:literal),+) => {
        concat!("(?1, ?2, ?3", $(", ", $own),+, ")")
    };
}

macro_rules! insert {
    ($($rows:tt)*) => {
        concat!("INSERT INTO owner_visits (home, round, heard_at, id, unit, way, result, words, at, day, made_by, client) \
                VALUES ", $($rows)*)
    };
}

db::statements! {
    STATEMENTS:
    INSERT = insert!(row!("?4", "?5", "?6", "?7", "?8", "?9", "?10", "?11", "?12"));
    INSERT_8 = insert!(row!("?4", "?5", "?6", "?7", "?8", "?9", "?10", "?11", "?12"), ", ",
               row!("?13", "?14", "?15", "?16", "?17", "?18", "?19", "?20", "?21"), ", ",
               row!("?22", "?23", "?24", "?25", "?26", "?27", "?28", "?29", "?30"), ", ",
               row!("?31", "?32", "?33", "?34", "?35", "?36", "?37", "?38", "?39"), ", ",
               row!("?40", "?41", "?42", "?43", "?44", "?45", "?46", "?47", "?48"), ", ",
               row!("?49", "?50", "?51", "?52", "?53", "?54", "?55", "?56", "?57"), ", ",
               row!("?58", "?59", "?60", "?61", "?62", "?63", "?64", "?65", "?66"), ", ",
               row!("?67", "?68", "?69", "?70", "?71", "?72", "?73", "?74", "?75"));
    /// Of these texts of devices those that are there; a shorter list repeats its last.
    KNOWN = "SELECT client FROM owner_visits WHERE home = ?1 AND round = ?2 AND client IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, \
             ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, \
             ?31, ?32, ?33, ?34)";
    UNITS = "SELECT number, unit FROM owner_doors WHERE home = ?1 AND round = ?2 AND number IN (?3, ?4, ?5, ?6, ?7, ?8, \
             ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, \
             ?30, ?31, ?32, ?33, ?34)";
    REFRESH = refresh!(" AND number IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, \
              ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34)");
    /// Every door, from visits that were noted before the roll was thawed.
    REMEMBER = refresh!("");
    DOORS = "SELECT number, unit, floor, area, visits, reached, stance, ballots FROM owner_doors WHERE home = ?1 \
             AND round = ?2 AND building = ?3 ORDER BY number LIMIT 5000";
    TOTALS = "SELECT building, COUNT(*), COUNT(CASE WHEN reached OR ballots > 0 THEN 1 END), COUNT(CASE WHEN stance = 'agrees' THEN 1 END), \
              COUNT(CASE WHEN stance = 'refuses' THEN 1 END), COUNT(CASE WHEN stance = 'undecided' THEN 1 END), \
              COUNT(CASE WHEN ballots > 0 THEN 1 END), CAST(SUM(visits) AS BIGINT) FROM owner_doors \
              WHERE home = ?1 AND round = ?2 GROUP BY building ORDER BY MIN(number) LIMIT 500";
    VISITS = "SELECT id, unit, way, result, words, at, day, made_by FROM owner_visits WHERE home = ?1 AND round = ?2 \
              AND unit = ?3 ORDER BY at DESC, id DESC LIMIT 100";
    SPENT = "SELECT COUNT(*), COUNT(DISTINCT day), COALESCE(MIN(day), ''), COALESCE(MAX(day), '') FROM owner_visits \
             WHERE home = ?1 AND round = ?2 AND way = 'door'";
    FLOORS = "SELECT COUNT(*) FROM (SELECT DISTINCT building, floor FROM owner_doors WHERE home = ?1 AND round = ?2) f";
}

fn data(what: &str) -> DbError {
    DbError::Data(format!("visits: {what}"))
}

fn word<T: std::str::FromStr>(row: &Row<'_>, at: usize) -> Result<T, DbError> {
    let word: String = row.get(at)?;
    word.parse().map_err(|_| data(&word))
}

impl FromRow for Visit {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        Ok(Visit {
            id: row.get(0)?,
            unit: row.get(1)?,
            way: word(row, 2)?,
            result: word(row, 3)?,
            words: row.get(4)?,
            at: row.get(5)?,
            day: row.get(6)?,
            by: row.get(7)?,
        })
    }
}

impl FromRow for Door {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (stance, ballots): (String, u32) = (row.get(6)?, row.get(7)?);
        let stance = if stance.is_empty() { None } else { Some(stance.parse::<Met>().map_err(|()| data(&stance))?) };
        Ok(Door {
            number: row.get(0)?,
            unit: row.get(1)?,
            floor: row.get(2)?,
            area: row.get(3)?,
            visits: row.get(4)?,
            // whoever has voted was reached, by whatever way
            reached: row.get::<bool>(5)? || ballots > 0,
            stance,
            voted: ballots > 0,
        })
    }
}

db::record!(Totals { building, units, reached, agrees, refuses, undecided, voted, visits });
db::record!(Spent { visits, days, first, last });

/// Parameters of a list of at most [`ASKED`].
fn listed<'p, T: Copy + Into<Param<'p>>>(permit: (kernel::Home, &'p RoundId), part: &[T]) -> Vec<Param<'p>> {
    let mut params = params![permit.0, permit.1].to_vec();
    if let Some(last) = part.last().copied() {
        params.extend(part.iter().copied().chain(std::iter::repeat(last)).take(ASKED).map(Into::into));
    }
    params
}

/// Those of the devices' texts that are there already.
pub(super) fn known(s: &mut Snapshot<'_>, round: &RoundId, clients: &[&str]) -> Result<Vec<String>, DbError> {
    let mut found = Vec::new();
    for part in clients.chunks(ASKED) {
        s.each(&KNOWN, &listed((round.home(), round), part), |(client,): (String,)| {
            found.push(client);
            Ok(())
        })?;
    }
    Ok(found)
}

/// The units of these doors.
pub(super) fn units(s: &mut Snapshot<'_>, round: &RoundId, doors: &[u32]) -> Result<Vec<(u32, String)>, DbError> {
    let mut found = Vec::new();
    for part in doors.chunks(ASKED) {
        s.each(&UNITS, &listed((round.home(), round), part), |row: (u32, String)| {
            found.push(row);
            Ok(())
        })?;
    }
    Ok(found)
}

pub(super) fn insert_all(
    tx: &mut Tx<'_>,
    permit: &Permit,
    round: &RoundId,
    (visits, heard): (&[(Visit, String)], Instant),
) -> Result<(), DbError> {
    let rows: Vec<Vec<Param<'_>>> = visits.iter().map(|(visit, client)| own(visit, client)).collect();
    Wide { many: &INSERT_8, rows: 8, one: &INSERT }
        .each((params![permit.home(), round, heard], &rows), |statement, params| {
            tx.execute(statement, params).map(|_| ())
        })
}

fn own<'p>(visit: &'p Visit, client: &'p str) -> Vec<Param<'p>> {
    params![
        &visit.id,
        &visit.unit,
        visit.way.as_str(),
        visit.result.as_str(),
        &visit.words,
        visit.at,
        &visit.day,
        visit.by.as_ref(),
        client,
    ]
    .to_vec()
}

/// Brings doors up to what their visits say.
pub(super) fn refresh(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId, doors: &[u32]) -> Result<(), DbError> {
    for part in doors.chunks(ASKED) {
        tx.execute(&REFRESH, &listed((permit.home(), round), part))?;
    }
    Ok(())
}

/// Brings all doors up to what their visits say.
pub(crate) fn remember(tx: &mut Tx<'_>, permit: &Permit, round: &RoundId) -> Result<(), DbError> {
    tx.execute(&REMEMBER, params![permit.home(), round]).map(|_| ())
}

pub(super) fn doors(s: &mut Snapshot<'_>, round: &RoundId, building: &str) -> Result<Vec<Door>, DbError> {
    s.all(&DOORS, params![round.home(), round, building])
}

pub(super) fn totals(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Vec<Totals>, DbError> {
    s.all(&TOTALS, params![round.home(), round])
}

pub(super) fn visits(s: &mut Snapshot<'_>, round: &RoundId, unit: &str) -> Result<Vec<Visit>, DbError> {
    s.all(&VISITS, params![round.home(), round, unit])
}

pub(super) fn spent(s: &mut Snapshot<'_>, round: &RoundId) -> Result<Spent, DbError> {
    s.one(&SPENT, params![round.home(), round])
}

pub(super) fn floors(s: &mut Snapshot<'_>, round: &RoundId) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&FLOORS, params![round.home(), round])?.0)
}
