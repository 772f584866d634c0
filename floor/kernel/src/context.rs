//! What every command is given besides its transaction and its input.

use crate::{Actor, Behalf, Chance, Day, Home, Id, Instant, PersonId, Source, local_day};

/// Actor, instant, local day and chance of one command.
///
/// The instant is read once at the rim, so that a command that is run again (after a serialization failure) writes
/// the same times.
#[derive(Debug, Clone)]
pub struct Context {
    /// Who asks.
    pub actor: Actor,
    /// For whom, when it is done for somebody else.
    pub behalf: Option<Behalf>,
    /// When, in UTC.
    pub now: Instant,
    /// The jurisdiction's local day of `now`.
    pub day: Day,
    /// How far the jurisdiction's clock is east of UTC.
    pub offset_minutes: i32,
    /// Where ids and salts come from.
    pub chance: Chance,
    /// Ids made so far: each is a microsecond later than the one before, so that what one command makes keeps its order.
    made: i64,
}

impl Context {
    /// A context at `now`, `offset_minutes` east of UTC.
    pub fn new(actor: Actor, now: Instant, offset_minutes: i32, chance: Chance) -> Self {
        Context { actor, behalf: None, now, day: local_day(now, offset_minutes), offset_minutes, chance, made: 0 }
    }

    /// Whose act it is: the person for whom it is done, else the one who has signed in.
    pub fn author(&self) -> Option<&PersonId> {
        self.behalf.as_ref().map(|behalf| &behalf.person).or(self.actor.person())
    }

    /// Who typed it in, where that is not the author.
    pub fn entered_by(&self) -> Option<&PersonId> {
        self.behalf.as_ref().and(self.actor.person())
    }

    /// By which way it came in.
    pub fn source(&self) -> Source {
        self.behalf.as_ref().map_or(Source::Web, |behalf| behalf.source)
    }

    /// A new time-ordered id; ids of one context sort in the order of their making.
    pub fn id<K>(&mut self, home: Home) -> Id<K> {
        self.made += 1;
        Id::ordered(home, Instant(self.now.0 + self.made), &mut self.chance)
    }

    /// A new id that tells nothing about its time, for ballots.
    pub fn secret_id<K>(&mut self, home: Home) -> Id<K> {
        Id::random(home, &mut self.chance)
    }
}
