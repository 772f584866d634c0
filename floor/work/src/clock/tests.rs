use kernel::{Day, Instant};
use proptest::prelude::*;

use super::*;
use crate::calendar::days_between;

const OFFSET: i32 = 480;

/// `2024-09-27 10:00` in Beijing.
fn at(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes: i64 = hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap();
    Instant(midnight(&Day::parse(day).unwrap(), OFFSET).0 + minutes * 60_000_000)
}

/// The clock of an instant in Beijing, to the minute.
fn clock(instant: Instant) -> String {
    let day = local_day(instant, OFFSET);
    let minutes = (instant.0 - midnight(&day, OFFSET).0) / 60_000_000;
    format!("{day} {:02}:{:02}", minutes / 60, minutes % 60)
}

fn due(rule: &str, start: &str, extensions: &[&str], pauses: &[(&str, &str)]) -> Option<Deadline> {
    let calendar = Calendar::of_the_program();
    let rule: Rule = rule.parse().unwrap();
    let extensions: Vec<Span> = extensions.iter().map(|text| text.parse().unwrap()).collect();
    let end = |text: &str| if text.is_empty() { None } else { Some(at(text)) };
    let pauses: Vec<Pause> = pauses.iter().map(|(from, to)| Pause { from: at(from), to: end(to) }).collect();
    let terms = Terms { rule: &rule, start: at(start), extensions: &extensions, pauses: &pauses };
    Reckoner { calendar: &calendar, offset_minutes: OFFSET }.due(&terms)
}

#[test]
fn deadlines_are_as_the_law_counts() {
    for (rule, start, until, provisional) in [
        // Friday before the National Day holidays of 2024
        ("workdays:5", "2024-09-27 10:00", "2024-10-10 23:59", false),
        ("workdays:1", "2024-09-27 23:59", "2024-09-29 23:59", false),
        ("days:3", "2024-09-30 00:00", "2024-10-03 23:59", false),
        ("days-to-workday:3", "2024-09-30 00:00", "2024-10-08 23:59", false),
        ("days-to-workday:15", "2024-09-16 09:00", "2024-10-08 23:59", false),
        ("hours:24", "2024-09-30 10:30", "2024-10-01 10:30", false),
        ("hours:2", "2024-12-31 23:00", "2025-01-01 01:00", false),
        ("every-month", "2024-02-01 00:00", "2024-02-29 23:59", false),
        ("times-a-year:12", "2025-03-04 00:00", "2025-12-31 23:59", false),
        ("on:2026-12-31", "2025-03-04 00:00", "2026-12-31 23:59", false),
        // nobody has announced 2026
        ("workdays:5", "2025-12-29 10:00", "2026-01-05 23:59", true),
        ("days:5", "2025-12-29 10:00", "2026-01-03 23:59", false),
        ("days-to-workday:5", "2025-12-29 10:00", "2026-01-05 23:59", true),
    ] {
        let found = due(rule, start, &[], &[]).unwrap();
        assert_eq!((clock(found.until).as_str(), found.provisional), (until, provisional), "{rule} from {start}");
        assert_eq!(local_day(found.until, OFFSET), found.day);
    }
}

