//! Reading reviews.

use db::{DbError, Fault, Snapshot};
use kernel::{Context, Kind, PersonId, Refusal};
use programmes::{Season, SeasonId};
use tally::panel::Standing;

use super::{Line, Placed, Review, ReviewOutcome, Reviewer, ScoreSheet, State, store};

pub use store::{Declared, Lettered, Lifted};

/// Rows of a page.
pub const PAGE: i64 = 50;

/// The review of a season, once somebody was invited.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn review(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Option<Review>, DbError> {
    store::review(s, season)
}

/// Everybody who was invited, with what they have done; as many as a panel has.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn reviewers(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Reviewer>, DbError> {
    store::reviewers(s, season)
}

/// Somebody who was invited.
///
/// # Errors
/// Refusal `not-a-reviewer`; database faults.
pub fn reviewer(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Reviewer, Fault> {
    let found = store::reviewer(s, season, person)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-a-reviewer"))?)
}

/// Whoever has signed in, as a reviewer. Nobody scores in another's name.
///
/// # Errors
/// Refusals `sign-in-first`, `not-a-reviewer`; database faults.
pub fn me(s: &mut Snapshot<'_>, cx: &Context, season: &SeasonId) -> Result<Reviewer, Fault> {
    match cx.actor.person() {
        Some(person) => reviewer(s, season, person),
        None if cx.actor == kernel::Actor::Operator => Err(Refusal::new(Kind::Conflict, "takes-a-reviewer").into()),
        None => Err(Refusal::new(Kind::Forbidden, "sign-in-first").into()),
    }
}

/// What a reviewer has declared, in order of projects.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn declarations(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<Declared>, DbError> {
    store::declarations(s, season, person)
}

/// Conflicts that reviewers said and took back, for whoever runs the season; 200 at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn lifted(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<Lifted>, DbError> {
    store::lifted(s, season)
}

/// The sheets of one reviewer, in order of projects: for that reviewer.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn sheets_of(s: &mut Snapshot<'_>, season: &SeasonId, person: &PersonId) -> Result<Vec<ScoreSheet>, DbError> {
    store::sheets_of_person(s, season, person)
}

/// How many sheets each project has that has any.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn progress(s: &mut Snapshot<'_>, season: &SeasonId) -> Result<Vec<(u32, u32)>, DbError> {
    store::sheets_by_project(s, season)
}

/// The sheets of a project with letters for the reviewers. Nothing before the review is closed.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn sheets(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Vec<Lettered>, DbError> {
    match store::review(s, season)? {
        Some(review) if review.state == State::Closed => store::sheets_of_project(s, season, project),
        _ => Ok(Vec::new()),
    }
}

/// What a closed review says of the projects after `position`, the best first, at most `limit`.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn lines(s: &mut Snapshot<'_>, season: &SeasonId, after: u32, limit: i64) -> Result<Vec<Line>, DbError> {
    store::lines(s, season, after, limit)
}

/// What a closed review says of one project.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn line(s: &mut Snapshot<'_>, season: &SeasonId, project: u32) -> Result<Option<Line>, DbError> {
    store::line(s, season, project)
}

/// What the season's review came to; `None` while it is not closed. For the decision on the season.
///
/// # Errors
/// [`DbError`] of the statements.
pub fn outcome(s: &mut Snapshot<'_>, season: &Season) -> Result<Option<ReviewOutcome>, DbError> {
    let Some(review) = store::review(s, &season.id)?.filter(|review| review.state == State::Closed) else {
        return Ok(None);
    };
    let lines = store::lines(s, &season.id, 0, i64::from(programmes::MAX_PROJECTS))?;
    let placed = |line: Line| Placed {
        number: line.line.number,
        rank: line.line.rank,
        points: line.line.mean,
        passed: !matches!(line.line.standing, Standing::Below | Standing::TooFewSheets),
        standing: line.line.standing,
    };
    let projects = lines.into_iter().map(placed).collect();
    Ok(Some(ReviewOutcome { inputs: review.inputs, verdict: review.minutes.verdict, projects }))
}
