//! All SQL of forms.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::Context;
use office::xlsx::Address;
use programmes::SeasonId;
use rights::Permit;

use super::{Bound, Filling, Form, MAX_CELLS, MAX_FILLINGS, MAX_FORMS};

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO district_forms (home, season, number, name, book, digest, once, added_by, added_day) \
              VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    SENT = "SELECT number FROM district_forms WHERE home = ?1 AND season = ?2 AND once = ?3";
    FORMS = "SELECT number, name, digest, added_day FROM district_forms WHERE home = ?1 AND season = ?2 \
             ORDER BY number LIMIT ?3";
    FORM = "SELECT number, name, digest, added_day FROM district_forms WHERE home = ?1 AND season = ?2 AND number = ?3";
    BOOK = "SELECT book FROM district_forms WHERE home = ?1 AND season = ?2 AND number = ?3";
    BIND = "INSERT INTO form_cells (home, season, number, sheet, row_number, column_number, figure) \
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
            ON CONFLICT (home, season, number, sheet, row_number, column_number) DO UPDATE SET figure = excluded.figure";
    UNBIND = "DELETE FROM form_cells WHERE home = ?1 AND season = ?2 AND number = ?3 AND sheet = ?4 \
              AND row_number = ?5 AND column_number = ?6";
    CELLS = "SELECT sheet, row_number, column_number, figure FROM form_cells WHERE home = ?1 AND season = ?2 \
             AND number = ?3 ORDER BY sheet, row_number, column_number LIMIT ?4";
    INSERT_FILLING = "INSERT INTO form_fillings (home, season, number, filling, figures, once, filled_by, filled_day) \
                      VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT DO NOTHING";
    FILLINGS = "SELECT once, filling, figures, filled_day FROM form_fillings WHERE home = ?1 AND season = ?2 \
                AND number = ?3 ORDER BY filling DESC LIMIT ?4";
    FILLING = "SELECT once, filling, figures, filled_day FROM form_fillings WHERE home = ?1 AND season = ?2 \
               AND number = ?3 AND filling = ?4";
}

db::record!(Form { number, name, digest, added_day });

/// A filling with the text that its sender made up.
pub(super) struct Sent(String, Filling);

impl FromRow for Sent {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let figures: String = row.get(2)?;
        let figures = serde_json::from_str(&figures).map_err(|e| DbError::Data(format!("form_fillings: {e}")))?;
        Ok(Sent(row.get(0)?, Filling { number: row.get(1)?, figures, day: row.get(3)? }))
    }
}

impl FromRow for Bound {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let at = Address { sheet: row.get(0)?, row: row.get(1)?, column: row.get(2)? };
        Ok(Bound { at, figure: row.get(3)? })
    }
}

/// False where the number is taken.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (form, bytes): (&Form, &[u8]),
    (once, cx): (&str, &Context),
) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        form.number,
        &form.name,
        bytes,
        &form.digest,
        once,
        cx.actor.person(),
        &form.added_day,
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(super) fn sent_before(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<u32>, DbError> {
    let found: Option<(u32,)> = s.optional(&SENT, params![season.home(), season, once])?;
    Ok(found.map(|(number,)| number))
}

pub(super) fn forms(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Form>, DbError> {
    s.all(&FORMS, params![season.home(), season, MAX_FORMS])
}

pub(super) fn form(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Form>, DbError> {
    s.optional(&FORM, params![season.home(), season, number])
}

pub(super) fn book(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Vec<u8>>, DbError> {
    let found: Option<(Vec<u8>,)> = s.optional(&BOOK, params![season.home(), season, number])?;
    Ok(found.map(|(bytes,)| bytes))
}

pub(super) fn bind(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    bound: &Bound,
) -> Result<(), DbError> {
    let at = &bound.at;
    let params = params![permit.home(), season, number, &at.sheet, at.row, at.column, &bound.figure];
    tx.execute(&BIND, params).map(|_| ())
}

/// False when it was not bound.
pub(super) fn unbind(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    at: &Address,
) -> Result<bool, DbError> {
    Ok(tx.execute(&UNBIND, params![permit.home(), season, number, &at.sheet, at.row, at.column])? == 1)
}

pub(super) fn cells(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Vec<Bound>, DbError> {
    s.all(&CELLS, params![season.home(), season, number, MAX_CELLS])
}

/// False where the number is taken.
pub(super) fn insert_filling(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    (new, once, cx): (&Filling, &str, &Context),
) -> Result<bool, DbError> {
    let figures = serde_json::to_string(&new.figures).map_err(|e| DbError::Data(e.to_string()))?;
    let params = params![permit.home(), season, number, new.number, &figures, once, cx.actor.person(), &new.day];
    Ok(tx.execute(&INSERT_FILLING, params)? == 1)
}

/// The latest first, each with the text that its sender made up.
pub(super) fn fillings(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    number: u32,
) -> Result<Vec<(String, Filling)>, DbError> {
    let rows: Vec<Sent> = s.all(&FILLINGS, params![season.home(), season, number, MAX_FILLINGS])?;
    Ok(rows.into_iter().map(|Sent(once, filling)| (once, filling)).collect())
}

pub(super) fn filling(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (number, filling): (u32, u32),
) -> Result<Option<Filling>, DbError> {
    let found: Option<Sent> = s.optional(&FILLING, params![season.home(), season, number, filling])?;
    Ok(found.map(|Sent(_, filling)| filling))
}
