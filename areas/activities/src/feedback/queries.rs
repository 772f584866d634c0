//! Reading feedback.

use db::{DbError, Snapshot};
use kernel::PersonId;
use programmes::SeasonId;

use super::{Grades, SHOWN_FROM, store};
use crate::ActivityId;

/// Words that are shown at most.
const MOST_WORDS: i64 = 50;

fn told(rows: Vec<(u32, u32)>) -> Grades {
    let mut grades = Grades::default();
    for (grade, n) in rows {
        if let Some(at) = usize::try_from(grade).ok().and_then(|grade| grade.checked_sub(1)).filter(|at| *at < 5) {
            grades.by_grade[at] = n;
        }
        grades.answers += n;
    }
    if grades.answers < SHOWN_FROM { Grades { by_grade: [0; 5], ..grades } } else { grades }
}

/// What those who came thought of an activity.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn grades(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Grades, DbError> {
    Ok(told(store::grades(s, id)?))
}

/// What those who came thought of the activities of a season; of one project where `project` is not 0.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn of_season(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Grades, DbError> {
    Ok(told(store::of_season(s, season, project)?))
}

/// What somebody said themselves: the grade and the words.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn own(s: &mut Snapshot<'_>, id: &ActivityId, person: &PersonId) -> Result<Option<(u32, String)>, DbError> {
    store::own(s, id, &format!("p:{person}"))
}

/// Words with their grades, 50 at most, for those who hold the activity; none while there are fewer than five answers.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn words(s: &mut Snapshot<'_>, id: &ActivityId) -> Result<Vec<(u32, String)>, DbError> {
    if grades(s, id)?.answers < SHOWN_FROM {
        return Ok(Vec::new());
    }
    store::words(s, id, MOST_WORDS)
}
