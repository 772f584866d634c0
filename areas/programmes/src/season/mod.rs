//! A season: one round of a programme at a place, from the first visit to the approved list.

pub mod advance;
pub mod api;
mod model;
pub mod open;
pub mod open_vote;
pub mod plan;
pub mod queries;
pub mod rules;
mod slug;
pub mod store;
pub mod web;

use db::{Fault, Tx};
use kernel::{Kind, Refusal};

pub use model::{Phase, Season, SeasonId, SeasonNoun, Stage};
pub use plan::PlannedStage;
pub use rules::{expect_phase, expect_stage};

/// The season, held as it is until the transaction ends. For verbs that leave the season itself unchanged.
///
/// # Errors
/// Refusal `season-not-found`; database faults.
pub fn hold(tx: &mut Tx<'_>, id: &SeasonId) -> Result<Season, Fault> {
    let found = store::hold_season(tx, id)?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "season-not-found"))?)
}
