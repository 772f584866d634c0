//! All SQL of films.

use db::{DbError, Snapshot, Tx, params};
use kernel::Context;
use rights::Permit;
use work::files::FileId;

use super::Film;
use crate::SeasonId;

db::statements! {
    STATEMENTS:
    FILM = "SELECT file, faces, added_day FROM closing_films WHERE home = ?1 AND season = ?2 AND number = ?3";
    PUT = "INSERT INTO closing_films (home, season, number, file, faces, added_by, added_day) \
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (home, season, number) DO UPDATE SET file = excluded.file, \
           faces = excluded.faces, added_by = excluded.added_by, added_day = excluded.added_day";
    REMOVE = "DELETE FROM closing_films WHERE home = ?1 AND season = ?2 AND number = ?3 AND file = ?4";
}

db::record!(Film { file, faces, added_day });

pub(super) fn film(s: &mut Snapshot<'_>, (season, number): (&SeasonId, u32)) -> Result<Option<Film>, DbError> {
    s.optional(&FILM, params![season.home(), season, number])
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    (film, cx): (&Film, &Context),
) -> Result<(), DbError> {
    let params = params![permit.home(), season, number, &film.file, &film.faces, cx.actor.person(), &film.added_day];
    tx.execute(&PUT, params).map(|_| ())
}

/// False when it is another one, or none.
pub(super) fn remove(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    file: &FileId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&REMOVE, params![permit.home(), season, number, file])? == 1)
}
