//! Reading what coaches say.

use db::{DbError, Fault, Snapshot};
use kernel::{Day, PersonId, Role};
use people::post;

use super::{Found, Note, NoteId, store};
use crate::{
    ProposalId, Season, Stage,
    proposal::{State, queries::Standing},
    season::queries::PAGE,
};

/// Whether a reader may see what the coach said: those who work on it always, everybody once the season is approved.
pub fn may_read(season: &Season, state: State, standing: Standing) -> bool {
    standing.inside() || (season.stage >= Stage::Approved && state == State::Checked)
}

/// Notes before one, the newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn notes(s: &mut Snapshot<'_>, proposal: &ProposalId, before: Option<&NoteId>) -> Result<Vec<Note>, DbError> {
    store::notes(s, proposal, before, PAGE)
}

/// What was found on the questions in the last version that was gone through.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn answers(s: &mut Snapshot<'_>, proposal: &ProposalId) -> Result<Vec<Found>, DbError> {
    store::answers(s, proposal)
}

/// Who could coach: reviewers, staff of the federation, leads of community organisations and workers at the season's place and
/// below it, each once; 50 of each role at most.
///
/// # Errors
/// Database faults.
pub fn candidates(s: &mut Snapshot<'_>, season: &Season, day: &Day) -> Result<Vec<(PersonId, String, Role)>, Fault> {
    let Some(place) = places::queries::show(s, &season.place)? else { return Ok(Vec::new()) };
    let mut found: Vec<(PersonId, String, Role)> = Vec::new();
    for role in [Role::Reviewer, Role::FederationStaff, Role::OrgLead, Role::Worker] {
        let which = post::queries::Which { role: Some(role), after: None };
        for holder in post::queries::list(s, &place, &which, day)? {
            if !found.iter().any(|(person, _, _)| *person == holder.post.person) {
                found.push((holder.post.person, holder.name, role));
            }
        }
    }
    Ok(found)
}
