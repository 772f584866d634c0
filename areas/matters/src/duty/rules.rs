//! Facts in, a reasoned answer out; and how lists of spans and pauses are kept as text.

use kernel::{Instant, Kind, Refusal};
use work::{
    calendar::{add_days, midnight},
    clock::{Deadline, Pause, Reckoner, Rule, Span, Terms},
};

use super::{Duty, State};

/// References of one evidence at most.
pub const MAX_EVIDENCE: usize = 10;
/// Suspensions of one duty at most.
pub const MAX_PAUSES: usize = 20;
/// Duties that are handed over in one transaction.
pub const CHUNK: usize = 100;

/// By when a duty is owed. What is owed so often a year is amber when it was done less often than an even pace asks.
pub fn deadline(reckoner: &Reckoner<'_>, terms: &Terms<'_>, n_done: u32) -> Option<Deadline> {
    let mut deadline = reckoner.due(terms)?;
    if let Rule::TimesAYear(times) = terms.rule {
        let year = deadline.day.parts().0;
        if let Some(next) = reckoner.pace(year, *times, n_done, terms.start).next {
            deadline.amber_from = midnight(&add_days(&next, 1), reckoner.offset_minutes).max(terms.start);
        }
    }
    Some(deadline)
}

/// What is done with duties that are owed.
///
/// # Errors
/// `duty-ended` with its state.
pub fn expect_open(duty: &Duty) -> Result<(), Refusal> {
    if duty.state.is_open() {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "duty-ended").with_text("state", duty.state.as_str()))
}

/// Whether a duty may be met by hand.
///
/// # Errors
/// `duty-ended`; `answer-the-matter`, `answer-there` when only the answer meets it.
pub fn may_meet(duty: &Duty) -> Result<(), Refusal> {
    expect_open(duty)?;
    if duty.by_answer && duty.matter.is_some() {
        return Err(Refusal::new(Kind::Conflict, "answer-the-matter"));
    }
    if duty.by_answer && !duty.page.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "answer-there"));
    }
    Ok(())
}

/// Whether a duty may get more time.
///
/// # Errors
/// `duty-ended`, `duty-is-paused`, `extended-before` with the limit.
pub fn may_extend(duty: &Duty) -> Result<(), Refusal> {
    expect_open(duty)?;
    if duty.state == State::Paused {
        return Err(Refusal::new(Kind::Conflict, "duty-is-paused"));
    }
    if duty.extensions.len() >= usize::try_from(duty.may_extend).unwrap_or(0) {
        let limit = i64::from(duty.may_extend);
        return Err(Refusal::new(Kind::Conflict, "extended-before").with_int("limit", limit));
    }
    Ok(())
}

/// In time or too late.
pub fn met_state(deadline: Option<&Deadline>, now: Instant) -> State {
    match deadline {
        Some(deadline) if now > deadline.until => State::MetLate,
        _ => State::Met,
    }
}

/// Extensions as text: `workdays:3 days:2`.
pub(crate) fn spans_text(spans: &[Span]) -> String {
    spans.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

pub(crate) fn spans(text: &str) -> Option<Vec<Span>> {
    text.split_whitespace().map(|span| span.parse().ok()).collect()
}

/// Suspensions as text: `from-to from-`, in microseconds.
pub(crate) fn pauses_text(pauses: &[Pause]) -> String {
    let one = |pause: &Pause| format!("{}-{}", pause.from.0, pause.to.map_or_else(String::new, |to| to.0.to_string()));
    pauses.iter().map(one).collect::<Vec<_>>().join(" ")
}

pub(crate) fn pauses(text: &str) -> Option<Vec<Pause>> {
    let one = |text: &str| {
        let (from, to) = text.split_once('-')?;
        let to = if to.is_empty() { None } else { Some(Instant(to.parse().ok()?)) };
        Some(Pause { from: Instant(from.parse().ok()?), to })
    };
    text.split_whitespace().map(one).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use work::calendar::Calendar;

    use super::*;

    #[test]
    fn what_is_owed_twelve_times_a_year_is_amber_when_it_falls_behind() {
        let calendar = Calendar::of_the_program();
        let reckoner = Reckoner { calendar: &calendar, offset_minutes: 480 };
        let day = |text| midnight(&kernel::Day::parse(text).unwrap(), 480);
        let rule = Rule::TimesAYear(12);
        let terms = Terms { rule: &rule, start: day("2025-01-01"), extensions: &[], pauses: &[] };
        for (done, amber) in [(0, "2025-02-01"), (1, "2025-03-01"), (11, "2026-01-01")] {
            let found = deadline(&reckoner, &terms, done).unwrap();
            assert_eq!((found.amber_from, found.day.as_str()), (day(amber), "2025-12-31"), "{done}");
        }
    }

    proptest! {
        #[test]
        fn pauses_go_there_and_back(all in proptest::collection::vec((0_i64..1 << 50, proptest::option::of(0_i64..1 << 50)), 0..5)) {
            let all: Vec<Pause> = all.into_iter().map(|(from, to)| Pause { from: Instant(from), to: to.map(Instant) }).collect();
            prop_assert_eq!(pauses(&pauses_text(&all)), Some(all));
        }
    }

    #[test]
    fn extensions_go_there_and_back() {
        let all = [Span::Workdays(3), Span::Days(2), Span::Hours(48)];
        assert_eq!(spans(&spans_text(&all)).unwrap(), all);
        assert_eq!(spans("").unwrap(), []);
        assert_eq!((spans("soon"), pauses("7")), (None, None));
    }
}
