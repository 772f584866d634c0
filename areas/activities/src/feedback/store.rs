//! All SQL of feedback.

use db::{DbError, Snapshot, Tx, params};
use kernel::Context;
use rights::Permit;

use crate::ActivityId;

db::statements! {
    STATEMENTS:
    PUT = "INSERT INTO activity_feedback (home, activity, who, grade, words, made_by, made_at) \
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (home, activity, who) \
           DO UPDATE SET grade = excluded.grade, words = excluded.words, made_at = excluded.made_at";
    GRADES = "SELECT grade, COUNT(*) FROM activity_feedback WHERE home = ?1 AND activity = ?2 GROUP BY grade";
    OWN = "SELECT grade, words FROM activity_feedback WHERE home = ?1 AND activity = ?2 AND who = ?3";
    /// In an order that tells nothing about when they came.
    WORDS = "SELECT grade, words FROM activity_feedback WHERE home = ?1 AND activity = ?2 AND words <> '' \
             ORDER BY grade, words LIMIT ?3";
    GRADES_OF_SEASON = "SELECT f.grade, COUNT(*) FROM activities a JOIN activity_feedback f ON f.home = a.home \
                        AND f.activity = a.id WHERE a.home = ?1 AND a.season = ?2 AND (?3 = 0 OR a.project = ?3) \
                        AND a.cancelled_at IS NULL GROUP BY f.grade";
}

pub(super) fn put(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (id, who, cx): (&ActivityId, &str, &Context),
    (grade, words): (u32, &str),
) -> Result<(), DbError> {
    tx.execute(&PUT, params![permit.home(), id, who, grade, words, cx.actor.person(), cx.now]).map(|_| ())
}

pub(super) fn grades(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Vec<(u32, u32)>, DbError> {
    s.all(&GRADES, params![id.home(), id])
}

pub(super) fn own(s: &mut Snapshot<'_>, id: &ActivityId, who: &str) -> Result<Option<(u32, String)>, DbError> {
    s.optional(&OWN, params![id.home(), id, who])
}

pub(super) fn words(s: &mut Snapshot<'_>, id: &ActivityId, limit: i64) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&WORDS, params![id.home(), id, limit])
}

pub(super) fn of_season(
    s: &mut Snapshot<'_>,
    season: &programmes::SeasonId,
    project: u32,
) -> Result<Vec<(u32, u32)>, DbError> {
    s.all(&GRADES_OF_SEASON, params![season.home(), season, project])
}
