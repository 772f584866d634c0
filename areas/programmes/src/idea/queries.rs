//! Reading ideas.

use db::{DbError, Fault, Snapshot};
use kernel::{Kind, Refusal};

use super::{Idea, IdeaId, store};
use crate::{SeasonId, season::queries::PAGE};

/// Ideas before `before`, newest first, [`PAGE`] at most.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn ideas(s: &mut Snapshot<'_>, season: &SeasonId, before: Option<&IdeaId>) -> Result<Vec<Idea>, DbError> {
    store::ideas(s, season, before, PAGE)
}

/// One idea.
///
/// # Errors
/// Refusal `idea-not-found`; database faults.
pub fn idea(s: &mut Snapshot<'_>, season: &SeasonId, id: &IdeaId) -> Result<Idea, Fault> {
    let found = store::idea(s, season, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "idea-not-found"))?)
}