#[test]
fn more_time_and_suspensions_move_the_end() {
    let spring = ("2025-02-10 09:00", "2025-02-14 09:00");
    for (rule, start, extensions, pauses, until) in [
        // from a Friday whose Saturday was worked
        ("workdays:5", "2025-02-07 10:00", &[][..], &[][..], "2025-02-13 23:59"),
        ("workdays:5", "2025-02-07 10:00", &["workdays:3"], &[], "2025-02-18 23:59"),
        ("workdays:5", "2025-02-07 10:00", &["days:3", "hours:5"], &[], "2025-02-17 04:59"),
        // Monday to Thursday do not count, Friday counts again
        ("workdays:5", "2025-02-07 10:00", &[], &[spring], "2025-02-19 23:59"),
        // the suspension lies wholly in the additional time
        ("workdays:1", "2025-02-07 10:00", &["workdays:2"], &[spring], "2025-02-17 23:59"),
        ("days:3", "2025-02-08 10:00", &[], &[spring], "2025-02-15 23:59"),
        // begun and ended on one day: hours stand still, days do not
        ("days:3", "2025-02-08 10:00", &[], &[("2025-02-10 09:00", "2025-02-10 17:00")], "2025-02-11 23:59"),
        ("hours:24", "2025-02-10 08:00", &[], &[("2025-02-10 09:00", "2025-02-10 17:00")], "2025-02-11 16:00"),
        // two that overlap count once; one that came later counts not at all
        (
            "hours:10",
            "2025-02-10 08:00",
            &[],
            &[
                ("2025-02-10 10:00", "2025-02-10 12:00"),
                ("2025-02-10 09:00", "2025-02-10 11:00"),
                ("2025-02-10 21:00", "2025-02-11 08:00"),
            ],
            "2025-02-10 21:00",
        ),
        // a suspension does not move the end of a month
        ("every-month", "2025-02-07 10:00", &[], &[spring], "2025-02-28 23:59"),
    ] {
        let found = due(rule, start, extensions, pauses).unwrap();
        assert_eq!(clock(found.until), until, "{rule} from {start} with {extensions:?} and {pauses:?}");
    }
}

#[test]
fn the_clock_stands_while_a_pause_lasts_that_began_in_time() {
    let open = |from| due("workdays:2", "2025-02-10 10:00", &[], &[(from, "")]);
    assert_eq!(open("2025-02-11 10:00"), None);
    assert_eq!(open("2025-02-12 10:00"), None, "on the last day");
    assert_eq!(clock(open("2025-02-13 00:00").unwrap().until), "2025-02-12 23:59", "too late to help");
    assert!(due("hours:2", "2025-02-10 10:00", &[], &[("2025-02-10 12:00", "")]).is_some());
    assert!(due("hours:2", "2025-02-10 10:00", &[], &[("2025-02-10 11:59", "")]).is_none());
    assert!(due("every-month", "2025-02-10 10:00", &[], &[("2025-02-10 11:59", "")]).is_some());
    assert_eq!(state(None, None, at("2025-02-10 10:00")), Light::Paused);
    assert_eq!(state(None, Some(at("2025-02-10 10:00")), at("2025-02-10 10:00")), Light::Met);
}

#[test]
fn lights_turn_when_the_documentation_says() {
    use Light::{Amber, Green, Met, MetLate, Red};
    for (rule, start, amber, until) in [
        // 96 hours less a moment from Monday 00:00: a third is 32 hours
        ("days:3", "2025-02-10 00:00", "2025-02-12 16:00", "2025-02-13 23:59"),
        // a short time: the whole due day is amber
        ("workdays:1", "2025-02-10 23:00", "2025-02-11 00:00", "2025-02-11 23:59"),
        ("hours:3", "2025-02-10 08:00", "2025-02-10 10:00", "2025-02-10 11:00"),
        // a long time: 30 days
        ("on:2025-12-31", "2025-01-01 00:00", "2025-12-02 00:00", "2025-12-31 23:59"),
        // begun on the due day itself
        ("on:2025-03-01", "2025-03-01 09:00", "2025-03-01 09:00", "2025-03-01 23:59"),
    ] {
        let found = due(rule, start, &[], &[]).unwrap();
        let rounded = Instant(found.amber_from.0 + 1_000_000);
        assert_eq!((clock(rounded).as_str(), clock(found.until).as_str()), (amber, until), "{rule} from {start}");
        let lit = |met, now| state(Some(&found), met, now);
        let (before, after) = (Instant(found.amber_from.0 - 1), Instant(found.until.0 + 1));
        assert_eq!([lit(None, before), lit(None, found.amber_from)], [Green, Amber]);
        assert_eq!([lit(None, found.until), lit(None, after)], [Amber, Red]);
        assert_eq!([lit(Some(found.until), after), lit(Some(after), after)], [Met, MetLate]);
    }
    // a suspension does not make the amber time longer
    let long = due("days:3", "2025-02-10 00:00", &[], &[("2025-02-11 00:00", "2025-08-11 00:00")]).unwrap();
    let short = due("days:3", "2025-02-10 00:00", &[], &[]).unwrap();
    assert_eq!(long.until.0 - long.amber_from.0, short.until.0 - short.amber_from.0);
}

