//! Reading trainings.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, PersonId, Refusal};

use super::{Held, SHOWN_FROM, Said, Signup, Trainee, Training, TrainingId, store};
use crate::{Season, SeasonId};

/// Projects of a page of those who still need a training.
pub const PAGE: i64 = 50;

/// One training.
///
/// # Errors
/// Refusal `training-not-found`; database faults.
pub fn training(s: &mut Snapshot<'_>, season: &SeasonId, id: &TrainingId) -> Result<Training, Fault> {
    let found = store::training(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "training-not-found"))?)
}

/// All trainings of a season with how many came, in order, 100 at most; one that is still to come has nobody.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn trainings(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Held>, DbError> {
    store::counted(s, season)
}

/// Those of them to which somebody came: what is counted as a training that was held.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn held(s: &mut Snapshot<'_>, season: &Season) -> Result<Vec<Held>, DbError> {
    let mut all = store::counted(s, &season.id)?;
    all.retain(|training| training.attendance > 0);
    Ok(all)
}

/// Who signed up for it, in the order of their projects; 300 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn signups(s: &mut Snapshot<'_>, id: &TrainingId) -> Result<Vec<Signup>, DbError> {
    store::signups(s, id)
}

/// All approved projects with who does them, by number; as many as a season has.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn trainees(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Trainee>, DbError> {
    store::trainees(s, season)
}

/// Projects that run and of which nobody came to any training, after number `after`, [`PAGE`] and one more at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn missing(s: &mut Snapshot<'_>, season: &SeasonId, after: u32) -> Result<Vec<(u32, String)>, DbError> {
    store::missing(s, season, (after, PAGE + 1))
}

/// What those who were there say, with their words; none while fewer than [`SHOWN_FROM`] answered.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn said(s: &mut Snapshot<'_>, id: &TrainingId) -> Result<Option<(Said, Vec<String>)>, DbError> {
    let said = store::said(s, id)?;
    if said.answers < SHOWN_FROM {
        return Ok(None);
    }
    Ok(Some((said, store::words(s, id)?)))
}

/// What a person said.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rated(s: &mut Snapshot<'_>, id: &TrainingId, person: &PersonId) -> Result<Option<(u32, String)>, DbError> {
    store::rated(s, id, person)
}
