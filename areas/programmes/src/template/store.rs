//! All SQL of templates.

use db::{DbError, Snapshot, Tx, params};
use kernel::{Home, Instant};
use rights::Permit;

use crate::SeasonId;

db::statements! {
    STATEMENTS:
    PUT_TEMPLATE = "INSERT INTO templates (home, id, body, adopted_at) VALUES (?1, ?2, ?3, ?4) \
                    ON CONFLICT (home, id) DO UPDATE SET body = excluded.body, adopted_at = excluded.adopted_at";
    TEMPLATE = "SELECT body FROM templates WHERE home = ?1 AND id = ?2";
    TEMPLATES = "SELECT body FROM templates WHERE home = ?1 ORDER BY id LIMIT 100";
    COUNT_TEMPLATES = "SELECT COUNT(*) FROM templates WHERE home = ?1";
    INSERT_SEASON_TEMPLATE = "INSERT INTO season_templates (home, season, body) VALUES (?1, ?2, ?3)";
    SEASON_TEMPLATE = "SELECT body FROM season_templates WHERE home = ?1 AND season = ?2";
}

pub(crate) fn put(tx: &mut Tx<'_>, permit: &Permit, key: &str, body: &str, now: Instant) -> Result<(), DbError> {
    tx.execute(&PUT_TEMPLATE, params![permit.home(), key, body, now]).map(|_| ())
}

pub(crate) fn body(s: &mut Snapshot<'_>, home: Home, key: &str) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&TEMPLATE, params![home, key])?.map(|row| row.0))
}

pub(crate) fn bodies(s: &mut Snapshot<'_>, home: Home) -> Result<Vec<String>, DbError> {
    Ok(s.all::<(String,)>(&TEMPLATES, params![home])?.into_iter().map(|row| row.0).collect())
}

pub(crate) fn count(s: &mut Snapshot<'_>, home: Home) -> Result<i64, DbError> {
    Ok(s.optional::<(i64,)>(&COUNT_TEMPLATES, params![home])?.map_or(0, |row| row.0))
}

pub(crate) fn keep_for_season(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, body: &str) -> Result<(), DbError> {
    tx.execute(&INSERT_SEASON_TEMPLATE, params![permit.home(), season, body]).map(|_| ())
}

pub(crate) fn of_season(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&SEASON_TEMPLATE, params![season.home(), season])?.map(|row| row.0))
}
