//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};

use crate::{Level, Place, State};

/// A place of `level` may lie only in a place in force of a higher level.
///
/// # Errors
/// `place-closed`, `level-not-below`.
pub(crate) fn may_lie_in(level: Level, parent: &Place) -> Result<(), Refusal> {
    in_force(parent)?;
    if level > parent.level {
        return Ok(());
    }
    let refusal = Refusal::new(Kind::Conflict, "level-not-below");
    Err(refusal.with_text("level", level.as_str()).with_text("parent", parent.level.as_str()))
}

/// A verb for places in force.
///
/// # Errors
/// `place-closed`.
pub(crate) fn in_force(place: &Place) -> Result<(), Refusal> {
    match place.state {
        State::Open => Ok(()),
        State::Filler | State::Closed => {
            Err(Refusal::new(Kind::Conflict, "place-closed").with_text("place", &*place.name))
        }
    }
}
