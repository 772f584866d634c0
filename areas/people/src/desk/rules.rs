//! Facts in, a reasoned answer out.

use kernel::{Instant, Kind, PersonId, PlaceId, Refusal, Source};

use super::{DeskEntry, Sent};

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

/// The number of the receipt that was given for what is sent again; none for anything else.
pub(crate) fn again(entry: &DeskEntry, sent: &Sent) -> Option<u64> {
    entry.receipt.filter(|_| entry.sent.as_ref() == Some(sent))
}

/// A worker enters for whom they serve: somebody who is registered, or on the roll, at one of the places of their post
/// or below it. `homes` are ways down from the root.
///
/// # Errors
/// `desk-out-of-reach`.
pub(crate) fn is_served(homes: &[String], reach: &[PlaceId]) -> Result<(), Refusal> {
    let is_mine = |path: &String| path.split('/').any(|id| reach.iter().any(|place| place.as_str() == id));
    if homes.iter().any(is_mine) { Ok(()) } else { Err(Refusal::new(Kind::Forbidden, "desk-out-of-reach")) }
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Home, Id};

    use super::*;

    #[test]
    fn who_is_served_has_a_home_at_or_below_a_place_of_the_worker() {
        let [street, one, two]: [PlaceId; 3] = [1, 2, 3].map(|seed| Id::random(Home(1), &mut Chance::seeded(seed)));
        let (at_one, at_two) = (format!("{street}/{one}"), format!("{street}/{two}"));
        for (homes, reach, is_served) in [
            (vec![at_one.clone()], vec![&one], true),
            (vec![format!("{at_one}/{two}")], vec![&one], true),
            (vec![at_one.clone()], vec![&street], true),
            (vec![street.to_string()], vec![&one], false),
            (vec![at_two.clone()], vec![&one], false),
            (vec![at_two, at_one.clone()], vec![&one], true),
            (vec![], vec![&street], false),
            (vec![at_one], vec![], false),
        ] {
            let reach: Vec<PlaceId> = reach.into_iter().cloned().collect();
            assert_eq!(super::is_served(&homes, &reach).is_ok(), is_served, "{homes:?} {reach:?}");
        }
    }

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
            sent: None,
        };
        let ask = |entry: &DeskEntry, worker, now| is_good(entry, &id(worker), Instant(now)).err().map(|r| r.code);
        assert_eq!(ask(&entry, 2, LIFE - 1), None);
        assert_eq!(ask(&entry, 2, LIFE), Some("desk-expired"));
        assert_eq!(ask(&entry, 3, 0), Some("desk-not-found"));
        entry.ended = Some(Instant(5));
        assert_eq!(ask(&entry, 2, 6), Some("desk-ended"));
        assert_eq!(ask(&entry, 9, 6), Some("desk-not-found"), "who has no business with it learns nothing");
        let (one, other) = (Sent::of("idea", ["路灯"]), Sent::of("idea", ["长椅"]));
        assert_eq!(again(&entry, &one), None, "put down with nothing in it");
        (entry.receipt, entry.sent) = (Some(7), Some(one));
        assert_eq!((again(&entry, &one), again(&entry, &other)), (Some(7), None));
    }
}
