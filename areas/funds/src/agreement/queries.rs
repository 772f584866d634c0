//! Reading agreements.

use db::{DbError, Fault, Snapshot};
use kernel::{Fen, Kind, Refusal};
use programmes::SeasonId;

use super::{Agreement, Line, State, Tranche, store};

/// Agreements of a page.
pub const PAGE: i64 = 50;

/// The agreement of a project.
///
/// # Errors
/// Refusal `agreement-not-found`; database faults.
pub fn agreement(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Agreement, Fault> {
    let found = store::agreement(s, season, project)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "agreement-not-found"))?)
}

/// The same where there may be none.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn optional(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Agreement>, DbError> {
    store::agreement(s, season, project)
}

/// The agreements after a project's number, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn agreements(s: &mut Snapshot<'_>, season: &SeasonId, after: u32) -> Result<Vec<Agreement>, DbError> {
    store::agreements(s, season, (after, PAGE))
}

/// Names of the projects that have an agreement, by number; 2,000 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn names(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, String)>, DbError> {
    store::names(s, season)
}

/// Approved projects without an agreement after a number, as number, name and cost; [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn without(s: &mut Snapshot<'_>, season: &SeasonId, after: u32) -> Result<Vec<(u32, String, Fen)>, DbError> {
    store::without(s, season, (after, PAGE))
}

/// The budget lines of a project, 60 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn lines(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Line>, DbError> {
    store::lines(s, season, project)
}

/// The tranches of a project in order.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn tranches(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Tranche>, DbError> {
    store::tranches(s, season, project)
}

/// An agreement that both sides have signed and that has not ended.
///
/// # Errors
/// `agreement-not-signed`, `agreement-ended`.
pub fn expect_running(agreement: &Agreement) -> Result<(), Refusal> {
    match agreement.state {
        State::Signed => Ok(()),
        State::Draft => Err(Refusal::new(Kind::Conflict, "agreement-not-signed")),
        State::Settled | State::Terminated => Err(Refusal::new(Kind::Conflict, "agreement-ended")),
    }
}
