//! All SQL of sources.

use std::collections::BTreeSet;

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Fen, PersonId};
use programmes::SeasonId;
use rights::Permit;

use super::{Source, SourceKind};

macro_rules! columns {
    () => {
        "SELECT number, kind, name, is_person, amount, basis, project, added_day, withdrawn_day, withdrawn_why \
         FROM fund_sources \
         WHERE home = ?1 AND season = ?2 "
    };
}

db::statements! {
    STATEMENTS:
    NEXT_SOURCE = "UPDATE fund_books SET sources = sources + 1 WHERE home = ?1 AND season = ?2 AND sources < ?3 \
                   RETURNING sources";
    INSERT_SOURCE = "INSERT INTO fund_sources (home, season, number, kind, name, is_person, amount, basis, project, \
                     added_by, added_day, once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    SOURCE = concat!(columns!(), "AND number = ?3");
    SOURCE_ONCE = concat!(columns!(), "AND once = ?3");
    SOURCES = concat!(columns!(), "AND number > ?3 ORDER BY number LIMIT ?4");
    SOURCES_OF_PROJECT = concat!(columns!(), "AND project = ?3 AND withdrawn_day IS NULL ORDER BY number LIMIT 100");
    ADDED_BY = "SELECT added_by FROM fund_sources WHERE home = ?1 AND season = ?2 AND number = ?3";
    WITHDRAW = "UPDATE fund_sources SET withdrawn_day = ?4, withdrawn_why = ?5 \
                WHERE home = ?1 AND season = ?2 AND number = ?3 AND withdrawn_day IS NULL";
    NUMBERS = "SELECT number FROM fund_sources WHERE home = ?1 AND season = ?2 AND kind = ?3 ORDER BY number LIMIT 1000";
    GIVEN = "SELECT f.kind, CAST(SUM(f.amount - COALESCE(a.balance, 0)) AS BIGINT) FROM fund_sources f \
             LEFT JOIN fund_accounts a ON a.home = f.home AND a.season = f.season AND a.kind = 'back' \
             AND a.owner = f.number WHERE f.home = ?1 AND f.season = ?2 GROUP BY f.kind ORDER BY f.kind";
}

fn kind(word: &str) -> Result<SourceKind, DbError> {
    word.parse().map_err(|()| DbError::Data(format!("source {word}")))
}

impl FromRow for Source {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let word: String = row.get(1)?;
        Ok(Source {
            number: row.get(0)?,
            kind: kind(&word)?,
            name: row.get(2)?,
            is_person: row.get(3)?,
            amount: row.get(4)?,
            basis: row.get(5)?,
            project: row.get(6)?,
            day: row.get(7)?,
            withdrawn: row.get(8)?,
            withdrawn_why: row.get(9)?,
        })
    }
}

/// The next number; none where the season has as many as it may. The book must be held.
pub(super) fn next(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, most: i64) -> Result<Option<u32>, DbError> {
    let found: Option<(u32,)> = tx.optional(&NEXT_SOURCE, params![permit.home(), season, most])?;
    Ok(found.map(|row| row.0))
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    source: &Source,
    (by, once): (Option<&PersonId>, &str),
) -> Result<(), DbError> {
    let params = params![
        permit.home(),
        season,
        source.number,
        source.kind.as_str(),
        &source.name,
        source.is_person,
        source.amount,
        &source.basis,
        source.project,
        by,
        &source.day,
        once,
    ];
    tx.execute(&INSERT_SOURCE, params).map(|_| ())
}

pub(super) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Source>, DbError> {
    s.optional(&SOURCE_ONCE, params![season.home(), season, once])
}

pub(super) fn source(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Source>, DbError> {
    s.optional(&SOURCE, params![season.home(), season, number])
}

pub(super) fn sources(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Source>, DbError> {
    s.all(&SOURCES, params![season.home(), season, after, limit])
}

pub(super) fn of_project(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Source>, DbError> {
    s.all(&SOURCES_OF_PROJECT, params![season.home(), season, project])
}

pub(super) fn added_by(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<PersonId>, DbError> {
    let found: Option<(Option<PersonId>,)> = s.optional(&ADDED_BY, params![season.home(), season, number])?;
    Ok(found.and_then(|row| row.0))
}

pub(super) fn withdraw(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, source: &Source) -> Result<bool, DbError> {
    let params = params![permit.home(), season, source.number, source.withdrawn.as_ref(), &source.withdrawn_why];
    Ok(tx.execute(&WITHDRAW, params)? == 1)
}

pub(super) fn numbers(s: &mut Snapshot<'_>, season: &SeasonId, of: SourceKind) -> Result<BTreeSet<u32>, DbError> {
    let rows: Vec<(u32,)> = s.all(&NUMBERS, params![season.home(), season, of.as_str()])?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

pub(super) fn given(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(SourceKind, Fen)>, DbError> {
    let rows: Vec<(String, Fen)> = s.all(&GIVEN, params![season.home(), season])?;
    rows.into_iter().map(|(word, fen)| Ok((kind(&word)?, fen))).collect()
}
