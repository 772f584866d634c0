use kernel::Day;
use proptest::prelude::*;

use super::*;

fn d(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// Months of the announcements of 2024 and 2025 as they were printed, one letter a day: `w` worked, `.` free.
/// Written out by hand from the notices of the General Office of the State Council (国办发明电〔2023〕7号, 〔2024〕12号).
const MONTHS: [(&str, &str); 6] = [
    // Spring Festival 10–17 February; 4 and 18 February worked
    ("2024-02", "ww.wwwwww........wwwwww..wwww"),
    // Labour Day 1–5 May; 28 April and 11 May worked
    ("2024-05", ".....wwwwww.wwwww..wwwww..wwwww"),
    // National Day 1–7 October; 29 September and 12 October worked
    ("2024-10", ".......wwwww.wwwww..wwwww..wwww"),
    // Spring Festival 28 January – 4 February; 26 January and 8 February worked
    ("2025-01", ".ww..wwwww..wwwww..wwwww.ww...."),
    ("2025-02", "....wwww.wwwww..wwwww..wwwww"),
    // National Day and Mid-Autumn 1–8 October; 28 September and 11 October worked
    ("2025-10", "........www.wwwww..wwwww..wwwww"),
];

#[test]
fn bundled_months_are_as_the_notices_printed_them() {
    let calendar = Calendar::of_the_program();
    for (month, letters) in MONTHS {
        let mut shown = String::new();
        let first = d(&format!("{month}-01"));
        for n in 0..i32::try_from(letters.len()).unwrap() {
            let (worked, certain) = calendar.is_workday(&add_days(&first, n));
            assert!(certain, "{month}");
            shown.push(if worked { 'w' } else { '.' });
        }
        assert_eq!(shown, letters, "{month}");
        assert_eq!(last_of_month(&first), add_days(&first, i32::try_from(letters.len()).unwrap() - 1));
    }
}

#[test]
fn workdays_are_counted_over_real_holidays() {
    let calendar = Calendar::of_the_program();
    for (from, n, due, provisional) in [
        // Sunday 29 September 2024 is worked, 1–7 October is free
        ("2024-09-27", 1, "2024-09-29", false),
        ("2024-09-27", 5, "2024-10-10", false),
        ("2024-09-30", 1, "2024-10-08", false),
        ("2024-09-30", 5, "2024-10-12", false),
        // Sunday 26 January 2025 is worked, 28 January – 4 February is free, Saturday 8 February is worked
        ("2025-01-24", 1, "2025-01-26", false),
        ("2025-01-24", 3, "2025-02-05", false),
        ("2025-01-24", 6, "2025-02-08", false),
        ("2025-01-24", 7, "2025-02-10", false),
        // over New Year's Day of a year that is known, and into one that is not
        ("2024-12-30", 2, "2025-01-02", false),
        ("2025-12-30", 1, "2025-12-31", false),
        ("2025-12-30", 2, "2026-01-01", true),
        // a year nobody announced: Monday to Friday
        ("2026-11-20", 1, "2026-11-23", true),
        ("2026-11-22", 5, "2026-11-27", true),
        ("2025-05-01", 0, "2025-05-01", false),
    ] {
        let found = calendar.add_workdays(&d(from), n);
        assert_eq!((found.day.as_str(), found.provisional), (due, provisional), "{n} workdays from {from}");
    }
    assert_eq!(calendar.is_workday(&d("2025-01-26")), (true, true), "a Sunday that makes up");
    assert_eq!(calendar.is_workday(&d("2025-01-28")), (false, true), "a Tuesday that is free");
    assert_eq!(calendar.is_workday(&d("2026-02-17")), (true, false), "nobody told yet");
    // days of the year, less Saturdays and Sundays, less statutory holidays (11, from 2025 on 13)
    assert_eq!(calendar.workdays_between(&d("2023-12-31"), &d("2024-12-31")), (366 - 104 - 11, false));
    assert_eq!(calendar.workdays_between(&d("2024-12-31"), &d("2025-12-31")), (365 - 104 - 13, false));
    assert_eq!(calendar.workdays_between(&d("2025-02-01"), &d("2025-01-01")), (0, false));
}

#[test]
fn a_period_that_ends_on_a_holiday_ends_after_it() {
    let calendar = Calendar::of_the_program();
    for (day, end, provisional) in [
        ("2025-10-01", "2025-10-09", false),
        ("2025-10-11", "2025-10-11", false),
        ("2025-10-12", "2025-10-13", false),
        ("2026-01-03", "2026-01-05", true),
        ("2027-03-01", "2027-03-01", true),
    ] {
        let due = calendar.workday_from(&d(day));
        assert_eq!((due.day.as_str(), due.provisional), (end, provisional), "{day}");
    }
}

#[test]
fn the_last_announcement_of_a_year_holds() {
    let mut moved = bundled()[1].clone();
    assert_eq!(moved.year, 2025);
    moved.days.retain(|named| named.day != d("2025-01-26"));
    let calendar = Calendar::new(bundled().iter().chain([&moved]));
    assert_eq!(calendar.is_workday(&d("2025-01-26")), (false, true));
    assert_eq!(calendar.is_workday(&d("2024-02-04")), (true, true), "the other year is as it was");
}

fn told(text: &str) -> Vec<String> {
    parse(text).unwrap_err().iter().map(ToString::to_string).collect()
}

#[test]
fn every_wrong_entry_is_named() {
    let good = r#""2030-01-01":"元旦","2030-02-02":"春节","2030-02-03":"春节","2030-02-04":"春节","2030-05-01":"劳动节","2030-10-01":"国庆节","2030-10-02":"国庆节""#;
    let years = parse(&format!(r#"{{"holidays":{{{good}}},"workdays":{{}},"more":[1]}}"#)).unwrap();
    assert_eq!((years.len(), years[0].year, years[0].days.len()), (1, 2030, 7));
    assert_eq!(years[0].days[1].name, "春节");
    let bad = format!(
        r#"{{"holidays":{{{good},"2030-02-02":"a","2030-02-30":"a","1200-01-01":"a","2030-03-01":"","2030-12-28":"x"}},
            "workdays":{{"2030-03-04":"a,b,1","2030-12-28":"x"}},"inLieuDays":{{"2030-06-03":"a"}}}}"#
    );
    assert_eq!(
        told(&bad),
        [
            "holidays 2030-02-02: calendar-twice",
            "holidays 2030-02-30: calendar-not-a-day",
            "holidays 1200-01-01: calendar-not-a-day",
            "holidays 2030-03-01: calendar-no-name",
            "workdays 2030-03-04: calendar-not-on-a-weekend",
            "workdays 2030-12-28: calendar-both",
            "inLieuDays 2030-06-03: calendar-in-lieu-of-nothing",
        ]
    );
    assert_eq!(told("{}"), ["calendar-not-readable"]);
    assert_eq!(told(r#"{"holidays":{},"workdays":{}}"#), ["calendar-empty"]);
    assert_eq!(told(r#"{"holidays":{"2030-01-01":"a"},"workdays":{}}"#), ["2030: calendar-year-incomplete"]);
    assert_eq!(told(r#"{"holidays":{"2030-01-01":7},"workdays":{}}"#), ["calendar-not-readable"]);
    assert_eq!(told(&" ".repeat(MAX_BYTES + 1)), ["calendar-too-large"]);
    let many: Vec<_> = (0..200).map(|n| format!(r#""x{n}":"a""#)).collect();
    assert_eq!(told(&format!(r#"{{"holidays":{{{}}},"workdays":{{}}}}"#, many.join(","))).len(), MAX_ERRORS);
    let endless: Vec<_> = (0..10_001).map(|n| format!(r#""{n}":"""#)).collect();
    assert_eq!(
        told(&format!(r#"{{"holidays":{{{}}},"workdays":{{}}}}"#, endless.join(","))),
        ["calendar-not-readable"]
    );
}

#[test]
fn the_whole_published_file_is_read() {
    let Some(folder) = testkit::real_data("calendar") else { return };
    let text = std::fs::read_to_string(folder.join("chinese-days.json")).unwrap();
    let years = parse(&text).unwrap();
    assert_eq!((years[0].year, years.len()), (2004, 22));
    let count = |kind| years.iter().flat_map(|y| &y.days).filter(|named| named.kind == kind).count();
    assert_eq!((count(DayKind::Holiday), count(DayKind::MakeupWorkday)), (586, 144));
    assert_eq!(&years[20..], bundled(), "what comes with the program is a part of it");
}

fn days() -> impl Strategy<Value = Day> {
    // from 2023 to 2027: years that are known, between years that are not
    (0_i32..1_800).prop_map(|n| add_days(&d("2023-01-01"), n))
}

proptest! {
    #[test]
    fn counting_in_two_steps_is_counting_in_one(from in days(), n in 0_u32..60, m in 0_u32..60) {
        let calendar = Calendar::of_the_program();
        let first = calendar.add_workdays(&from, n);
        let second = calendar.add_workdays(&first.day, m);
        let whole = calendar.add_workdays(&from, n + m);
        prop_assert_eq!(&second.day, &whole.day);
        prop_assert_eq!(first.provisional || second.provisional, whole.provisional);
        prop_assert_eq!(calendar.workdays_between(&from, &whole.day), (n + m, whole.provisional));
    }

    #[test]
    fn later_starts_and_longer_counts_never_end_earlier(from in days(), by in 0_i32..30, n in 1_u32..60) {
        let calendar = Calendar::of_the_program();
        let due = calendar.add_workdays(&from, n).day;
        prop_assert!(calendar.is_workday(&due).0);
        prop_assert!(due > from);
        prop_assert!(calendar.add_workdays(&add_days(&from, by), n).day >= due);
        prop_assert!(calendar.add_workdays(&from, n + 1).day > due);
    }

    #[test]
    fn without_announcements_only_the_week_counts(from in days(), weeks in 0_u32..200) {
        let due = Calendar::default().add_workdays(&from, weeks * 5);
        let seen = days_between(&from, &due.day);
        let free = matches!(weekday(&from), Weekday::Saturday | Weekday::Sunday);
        // five workdays are seven days; from a free day on the count ends on the Friday before
        let short = match weekday(&from) { Weekday::Saturday => 1, Weekday::Sunday => 2, _ => 0 };
        let short = if weeks == 0 || !free { 0 } else { short };
        prop_assert_eq!(seen, i64::from(weeks) * 7 - short);
        prop_assert_eq!(due.provisional, weeks > 0);
    }

    #[test]
    fn no_text_stops_the_reader(text in "[\\[\\]{}\",:a-z0-9-]{0,80}") {
        let _ = parse(&text);
    }
}
