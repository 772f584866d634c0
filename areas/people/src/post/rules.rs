//! Facts in, a reasoned answer out.

use kernel::{Day, Kind, PersonId, Refusal, Role, Shape};
use rights::Action;

use super::Appointment;

/// How many years a post lasts at most: two terms of a residents' committee (Organic Law of Urban Residents'
/// Committees, article 8, as of 2018: five years each).
pub const MOST_YEARS: i16 = 10;

/// The right that appointing to a role needs, at the place of the post. Who may appoint may also end it.
pub fn right(role: Role) -> Action {
    match role {
        Role::Admin | Role::Auditor => Action::AppointAdmin,
        Role::Officer | Role::DepartmentOfficer | Role::Reviewer | Role::Supervisor | Role::Secretary => {
            Action::AppointOfficer
        }
        Role::Worker => Action::AppointWorker,
        Role::Resident
        | Role::Owner
        | Role::Volunteer
        | Role::Delegate
        | Role::StairwellHead
        | Role::Proposer
        | Role::OrgLead
        | Role::FederationStaff
        | Role::PropertyStaff
        | Role::OwnersCommittee => Action::AppointHelper,
    }
}

/// Whether everybody may know who holds the role: offices are public, residents are not.
pub fn is_public(role: Role) -> bool {
    right(role) != Action::AppointHelper
}

/// A first and a last day as somebody typed them: the first within a year of today, the last not before it and at most
/// [`MOST_YEARS`] later. An empty last day is none, where none is allowed.
pub(crate) fn period(
    shape: &mut Shape,
    today: &Day,
    (from, until): (&str, &str),
    may_be_open: bool,
) -> (Day, Option<Day>) {
    let first = Day::parse(from.trim());
    match &first {
        None if from.trim().is_empty() => shape.error("from", "required"),
        None => shape.error("from", "not-a-date"),
        Some(day) if *day < years_after(today, -1) => shape.error("from", "day-too-early"),
        Some(day) if *day > years_after(today, 1) => shape.error("from", "day-too-late"),
        Some(_) => {}
    }
    let first = first.unwrap_or_else(|| today.clone());
    if until.trim().is_empty() {
        if !may_be_open {
            shape.error("until", "required");
        }
        return (first, None);
    }
    let last = Day::parse(until.trim());
    match &last {
        None => shape.error("until", "not-a-date"),
        Some(day) if *day < first => shape.error("until", "before-the-first-day"),
        Some(day) if *day < *today => shape.error("until", "day-too-early"),
        Some(day) if *day > years_after(&first, MOST_YEARS) => shape.error("until", "day-too-late"),
        Some(_) => {}
    }
    (first, last)
}

/// The same day `years` later; 28 February for a 29th.
fn years_after(day: &Day, years: i16) -> Day {
    let (y, m, d) = day.parts();
    let year = y.saturating_add(years);
    let text = |d: i8| format!("{year:04}-{m:02}-{d:02}");
    Day::parse(&text(d)).or_else(|| Day::parse(&text(28))).unwrap_or_else(|| day.clone())
}

/// Nobody appoints themselves, not even as a stand-in.
///
/// # Errors
/// `appoint-yourself`.
pub(crate) fn not_oneself(actor: Option<&PersonId>, person: &PersonId) -> Result<(), Refusal> {
    if actor == Some(person) { Err(Refusal::new(Kind::Forbidden, "appoint-yourself")) } else { Ok(()) }
}

/// Why a post cannot be ended.
///
/// # Errors
/// `post-ended`, `duties-open` with their number.
pub(crate) fn may_end(post: &Appointment, day: &Day) -> Result<(), Refusal> {
    if !post.is_to_come_or_in_force(day) {
        return Err(Refusal::new(Kind::Conflict, "post-ended"));
    }
    if post.open_duties > 0 {
        return Err(Refusal::new(Kind::Conflict, "duties-open").with_int("n", i64::from(post.open_duties)));
    }
    Ok(())
}

