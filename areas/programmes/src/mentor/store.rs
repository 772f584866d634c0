//! All SQL of pairs.

use db::{DbError, Snapshot, Tx, params};
use kernel::Day;
use rights::Permit;

use super::Pair;
use crate::SeasonId;

/// Columns of a pair in the order of its fields.
macro_rules! columns {
    () => {
        "old_number, new_number, about, from_day, until_day, old_agreed_day, new_agreed_day, ended_day"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO mentor_pairs (home, season, old_number, new_number, about, from_day, until_day, \
              old_agreed_day, new_agreed_day) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING";
    COUNT = "SELECT COUNT(*) FROM mentor_pairs WHERE home = ?1 AND season = ?2";
    PAIR = concat!("SELECT ", columns!(), " FROM mentor_pairs WHERE home = ?1 AND season = ?2 AND old_number = ?3 \
                   AND new_number = ?4");
    PAIRS = concat!("SELECT ", columns!(), " FROM mentor_pairs WHERE home = ?1 AND season = ?2 \
                    ORDER BY old_number, new_number LIMIT 500");
    AGREE_OLD = "UPDATE mentor_pairs SET old_agreed_day = ?5 WHERE home = ?1 AND season = ?2 AND old_number = ?3 \
                 AND new_number = ?4 AND ended_day IS NULL";
    AGREE_NEW = "UPDATE mentor_pairs SET new_agreed_day = ?5 WHERE home = ?1 AND season = ?2 AND old_number = ?3 \
                 AND new_number = ?4 AND ended_day IS NULL";
    END = "UPDATE mentor_pairs SET ended_day = ?5 WHERE home = ?1 AND season = ?2 AND old_number = ?3 \
           AND new_number = ?4 AND ended_day IS NULL";
}

db::record!(Pair { old, new, about, from, until, old_agreed, new_agreed, ended });

/// False where the two are a pair already.
pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, season: &SeasonId, pair: &Pair) -> Result<bool, DbError> {
    let params = params![
        permit.home(),
        season,
        pair.old,
        pair.new,
        &pair.about,
        &pair.from,
        &pair.until,
        pair.old_agreed.as_ref(),
        pair.new_agreed.as_ref(),
    ];
    Ok(tx.execute(&INSERT, params)? == 1)
}

pub(super) fn count(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<u32, DbError> {
    let (n,): (u32,) = s.one(&COUNT, params![season.home(), season])?;
    Ok(n)
}

pub(super) fn pair(s: &mut Snapshot<'_>, season: &SeasonId, (old, new): (u32, u32)) -> Result<Option<Pair>, DbError> {
    s.optional(&PAIR, params![season.home(), season, old, new])
}

pub(super) fn pairs(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Pair>, DbError> {
    s.all(&PAIRS, params![season.home(), season])
}

/// Sets the days of these sides; false where it was ended.
pub(super) fn agree(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (pair, sides): (&Pair, [bool; 2]),
) -> Result<bool, DbError> {
    let mut done = true;
    for (is, statement, agreed) in [(sides[0], &AGREE_OLD, &pair.old_agreed), (sides[1], &AGREE_NEW, &pair.new_agreed)]
    {
        if is {
            let params = params![permit.home(), season, pair.old, pair.new, agreed.as_ref()];
            done &= tx.execute(statement, params)? == 1;
        }
    }
    Ok(done)
}

/// False where it was ended before.
pub(super) fn end(
    tx: &mut Tx<'_>,
    permit: &Permit,
    season: &SeasonId,
    (pair, day): (&Pair, &Day),
) -> Result<bool, DbError> {
    Ok(tx.execute(&END, params![permit.home(), season, pair.old, pair.new, day])? == 1)
}
