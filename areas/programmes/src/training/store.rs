//! All SQL of trainings. How many came is counted from the attendances, which are the shared noun's.

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Day, PersonId};
use rights::Permit;

use super::{Held, Said, Signup, Trainee, Training, TrainingId};
use crate::SeasonId;

/// Columns of a training in the order of its fields.
macro_rules! columns {
    () => {
        "id, season, number, title, day, room, teacher, about, materials, recorded_by"
    };
}

db::statements! {
    STATEMENTS:
    INSERT = "INSERT INTO trainings (home, id, season, number, title, day, room, teacher, about, materials, recorded_by, \
              once) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
    NEXT_NUMBER = "SELECT COALESCE(MAX(number), 0) + 1 FROM trainings WHERE home = ?1 AND season = ?2";
    ONCE = concat!("SELECT ", columns!(), " FROM trainings WHERE home = ?1 AND season = ?2 AND once = ?3");
    TRAINING = concat!("SELECT ", columns!(), " FROM trainings WHERE home = ?1 AND season = ?2 AND id = ?3");
    COUNTED = "SELECT t.id, t.number, t.title, t.day, COUNT(a.id) FROM trainings t LEFT JOIN attendance a \
               ON a.home = t.home AND a.event_kind = 'training' AND a.event = t.id AND a.struck_at IS NULL \
               AND a.estimated = ?3 WHERE t.home = ?1 AND t.season = ?2 GROUP BY t.id, t.number, t.title, t.day \
               ORDER BY t.number LIMIT 100";
    /// One row a person: for another project it is that one.
    PUT_SIGNUP = "INSERT INTO training_signups (home, training, person, number, signed_day, came) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (home, training, person) \
                  DO UPDATE SET number = excluded.number, signed_day = excluded.signed_day";
    DROP_SIGNUP = "DELETE FROM training_signups WHERE home = ?1 AND training = ?2 AND person = ?3 AND came = ?4";
    SET_CAME = "UPDATE training_signups SET came = ?4 WHERE home = ?1 AND training = ?2 AND person = ?3";
    SIGNUPS = "SELECT person, number, came FROM training_signups WHERE home = ?1 AND training = ?2 \
               ORDER BY number, person LIMIT 300";
    INSERT_PROJECT = "INSERT INTO training_projects (home, season, number, training) VALUES (?1, ?2, ?3, ?4) \
                      ON CONFLICT DO NOTHING";
    NUMBERS = "SELECT number FROM project_runs WHERE home = ?1 AND season = ?2 ORDER BY number LIMIT 2000";
    TRAINEES = "SELECT r.number, p.name, q.author, q.org FROM project_runs r JOIN projects p ON p.home = r.home \
                AND p.season = r.season AND p.number = r.number LEFT JOIN proposals q ON q.home = r.home \
                AND q.season = r.season AND q.project = r.number WHERE r.home = ?1 AND r.season = ?2 \
                ORDER BY r.number LIMIT 2000";
    MISSING = "SELECT r.number, p.name FROM project_runs r JOIN projects p ON p.home = r.home AND p.season = r.season \
               AND p.number = r.number WHERE r.home = ?1 AND r.season = ?2 AND r.number > ?3 AND r.state = 'running' \
               AND NOT EXISTS (SELECT 1 FROM training_projects t WHERE t.home = r.home AND t.season = r.season \
               AND t.number = r.number) ORDER BY r.number LIMIT ?4";
    PUT_RATING = "INSERT INTO training_feedback (home, training, person, grade, words, day) \
                  VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (home, training, person) \
                  DO UPDATE SET grade = excluded.grade, words = excluded.words, day = excluded.day";
    RATED = "SELECT grade, words FROM training_feedback WHERE home = ?1 AND training = ?2 AND person = ?3";
    SAID = "SELECT COUNT(*), CAST(COALESCE(SUM(grade), 0) AS BIGINT), \
            CAST(COALESCE(SUM(CASE WHEN grade >= 4 THEN 1 ELSE 0 END), 0) AS BIGINT) FROM training_feedback \
            WHERE home = ?1 AND training = ?2";
    /// In an order that tells nothing about when they came.
    WORDS = "SELECT words FROM training_feedback WHERE home = ?1 AND training = ?2 AND words <> '' \
             ORDER BY words LIMIT 50";
}

impl FromRow for Training {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let materials: String = row.get(8)?;
        Ok(Training {
            id: row.get(0)?,
            season: row.get(1)?,
            number: row.get(2)?,
            title: row.get(3)?,
            day: row.get(4)?,
            room: row.get(5)?,
            teacher: row.get(6)?,
            about: row.get(7)?,
            materials: serde_json::from_str(&materials).map_err(|e| DbError::Data(format!("materials: {e}")))?,
            recorded_by: row.get(9)?,
        })
    }
}

