//! Type the seed on its day: one officer; another one confirms it.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Refusal};
use rights::Action;
use serde_json::json;
use sortition::Seed;

use super::{
    Lot, LotId, State,
    draft::{hold_for, moved},
    rules,
};

/// Types the seed as it was read where the announcement said, or types it anew before it is confirmed. The same again of
/// the same officer changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `seed-too-early`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn type_seed(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, typed: &str) -> Result<Lot, Fault> {
    let (lot, _, permit) = hold_for(tx, cx, id, Action::PublishVerdict)?;
    rules::may_type_seed(&lot, &cx.day)?;
    let seed = Seed::new(typed.trim()).map_err(|_| {
        let code = if typed.trim().is_empty() { "required" } else { "seed-unreadable" };
        Refusal::invalid(vec![FieldError::new("seed", code)])
    })?;
    let by = cx.actor.person().cloned();
    if lot.seed == seed.as_str() && lot.seed_by == by {
        return Ok(lot);
    }
    let told = json!({ "lot": id, "seed": seed.as_str() });
    let new = Lot { state: State::Seeded, seed: seed.as_str().to_owned(), seed_by: by, ..lot };
    moved(tx, cx, &permit, (new, "lot.seeded", told))
}
