//! Facts in, `Ok` or a refusal.

use kernel::{Day, Fen, FieldError, Kind, Refusal};

use super::{Quote, State, Unit, Work};

/// Where a work stands by its units; one that is settled stays so.
pub fn state_of(units: &[State]) -> State {
    let all = |least: State| !units.is_empty() && units.iter().all(|state| *state >= least);
    if all(State::Accepted) {
        State::Accepted
    } else if all(State::Done) {
        State::Done
    } else if units.iter().any(|state| *state >= State::Started) {
        State::Started
    } else {
        State::Planned
    }
}

/// A work of which units may be added or reported.
///
/// # Errors
/// `work-settled`.
pub fn open(work: &Work) -> Result<(), Refusal> {
    if work.state == State::Settled { Err(Refusal::new(Kind::Conflict, "work-settled")) } else { Ok(()) }
}

/// Quotes are entered and chosen before anything begins.
///
/// # Errors
/// `work-has-begun`.
pub fn not_begun(work: &Work) -> Result<(), Refusal> {
    if work.state == State::Planned { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "work-has-begun")) }
}

/// Whether a unit may come to a state on a day. `last` is the day of its step before.
///
/// # Errors
/// `work-without-contractor` before a quote was chosen, `unit-order`, `invalid-input` (`day`).
pub fn may_report(
    work: &Work,
    unit: &Unit,
    to: State,
    (day, last, today): (&Day, Option<&Day>, &Day),
) -> Result<(), Refusal> {
    open(work)?;
    if work.chosen.is_none() {
        return Err(Refusal::new(Kind::Conflict, "work-without-contractor"));
    }
    let fits = matches!((unit.state, to), (State::Planned, State::Started) | (State::Started, State::Done));
    if !fits {
        return Err(Refusal::new(Kind::Conflict, "unit-order").with_text("unit", unit.label.clone()));
    }
    in_order(day, last, today)
}

/// A step is not in the future and not before the one before it.
///
/// # Errors
/// `invalid-input` (`day`).
pub fn in_order(day: &Day, last: Option<&Day>, today: &Day) -> Result<(), Refusal> {
    let code = match last {
        _ if day > today => "day-in-future",
        Some(last) if day < last => "day-before-last-step",
        _ => return Ok(()),
    };
    Err(Refusal::invalid(vec![FieldError::new("day", code)]))
}

/// Whether a final sum may be put down: all units accepted, and a reason where it is above the quote.
///
/// # Errors
/// `work-not-accepted`, `work-without-contractor`, `invalid-input` (`reason`).
pub fn may_settle(work: &Work, quote: Option<&Quote>, sum: Fen, reason: &str) -> Result<(), Refusal> {
    open(work)?;
    let quote = quote.ok_or_else(|| Refusal::new(Kind::Conflict, "work-without-contractor"))?;
    if work.state != State::Accepted {
        return Err(Refusal::new(Kind::Conflict, "work-not-accepted"));
    }
    if sum > quote.amount && reason.is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("reason", "above-the-quote")]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_stands_where_its_units_stand() {
        use State::{Accepted, Done, Planned, Started};
        for (units, want) in [
            (&[][..], Planned),
            (&[Planned, Planned], Planned),
            (&[Planned, Started], Started),
            (&[Planned, Accepted], Started),
            (&[Done, Started], Started),
            (&[Done, Done], Done),
            (&[Done, Accepted], Done),
            (&[Accepted], Accepted),
        ] {
            assert_eq!(state_of(units), want, "{units:?}");
        }
    }

    #[test]
    fn steps_stand_in_order_and_not_in_the_future() {
        let day = |text| Day::parse(text).unwrap();
        let (today, last) = (day("2026-11-22"), day("2026-11-20"));
        for (at, want) in [
            ("2026-11-22", None),
            ("2026-11-20", None),
            ("2026-11-19", Some("day-before-last-step")),
            ("2026-11-23", Some("day-in-future")),
        ] {
            let found = in_order(&day(at), Some(&last), &today);
            assert_eq!(found.err().map(|refusal| refusal.fields[0].code), want, "{at}");
        }
        assert!(in_order(&day("2020-01-01"), None, &today).is_ok());
    }
}
