//! Facts in, a reasoned answer out.

use kernel::{Day, Kind as No, Refusal};
use work::calendar::{Calendar, Due, add_days};

use super::{Counted, Notice, State};

/// Days a notice hangs at most.
pub const MAX_DAYS: u32 = 366;
/// Objections to one notice at most, so that a flood ends.
pub const MAX_OBJECTIONS: u32 = 2_000;
/// Corrections of one notice at most.
pub const MAX_VERSIONS: u32 = 50;

/// From when to when a notice hangs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// The day it goes up, which is not counted (Civil Code of China, article 201).
    pub from: Day,
    /// The last counted day: it hangs to the end of it.
    pub until: Day,
    /// True when the last day may still move.
    pub provisional: bool,
}

/// The period of a notice that goes up on `from` for `days`.
pub fn period(calendar: &Calendar, from: &Day, days: u32, counted: Counted) -> Period {
    let days = days.min(MAX_DAYS);
    let last = add_days(from, i32::try_from(days).unwrap_or(0));
    let due = match counted {
        Counted::Days => Due { day: last, provisional: false },
        Counted::DaysToWorkday => calendar.workday_from(&last),
        Counted::Workdays => calendar.add_workdays(from, days),
    };
    Period { from: from.clone(), until: due.day, provisional: due.provisional }
}

/// By when an objection made on `day` is owed an answer.
pub(crate) fn answer_due(calendar: &Calendar, day: &Day, answer_days: u32) -> Due {
    calendar.workday_from(&add_days(day, i32::try_from(answer_days.min(MAX_DAYS)).unwrap_or(0)))
}

pub(crate) fn expect(notice: &Notice, state: State) -> Result<(), Refusal> {
    if notice.state == state {
        return Ok(());
    }
    Err(Refusal::new(No::Conflict, "notice-wrong-state").with_text("state", notice.state.as_str()))
}

/// Never shorter than the rule of its kind.
pub(crate) fn long_enough(days: u32, min_days: u32) -> Result<(), Refusal> {
    if days >= min_days {
        return Ok(());
    }
    Err(Refusal::new(No::Conflict, "notice-too-short")
        .with_int("days", i64::from(days))
        .with_int("least", i64::from(min_days)))
}

/// Whether an objection can still be made: up to the end of the last day.
pub(crate) fn may_object(notice: &Notice, today: &Day) -> Result<(), Refusal> {
    expect(notice, State::Posted)?;
    if let Some(until) = notice.until_day.as_ref().filter(|until| today > until) {
        return Err(Refusal::new(No::Conflict, "objections-closed").with_text("day", until.as_str()));
    }
    if notice.n_objections >= MAX_OBJECTIONS {
        let limit = i64::from(MAX_OBJECTIONS);
        return Err(Refusal::new(No::LimitReached, "too-many-objections").with_int("limit", limit));
    }
    Ok(())
}

pub(crate) fn may_correct(notice: &Notice) -> Result<(), Refusal> {
    expect(notice, State::Posted)?;
    if notice.version >= MAX_VERSIONS {
        return Err(Refusal::new(No::LimitReached, "too-many-corrections").with_int("limit", i64::from(MAX_VERSIONS)));
    }
    Ok(())
}

