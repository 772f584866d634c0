//! See who owns a unit.

use db::{Fault, Tx};
use kernel::{Context, PlaceId};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{not_found, queries, site};

/// Answers who owns a unit of the register that holds at a place. Each look is an entry: who looked at which row, never
/// what it said.
///
/// # Errors
/// Refusals `place-not-found`, `register-not-found`, `door-not-found`, `not-allowed`; database faults.
pub fn reveal(tx: &mut Tx<'_>, cx: &mut Context, (place, number): (&PlaceId, u32)) -> Result<String, Fault> {
    let permit = authorize(&cx.actor, Action::Reveal, &site(tx, place)?)?;
    let register = queries::latest(tx, place)?.ok_or_else(not_found)?;
    let row = queries::row(tx, &register.id, number)?;
    let public = json!({ "register": register.id, "row": number, "by": cx.actor.person() });
    let subject = register.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "owner.revealed", subject, public: &public, private: None })?;
    Ok(row.unit.owner)
}