db::record!(Held { id, number, title, day, attendance });
db::record!(Signup { person, number, came });
db::record!(Trainee { number, name, author, org });

pub(super) fn insert(tx: &mut Tx<'_>, permit: &Permit, training: &Training, once: &str) -> Result<(), DbError> {
    let materials = serde_json::to_string(&training.materials).map_err(|e| DbError::Data(format!("materials: {e}")))?;
    let params = params![
        permit.home(),
        &training.id,
        &training.season,
        training.number,
        &training.title,
        &training.day,
        &training.room,
        &training.teacher,
        &training.about,
        &materials,
        training.recorded_by.as_ref(),
        once,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(super) fn next_number(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<u32, DbError> {
    let next: Option<(u32,)> = s.optional(&NEXT_NUMBER, params![season.home(), season])?;
    Ok(next.map_or(1, |(number,)| number))
}

pub(super) fn once(s: &mut Snapshot<'_>, season: &SeasonId, once: &str) -> Result<Option<Training>, DbError> {
    s.optional(&ONCE, params![season.home(), season, once])
}

pub(super) fn training(s: &mut Snapshot<'_>, season: &SeasonId, id: &TrainingId) -> Result<Option<Training>, DbError> {
    s.optional(&TRAINING, params![season.home(), season, id])
}

pub(super) fn counted(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Held>, DbError> {
    s.all(&COUNTED, params![season.home(), season, false])
}

pub(super) fn put_signup(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &TrainingId,
    (person, number, day): (&PersonId, u32, &Day),
) -> Result<(), DbError> {
    tx.execute(&PUT_SIGNUP, params![permit.home(), id, person, number, day, false]).map(|_| ())
}

/// False where nobody had signed up, or they came.
pub(super) fn drop_signup(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &TrainingId,
    person: &PersonId,
) -> Result<bool, DbError> {
    Ok(tx.execute(&DROP_SIGNUP, params![permit.home(), id, person, false])? == 1)
}

pub(super) fn set_came(tx: &mut Tx<'_>, permit: &Permit, id: &TrainingId, person: &PersonId) -> Result<(), DbError> {
    tx.execute(&SET_CAME, params![permit.home(), id, person, true]).map(|_| ())
}

pub(super) fn signups(s: &mut Snapshot<'_>, id: &TrainingId) -> Result<Vec<Signup>, DbError> {
    s.all(&SIGNUPS, params![id.home(), id])
}

/// False where it is known.
pub(super) fn insert_project(
    tx: &mut Tx<'_>,
    permit: &Permit,
    (season, id): (&SeasonId, &TrainingId),
    number: u32,
) -> Result<bool, DbError> {
    Ok(tx.execute(&INSERT_PROJECT, params![permit.home(), season, number, id])? == 1)
}

/// Numbers of the approved projects, ascending.
pub(super) fn numbers(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<u32>, DbError> {
    let rows: Vec<(u32,)> = s.all(&NUMBERS, params![season.home(), season])?;
    Ok(rows.into_iter().map(|(number,)| number).collect())
}

pub(super) fn trainees(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Trainee>, DbError> {
    s.all(&TRAINEES, params![season.home(), season])
}

pub(super) fn missing(
    s: &mut Snapshot<'_>,
    season: &SeasonId,
    (after, limit): (u32, i64),
) -> Result<Vec<(u32, String)>, DbError> {
    s.all(&MISSING, params![season.home(), season, after, limit])
}

pub(super) fn put_rating(
    tx: &mut Tx<'_>,
    permit: &Permit,
    id: &TrainingId,
    (person, grade, words, day): (&PersonId, u32, &str, &Day),
) -> Result<(), DbError> {
    tx.execute(&PUT_RATING, params![permit.home(), id, person, grade, words, day]).map(|_| ())
}

pub(super) fn rated(
    s: &mut Snapshot<'_>,
    id: &TrainingId,
    person: &PersonId,
) -> Result<Option<(u32, String)>, DbError> {
    s.optional(&RATED, params![id.home(), id, person])
}

pub(super) fn said(s: &mut Snapshot<'_>, id: &TrainingId) -> Result<Said, DbError> {
    let (answers, sum, content): (u64, u64, u64) = s.one(&SAID, params![id.home(), id])?;
    Ok(Said { answers, sum, content })
}

pub(super) fn words(s: &mut Snapshot<'_>, id: &TrainingId) -> Result<Vec<String>, DbError> {
    let rows: Vec<(String,)> = s.all(&WORDS, params![id.home(), id])?;
    Ok(rows.into_iter().map(|(words,)| words).collect())
}
