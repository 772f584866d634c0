//! What every command is given besides its transaction and its input.

use crate::{Actor, Chance, Day, Instant, local_day};

/// Actor, instant, local day and chance of one command.
///
/// The instant is read once at the rim, so that a command that is run again (after a serialization failure) writes
/// the same times.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who asks.
    pub actor: Actor,
    /// When, in UTC.
    pub now: Instant,
    /// The jurisdiction's local day of `now`.
    pub day: Day,
    /// Where ids and salts come from.
    pub chance: Chance,
}

impl Context {
    /// A context at `now`, `offset_minutes` east of UTC.
    pub fn new(actor: Actor, now: Instant, offset_minutes: i32, chance: Chance) -> Self {
        Context { actor, now, day: local_day(now, offset_minutes), chance }
    }
}