#[test]
fn a_year_is_paced_evenly() {
    use Light::{Amber, Green, Met, Red};
    let calendar = Calendar::default();
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: OFFSET };
    for (times, done, now, light, expected, next) in [
        (12, 0, "2025-01-31 23:59", Green, 0, "2025-01-31"),
        (12, 0, "2025-02-01 00:00", Amber, 1, "2025-01-31"),
        (12, 1, "2025-02-01 00:00", Green, 1, "2025-02-28"),
        (12, 11, "2025-12-31 23:59", Green, 11, "2025-12-31"),
        (12, 11, "2026-01-01 00:00", Red, 12, "2025-12-31"),
        (12, 12, "2025-06-01 00:00", Met, 5, ""),
        (3, 0, "2025-05-01 00:00", Amber, 1, "2025-04-30"),
        (3, 1, "2025-05-01 00:00", Green, 1, "2025-08-31"),
        (5, 1, "2025-04-01 00:00", Green, 1, "2025-05-31"),
        (24, 1, "2025-02-01 00:00", Amber, 2, "2025-01-31"),
        (1, 0, "2025-12-31 12:00", Green, 0, "2025-12-31"),
        (12, 0, "2024-12-31 12:00", Green, 0, "2025-01-31"),
    ] {
        let pace = reckoner.pace(2025, times, done, at(now));
        let shown = pace.next.map(|day| day.to_string()).unwrap_or_default();
        assert_eq!((pace.light, pace.expected, shown.as_str()), (light, expected, next), "{done} of {times} at {now}");
    }
}

#[test]
fn rules_are_texts_and_wrong_texts_are_refused() {
    for text in [
        "workdays:5",
        "days:3660",
        "days-to-workday:30",
        "hours:87840",
        "on:2026-12-31",
        "every-month",
        "times-a-year:12",
    ] {
        assert_eq!(text.parse::<Rule>().unwrap().to_string(), text);
    }
    for bad in
        ["", "days", "days:", "days:0", "days:-1", "days:+1", "days:01", "days:3661", "hours:99999999999", "on:x"]
    {
        assert_eq!(bad.parse::<Rule>(), Err(RuleError), "{bad}");
    }
    assert_eq!("workdays:3".parse(), Ok(Span::Workdays(3)));
    assert_eq!("every-month".parse::<Span>(), Err(RuleError));
}

fn rules() -> impl Strategy<Value = Rule> {
    prop_oneof![
        (1_u32..40).prop_map(Rule::WithinWorkdays),
        (1_u32..40).prop_map(Rule::WithinDays),
        (1_u32..40).prop_map(Rule::WithinDaysToWorkday),
        (1_u32..900).prop_map(Rule::WithinHours),
    ]
}

proptest! {
    #[test]
    fn a_pause_never_brings_the_end_nearer(
        rule in rules(),
        minutes in 0_i64..1_000_000,
        pause in 0_i64..60_000,
        length in 0_i64..60_000,
    ) {
        let calendar = Calendar::of_the_program();
        let reckoner = Reckoner { calendar: &calendar, offset_minutes: OFFSET };
        let start = Instant(at("2024-01-01 00:00").0 + minutes * 60_000_000);
        let from = Instant(start.0 + pause * 60_000_000);
        let stopped = [Pause { from, to: Some(Instant(from.0 + length * 60_000_000)) }];
        let terms = Terms { rule: &rule, start, extensions: &[], pauses: &[] };
        let plain = reckoner.due(&terms).unwrap();
        let paused = reckoner.due(&Terms { pauses: &stopped, ..terms }).unwrap();
        prop_assert!(paused.until >= plain.until);
        prop_assert!(plain.until > start && plain.amber_from >= start && plain.amber_from <= plain.until);
        if let Rule::WithinDays(n) = rule {
            let day = local_day(start, OFFSET);
            prop_assert_eq!(days_between(&day, &plain.day), i64::from(n));
            let within = days_between(&local_day(from, OFFSET), &local_day(stopped[0].to.unwrap(), OFFSET));
            prop_assert!(days_between(&plain.day, &paused.day) <= within);
        }
    }
}
