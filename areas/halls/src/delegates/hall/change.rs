//! Change a hall.

use db::{Fault, Tx};
use kernel::{Context, Shape};
use rights::{Action, Permit, authorize};

use super::{
    Hall, HallId,
    found::{FoundHall, enter, shaped},
    meanwhile, not_found, rules, site, store,
};
use crate::delegates::{lot, seat};

/// Changes what a hall is called, its term, and as long as nobody sits and no lot runs its seats. Its place stays.
///
/// # Errors
/// Refusals `invalid-input`, `hall-not-found`, `hall-seats`, `hall-has-delegates`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn change(tx: &mut Tx<'_>, cx: &mut Context, id: &HallId, input: &FoundHall) -> Result<Hall, Fault> {
    let (hall, permit) = hold(tx, cx, id)?;
    let new = shaped(Shape::new(), cx, (hall.place.clone(), Some(&hall)), input)?;
    if new == hall {
        return Ok(hall);
    }
    let in_use = seat::store::any(tx, id)? || lot::store::any(tx, id)?;
    rules::may_renumber(&hall, (new.elected, new.recommended, new.drawn), in_use)?;
    if !store::write(tx, &permit, &new)? {
        return Err(meanwhile().into());
    }
    enter(tx, cx, &permit, ("hall.changed", &new))?;
    Ok(Hall { revision: new.revision + 1, ..new })
}

/// A hall that is held until the transaction ends, with the right of community work at its place.
pub(crate) fn hold(tx: &mut Tx<'_>, cx: &Context, id: &HallId) -> Result<(Hall, Permit), Fault> {
    let hall = store::held(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &hall.place)?)?;
    Ok((hall, permit))
}