/// Who can stand in: another person, for a post that is not itself a stand-in's, within its days.
///
/// # Errors
/// `post-ended`, `stand-in-for-stand-in`, `stand-in-holder`, `stand-in-outside`.
pub(crate) fn may_stand_in(
    post: &Appointment,
    person: &PersonId,
    (from, until): (&Day, &Day),
    today: &Day,
) -> Result<(), Refusal> {
    let refused = |code| Err(Refusal::new(Kind::Conflict, code));
    if !post.is_to_come_or_in_force(today) {
        return refused("post-ended");
    }
    if post.stand_in_for.is_some() {
        return refused("stand-in-for-stand-in");
    }
    if post.person == *person {
        return refused("stand-in-holder");
    }
    if *from < post.from || post.until.as_ref().is_some_and(|last| until > last) {
        return refused("stand-in-outside");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use kernel::{Chance, Home, Id};

    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn years_are_counted_to_the_same_day() {
        for (from, years, to) in [
            ("2026-11-22", 1, "2027-11-22"),
            ("2026-11-22", -1, "2025-11-22"),
            ("2024-02-29", 1, "2025-02-28"),
            ("2024-02-29", 4, "2028-02-29"),
        ] {
            assert_eq!(years_after(&day(from), years), day(to));
        }
    }

    #[test]
    fn a_period_is_bounded_and_every_wrong_day_is_named() {
        let today = day("2026-11-22");
        let wrong = |from: &str, until: &str, open| {
            let mut shape = Shape::new();
            period(&mut shape, &today, (from, until), open);
            let found = shape.finish(()).err().map_or(Vec::new(), |r| r.fields);
            found.iter().map(|f| format!("{} {}", f.field, f.code)).collect::<Vec<_>>().join(", ")
        };
        let cases = [
            ("2026-11-22", "", true, ""),
            (" 2026-11-22 ", "2026-11-22", true, ""),
            ("2025-11-22", "2026-11-22", true, ""),
            ("2027-11-22", "2037-11-22", true, ""),
            ("2026-11-22", "", false, "until required"),
            ("", "", true, "from required"),
            ("2026-02-30", "morgen", true, "from not-a-date, until not-a-date"),
            ("2025-11-21", "", true, "from day-too-early"),
            ("2027-11-23", "", true, "from day-too-late"),
            ("2026-11-22", "2026-11-21", true, "until before-the-first-day"),
            ("2026-01-01", "2026-11-21", true, "until day-too-early"),
            ("2026-11-22", "2036-11-23", true, "until day-too-late"),
        ];
        for (from, until, open, found) in cases {
            assert_eq!(wrong(from, until, open), found, "{from} {until}");
        }
    }

    fn post(role: Role, from: &str, until: Option<&str>) -> Appointment {
        let mut chance = Chance::seeded(3);
        Appointment {
            id: Id::random(Home(1), &mut chance),
            person: Id::random(Home(1), &mut chance),
            role,
            place: Id::random(Home(1), &mut chance),
            term: 1,
            from: day(from),
            until: until.map(day),
            stand_in_for: None,
            open_duties: 0,
            ended: None,
        }
    }

    #[test]
    fn a_post_is_in_force_from_its_first_to_its_last_day() {
        let mut held = post(Role::Worker, "2026-03-01", Some("2026-03-31"));
        let in_force = |post: &Appointment, d: &str| post.is_in_force(&day(d));
        for (d, is) in [("2026-02-28", false), ("2026-03-01", true), ("2026-03-31", true), ("2026-04-01", false)] {
            assert_eq!(in_force(&held, d), is, "{d}");
        }
        held.ended = Some(day("2026-03-10"));
        assert!(
            in_force(&held, "2026-03-09") && !in_force(&held, "2026-03-10"),
            "from the day of the end on it is over"
        );
        assert!(in_force(&post(Role::Worker, "2026-03-01", None), "2099-01-01"));
    }

    #[test]
    fn nothing_ends_twice_or_while_it_owes() {
        let today = day("2026-11-22");
        let mut held = post(Role::Worker, "2026-03-01", None);
        assert_eq!(may_end(&held, &today), Ok(()));
        held.open_duties = 3;
        let refusal = may_end(&held, &today).unwrap_err();
        assert_eq!((refusal.code, &refusal.args[0]), ("duties-open", &("n", kernel::Arg::Int(3))));
        held.ended = Some(day("2026-11-22"));
        assert_eq!(may_end(&held, &today).unwrap_err().code, "post-ended");
        assert_eq!(
            may_end(&post(Role::Worker, "2026-01-01", Some("2026-11-21")), &today).unwrap_err().code,
            "post-ended"
        );
    }

    #[test]
    fn a_stand_in_is_another_person_within_the_days_of_the_post() {
        let today = day("2026-11-22");
        let held = post(Role::Worker, "2026-03-01", Some("2026-12-31"));
        let other: PersonId = Id::random(Home(1), &mut Chance::seeded(9));
        let ask = |post: &Appointment, person: &PersonId, from: &str, until: &str| {
            may_stand_in(post, person, (&day(from), &day(until)), &today).err().map(|r| r.code)
        };
        assert_eq!(ask(&held, &other, "2026-12-01", "2026-12-31"), None);
        assert_eq!(ask(&held, &other, "2026-12-01", "2027-01-01"), Some("stand-in-outside"));
        assert_eq!(ask(&held, &other, "2026-02-01", "2026-12-01"), Some("stand-in-outside"));
        assert_eq!(ask(&held, &held.person, "2026-12-01", "2026-12-02"), Some("stand-in-holder"));
        let instead = Appointment { stand_in_for: Some(held.id.clone()), ..held.clone() };
        assert_eq!(ask(&instead, &other, "2026-12-01", "2026-12-02"), Some("stand-in-for-stand-in"));
        let over = Appointment { ended: Some(today.clone()), ..held };
        assert_eq!(ask(&over, &other, "2026-12-01", "2026-12-02"), Some("post-ended"));
    }

    #[test]
    fn each_role_needs_the_right_of_its_class_and_offices_are_public() {
        let of = |action| Role::all().filter(|role| right(*role) == action).map(Role::as_str).collect::<Vec<_>>();
        assert_eq!(of(Action::AppointAdmin), ["auditor", "admin"]);
        assert_eq!(
            of(Action::AppointOfficer),
            ["secretary", "officer", "department-officer", "reviewer", "supervisor"]
        );
        assert_eq!(of(Action::AppointWorker), ["worker"]);
        assert_eq!(of(Action::AppointHelper).len(), 10);
        assert!(is_public(Role::Worker) && !is_public(Role::Resident) && !is_public(Role::StairwellHead));
    }
}
