//! Facts in, a reasoned answer out.

use kernel::{Day, Kind, PersonId, Refusal};

use super::{Org, Seat};

/// Seats an organisation may have at a time.
pub const MAX_SEATS: usize = 200;

/// An organisation that is not closed.
///
/// # Errors
/// `org-closed`.
pub(crate) fn is_open(org: &Org) -> Result<(), Refusal> {
    if org.closed.is_none() { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "org-closed")) }
}

/// Why an organisation cannot be closed.
///
/// # Errors
/// `org-closed`, `duties-open` with their number.
pub(crate) fn may_close(org: &Org) -> Result<(), Refusal> {
    is_open(org)?;
    if org.open_duties > 0 {
        return Err(Refusal::new(Kind::Conflict, "duties-open").with_int("n", i64::from(org.open_duties)));
    }
    Ok(())
}

/// One person holds one seat of an organisation at a time, so that it is always plain as what they act; and there is
/// one leading seat at a time. `overlapping` are the seats held on one of the new one's days.
///
/// # Errors
/// `seat-held-already`, `lead-taken`, `too-many-seats`.
pub(crate) fn may_seat(overlapping: &[Seat], person: &PersonId, leads: bool) -> Result<(), Refusal> {
    if overlapping.iter().any(|seat| seat.person == *person) {
        return Err(Refusal::new(Kind::Conflict, "seat-held-already"));
    }
    if leads && overlapping.iter().any(|seat| seat.leads) {
        return Err(Refusal::new(Kind::Conflict, "lead-taken"));
    }
    if overlapping.len() >= MAX_SEATS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-seats").with_int("limit", 200));
    }
    Ok(())
}

/// A seat that can still be ended.
///
/// # Errors
/// `seat-ended`.
pub(crate) fn may_unseat(seat: &Seat, day: &Day) -> Result<(), Refusal> {
    if seat.is_to_come_or_in_force(day) { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "seat-ended")) }
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Home, Id};

    use super::*;

    fn seat(person: u64, leads: bool) -> Seat {
        Seat {
            id: Id::random(Home(1), &mut Chance::seeded(person + 100)),
            person: Id::random(Home(1), &mut Chance::seeded(person)),
            title: "委员".into(),
            leads,
            from: Day::parse("2026-01-01").unwrap(),
            until: None,
            ended: None,
        }
    }

    #[test]
    fn a_person_has_one_seat_and_an_organisation_one_leader() {
        let held = [seat(1, true), seat(2, false)];
        let ask = |person: u64, leads| may_seat(&held, &seat(person, false).person, leads).err().map(|r| r.code);
        assert_eq!(ask(3, false), None);
        assert_eq!(ask(3, true), Some("lead-taken"));
        assert_eq!(ask(2, false), Some("seat-held-already"));
        assert_eq!(ask(1, true), Some("seat-held-already"));
        let full: Vec<Seat> = (0..200).map(|n| seat(n, false)).collect();
        assert_eq!(may_seat(&full, &seat(999, false).person, false).unwrap_err().code, "too-many-seats");
        assert_eq!(may_seat(&full[1..], &seat(999, false).person, true), Ok(()));
    }
}