/// Whether it has hung for its whole time, every objection is answered, and every upheld one led to a correction.
pub(crate) fn may_end(notice: &Notice, today: &Day) -> Result<(), Refusal> {
    expect(notice, State::Posted)?;
    if let Some(until) = notice.until_day.as_ref().filter(|until| today <= until) {
        return Err(Refusal::new(No::Conflict, "notice-still-running").with_text("day", until.as_str()));
    }
    if notice.n_open > 0 {
        return Err(Refusal::new(No::Conflict, "objections-open").with_int("n", i64::from(notice.n_open)));
    }
    if notice.n_upheld > 0 {
        return Err(Refusal::new(No::Conflict, "correction-owed").with_int("n", i64::from(notice.n_upheld)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use work::calendar::{Weekday, days_between, weekday};

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn notice(state: State, until: &str) -> Notice {
        Notice {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            place: "1-0123456789abcdefghjk".parse().unwrap(),
            path: "1-0123456789abcdefghjk".into(),
            place_name: String::new(),
            matter: None,
            subject_kind: String::new(),
            subject: String::new(),
            kind: "other".into(),
            title: String::new(),
            body: String::new(),
            law: "house".into(),
            min_days: 3,
            days: 3,
            counted: Counted::Days,
            from_day: Some(day("2026-01-01")),
            until_day: Some(day(until)),
            provisional: false,
            state,
            version: 1,
            revision: 1,
            n_objections: 0,
            n_open: 0,
            n_upheld: 0,
            drafted_by: None,
            drafted_at: kernel::Instant(0),
            posted_by: None,
            posted_at: None,
            closed_at: None,
            closed_day: None,
            reason: String::new(),
        }
    }

    #[test]
    fn periods_end_when_the_law_says() {
        let calendar = Calendar::of_the_program();
        // 2025: 1 October, a Wednesday, to 8 October are holidays; 28 September, a Sunday, and 11 October are worked
        for (from, days, counted, until, provisional) in [
            ("2025-03-03", 15, Counted::Days, "2025-03-18", false),
            ("2025-09-24", 7, Counted::Days, "2025-10-01", false),
            ("2025-09-24", 7, Counted::DaysToWorkday, "2025-10-09", false),
            ("2025-09-21", 7, Counted::DaysToWorkday, "2025-09-28", false),
            ("2025-09-24", 5, Counted::Workdays, "2025-09-30", false),
            ("2025-09-24", 6, Counted::Workdays, "2025-10-09", false),
            ("2025-10-09", 2, Counted::Workdays, "2025-10-11", false),
            // the announcement of 2030 is not known: Monday to Friday, and it says so
            ("2030-11-01", 3, Counted::Days, "2030-11-04", false),
            ("2030-11-01", 1, Counted::DaysToWorkday, "2030-11-04", true),
            ("2030-11-01", 10, Counted::Workdays, "2030-11-15", true),
            // a day on the way lies in an unknown year
            ("2025-12-31", 3, Counted::Workdays, "2026-01-05", true),
        ] {
            let found = period(&calendar, &day(from), days, counted);
            let want = Period { from: day(from), until: day(until), provisional };
            assert_eq!(found, want, "{from} + {days} {}", counted.as_str());
        }
    }

    #[test]
    fn each_verb_has_its_state_and_its_day() {
        for state in State::ALL.iter().copied() {
            let it = notice(state, "2026-01-04");
            let open = state == State::Posted;
            assert_eq!(may_object(&it, &day("2026-01-04")).is_ok(), open);
            assert_eq!(may_correct(&it).is_ok(), open);
            assert_eq!(may_end(&it, &day("2026-01-05")).is_ok(), open);
        }
        let it = notice(State::Posted, "2026-01-04");
        assert_eq!(may_object(&it, &day("2026-01-05")).unwrap_err().code, "objections-closed");
        assert_eq!(may_end(&it, &day("2026-01-04")).unwrap_err().code, "notice-still-running");
        let open = Notice { n_open: 1, ..it.clone() };
        assert_eq!(may_end(&open, &day("2026-01-05")).unwrap_err().code, "objections-open");
        let owed = Notice { n_upheld: 1, ..it.clone() };
        assert_eq!(may_end(&owed, &day("2026-01-05")).unwrap_err().code, "correction-owed");
        let flooded = Notice { n_objections: MAX_OBJECTIONS, ..it.clone() };
        assert_eq!(may_object(&flooded, &day("2026-01-02")).unwrap_err().code, "too-many-objections");
        let worn = Notice { version: MAX_VERSIONS, ..it };
        assert_eq!(may_correct(&worn).unwrap_err().code, "too-many-corrections");
        assert_eq!(long_enough(14, 15).unwrap_err().code, "notice-too-short");
        assert!(long_enough(15, 15).is_ok());
    }

    proptest! {
        /// Against a plain count, day by day.
        #[test]
        fn a_period_is_the_slow_count(start in 0_i32..5_000, days in 1_u32..60) {
            let calendar = Calendar::of_the_program();
            let from = add_days(&day("2018-01-01"), start);
            let worked = |at: &Day| calendar.is_workday(at).0;
            let plain = period(&calendar, &from, days, Counted::Days);
            prop_assert_eq!(days_between(&from, &plain.until), i64::from(days));
            prop_assert!(!plain.provisional, "a calendar day is certain in every year");

            let moved = period(&calendar, &from, days, Counted::DaysToWorkday);
            let mut at = plain.until.clone();
            while !worked(&at) { at = add_days(&at, 1); }
            prop_assert_eq!(&moved.until, &at);

            let workdays = period(&calendar, &from, days, Counted::Workdays);
            let (mut at, mut n) = (from.clone(), 0);
            while n < days { at = add_days(&at, 1); n += u32::from(worked(&at)); }
            prop_assert_eq!(&workdays.until, &at);
            prop_assert!(workdays.until >= plain.until);
            if !calendar.knows(workdays.until.parts().0) {
                prop_assert!(workdays.provisional);
                prop_assert!(!matches!(weekday(&workdays.until), Weekday::Saturday | Weekday::Sunday));
            }
        }

        /// One day more never ends earlier, and posting a day later never ends earlier.
        #[test]
        fn longer_and_later_never_end_earlier(start in 0_i32..5_000, days in 1_u32..60, at in 0_usize..3) {
            let calendar = Calendar::of_the_program();
            let counted = Counted::ALL[at];
            let from = add_days(&day("2018-01-01"), start);
            let base = period(&calendar, &from, days, counted).until;
            prop_assert!(period(&calendar, &from, days + 1, counted).until >= base);
            prop_assert!(period(&calendar, &add_days(&from, 1), days, counted).until >= base);
            prop_assert!(base > from);
        }
    }
}
