//! Reading works.

use db::{DbError, Fault, Snapshot};
use kernel::{Fen, Kind, Refusal};
use work::files::{File, FileId, FileState};

use super::{Quote, Roll, State, Step, Unit, Work, WorkId, WorkKind, not_found, share, store};

/// Works of a page.
pub const PAGE: i64 = 30;

/// One work.
///
/// # Errors
/// Refusal `work-not-found`; database faults.
pub fn work(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Work, Fault> {
    Ok(store::work(s, id)?.ok_or_else(not_found)?)
}

/// Works at the place with this path (`Place::path`) and below, the newest first, [`PAGE`] at most; everywhere without.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn works(
    s: &mut Snapshot<'_>,
    path: Option<&str>,
    (state, before): (Option<State>, Option<&WorkId>),
) -> Result<Vec<Work>, DbError> {
    store::works(s, path, (state, before, PAGE))
}

/// How many units of a kind there are: each of the later ones is among the earlier ones too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct KindCount {
    /// What is done to them.
    pub kind: WorkKind,
    /// All that are planned, begun ones included.
    pub planned: u64,
    /// Those that have begun.
    pub started: u64,
    /// Those that are done.
    pub finished: u64,
    /// Those of them that were accepted.
    pub accepted: u64,
}

/// Units planned, started and finished by kind, at the place with this path and below: one statement. Kinds without a unit
/// are left out.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn by_kind(s: &mut Snapshot<'_>, path: Option<&str>) -> Result<Vec<KindCount>, DbError> {
    let rows = store::by_kind(s, path)?;
    let of = |kind: WorkKind| {
        let since = |least: State| rows.iter().filter(|row| row.0 == kind && row.1 >= least).map(|row| row.2).sum();
        KindCount {
            kind,
            planned: since(State::Planned),
            started: since(State::Started),
            finished: since(State::Done),
            accepted: since(State::Accepted),
        }
    };
    Ok(WorkKind::ALL.iter().map(|kind| of(*kind)).filter(|count| count.planned > 0).collect())
}

/// The quotes of a work, in the order in which they were entered.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn quotes(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Quote>, DbError> {
    store::quotes(s, id)
}

/// The units of a work, [`super::MAX_UNITS`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn units(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Unit>, DbError> {
    store::units(s, id)
}

/// What brought the units to where they are, by unit, the first step first.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn steps(s: &mut Snapshot<'_>, id: &WorkId) -> Result<Vec<Step>, DbError> {
    let mut steps = store::steps(s, id)?;
    steps.sort_by_key(|step| (step.unit, step.state));
    Ok(steps)
}

/// The apportionment that holds: the last one.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn roll(s: &mut Snapshot<'_>, work: &Work) -> Result<Option<Roll>, DbError> {
    store::roll(s, &work.id, work.rolls)
}

/// What each flat of an apportionment bears, in the order of its flats.
///
/// # Errors
/// [`DbError::Data`] where the stored areas give no shares.
pub fn shares(roll: &Roll) -> Result<Vec<Fen>, DbError> {
    let areas: Vec<i64> = roll.flats.iter().map(|flat| flat.2).collect();
    let bearer = roll.flats.iter().position(|flat| !roll.bearer.is_empty() && flat.0 == roll.bearer);
    share::shares(roll.total, &areas, bearer).ok_or_else(|| DbError::Data("works: areas without shares".into()))
}

/// A photo of a work.
///
/// # Errors
/// Refusal `file-not-found`; database faults.
pub fn photo(s: &mut Snapshot<'_>, id: &WorkId, file: &FileId) -> Result<File, Fault> {
    let found = work::files::file(s, file)?;
    if found.state == FileState::Attached && found.subject.as_deref() == Some(id.as_str()) {
        return Ok(found);
    }
    Err(Refusal::new(Kind::NotFound, "file-not-found").into())
}
