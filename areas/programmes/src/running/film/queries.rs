//! Reading films.

use db::{DbError, Fault, Snapshot};
use kernel::{Actor, Kind, Refusal};
use work::files::{self, File, FileState};

use super::{Film, store};
use crate::{
    SeasonId,
    running::{Case, Closing, subject},
};

/// The film of a project, whoever asks.
///
/// # Errors
/// [`DbError`] of the statement.
pub fn film(s: &mut Snapshot<'_>, season: &SeasonId, number: u32) -> Result<Option<Film>, DbError> {
    store::film(s, (season, number))
}

/// Whether the actor sees the film: the team, the office and who decides on the closing always; everybody once the closing
/// is accepted, where those in it agreed.
pub fn sees(actor: &Actor, case: &Case, film: &Film) -> bool {
    let standing = case.standing(actor);
    let inside = standing.team || standing.office || standing.runs || standing.decides;
    inside || (film.is_public() && case.run.closing == Closing::Accepted)
}

/// The film's file, for whoever may see it.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `file-not-found`, also where the actor may not know of
/// it; database faults.
pub fn file(s: &mut Snapshot<'_>, actor: &Actor, (season, number): (&SeasonId, u32)) -> Result<File, Fault> {
    let hidden = || Refusal::new(Kind::NotFound, "file-not-found");
    let case = Case::read(s, season, number)?;
    let film = store::film(s, (season, number))?.filter(|film| sees(actor, &case, film)).ok_or_else(hidden)?;
    let found = files::file(s, &film.file)?;
    if found.state != FileState::Attached || found.subject.as_deref() != Some(&subject(season, number)) {
        return Err(hidden().into());
    }
    Ok(found)
}
