//! Reading verdicts.

use db::{DbError, Fault, Snapshot};
use kernel::Actor;
use programmes::{Season, SeasonId, season};
use rights::{Action, authorize};

use crate::{PartTurnout, Standing, Verdict, VerdictRow, store};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// The season, for somebody who may do something with it: asked before long work begins.
///
/// # Errors
/// Refusals `season-not-found`, `not-allowed`; database faults.
pub(crate) fn may(s: &mut Snapshot<'_>, actor: &Actor, id: &SeasonId, action: Action) -> Result<Season, Fault> {
    let season = season::queries::season(s, id)?;
    authorize(actor, action, &season::queries::site(s, &season)?)?;
    Ok(season)
}

/// The verdict of a season, if it is published.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn verdict(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Verdict>, DbError> {
    store::verdict(s, season)
}

/// What the verdict says about the projects after rank `after`, in order of ranks, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn rows(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<VerdictRow>, DbError> {
    store::lines(s, season, after, limit)
}

/// What the verdict says about one project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn row(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<VerdictRow>, DbError> {
    store::line(s, season, number)
}

/// Numbers and names of the projects that came from proposals of whoever has signed in; nothing for others. 20 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn own_projects(s: &mut Snapshot<'_>, season: &SeasonId, actor: &Actor) -> Result<Vec<(u32, String)>, DbError> {
    match actor.person() {
        Some(person) => store::own(s, season, person),
        None => Ok(Vec::new()),
    }
}

/// How every project came out of a published vote, in order of ranks: the winners first, in the order in which the rule
/// chose them, then the others by support. Empty while there is no verdict; at most [`programmes::MAX_PROJECTS`].
///
/// # Errors
/// [`DbError`] of the statement.
pub fn standings(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Standing>, DbError> {
    store::standings(s, season)
}

/// Turnout by parts of the place, as far as it may be shown; empty while there is no verdict, or where there is one part.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn turnouts(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<PartTurnout>, DbError> {
    store::turnouts(s, season)
}
