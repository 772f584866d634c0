//! Facts in, a reasoned answer out.

use kernel::{Instant, Kind, PersonId, Refusal, Source};

use super::DeskEntry;

/// How long a desk entry is good: half an hour, in microseconds.
pub const LIFE: i64 = 30 * 60 * 1_000_000;

/// The ways by which something comes to the desk.
pub const SOURCES: [Source; 4] = [Source::Counter, Source::Phone, Source::Paper, Source::Visit];

/// A desk entry is good for its own worker, for half an hour, for one thing. To others it does not exist.
///
/// # Errors
/// `desk-not-found`, `desk-ended`, `desk-expired`.
pub(crate) fn is_good(entry: &DeskEntry, worker: &PersonId, now: Instant) -> Result<(), Refusal> {
    if entry.worker != *worker {
        return Err(Refusal::new(Kind::NotFound, "desk-not-found"));
    }
    if entry.ended.is_some() {
        return Err(Refusal::new(Kind::Conflict, "desk-ended"));
    }
    if now >= entry.expires {
        return Err(Refusal::new(Kind::Conflict, "desk-expired"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Home, Id};

    use super::*;

    #[test]
    fn an_entry_is_good_for_its_worker_for_a_while_and_once() {
        let id = |seed| Id::random(Home(1), &mut Chance::seeded(seed));
        let mut entry = DeskEntry {
            id: Id::random(Home(1), &mut Chance::seeded(1)),
            worker: id(2),
            person: id(3),
            source: Source::Paper,
            place: Id::random(Home(1), &mut Chance::seeded(4)),
            begun: Instant(0),
            expires: Instant(LIFE),
            ended: None,
            thing_id: None,
            receipt: None,
        };
        let ask = |entry: &DeskEntry, worker, now| is_good(entry, &id(worker), Instant(now)).err().map(|r| r.code);
        assert_eq!(ask(&entry, 2, LIFE - 1), None);
        assert_eq!(ask(&entry, 2, LIFE), Some("desk-expired"));
        assert_eq!(ask(&entry, 3, 0), Some("desk-not-found"));
        entry.ended = Some(Instant(5));
        assert_eq!(ask(&entry, 2, 6), Some("desk-ended"));
        assert_eq!(ask(&entry, 9, 6), Some("desk-not-found"), "who has no business with it learns nothing");
    }
}
