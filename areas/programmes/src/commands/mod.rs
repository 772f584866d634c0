//! One verb a file, one transaction each.

pub mod add_projects;
pub mod open;
pub mod open_vote;
pub mod post;
pub mod post_for;

use db::{Fault, Tx};
use kernel::{Kind, Refusal};

use crate::{Season, SeasonId, store};

/// The season, held as it is until the transaction ends. For verbs that leave the season itself unchanged.
///
/// # Errors
/// Refusal `season-not-found`; database faults.
pub fn hold(tx: &mut Tx<'_>, id: &SeasonId) -> Result<Season, Fault> {
    let found = store::hold_season(tx, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "season-not-found"))?)
}
