//! How long a session is good.

use kernel::{Day, Instant, Post, Role};

use super::Session;

const DAY: i64 = 24 * 3600 * 1_000_000;
/// Days without use after which a session ends.
pub const IDLE_DAYS: i64 = 30;
/// Days after which a session ends however much it is used.
pub const LONGEST_DAYS: i64 = 180;
/// Hours after which the session of somebody who decides about others ends: a working day. It is counted from the
/// signing in, for the last use is kept by the day only.
pub const OFFICE_HOURS: i64 = 12;

/// Roles that see other people's data or decide about them.
const OFFICES: [Role; 8] = [
    Role::Worker,
    Role::Secretary,
    Role::Officer,
    Role::DepartmentOfficer,
    Role::FederationStaff,
    Role::Supervisor,
    Role::Auditor,
    Role::Admin,
];

/// Whether the session is good at `now` on `day`, for a person with these posts. A clock that steps back ends nothing
/// and lengthens nothing: a session that seems to come from tomorrow is young, one from the day after tomorrow is no
/// session.
pub fn is_good(session: &Session, posts: &[Post], now: Instant, day: &Day) -> bool {
    let age = now.0.saturating_sub(session.made_at.0);
    let in_office = posts.iter().any(|post| OFFICES.contains(&post.role));
    let longest = if in_office { OFFICE_HOURS * 3600 * 1_000_000 } else { LONGEST_DAYS * DAY };
    age > -DAY && age < longest && days_between(&session.seen_day, day) < IDLE_DAYS
}

/// Days from `from` to `to`; negative when it is earlier.
pub(super) fn days_between(from: &Day, to: &Day) -> i64 {
    number(to) - number(from)
}

/// The number of a civil day (Howard Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`).
fn number(day: &Day) -> i64 {
    let (year, month, day) = day.parts();
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3600 * 1_000_000;

    fn session(seen: &str) -> Session {
        Session {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            digest: [0; 32],
            device: String::new(),
            made_at: Instant(1_795_312_800_000_000),
            made_day: Day::parse("2026-11-22").unwrap(),
            seen_day: Day::parse(seen).unwrap(),
            behalf: None,
        }
    }

    fn good(role: Option<Role>, hours: i64, seen: &str, day: &str) -> bool {
        let place: kernel::PlaceId = "1-0123456789abcdefghjk".parse().unwrap();
        let posts: Vec<Post> = role.into_iter().map(|role| Post { role, place: place.clone() }).collect();
        let session = session(seen);
        is_good(&session, &posts, Instant(session.made_at.0 + hours * HOUR), &Day::parse(day).unwrap())
    }

    #[test]
    fn sessions_end_by_idling_by_age_and_sooner_in_an_office() {
        for (role, hours, seen, day, wanted) in [
            (None, 0, "2026-11-22", "2026-11-22", true),
            (None, 29 * 24, "2026-11-22", "2026-12-21", true),
            (None, 30 * 24, "2026-11-22", "2026-12-22", false),
            (None, 179 * 24, "2027-05-19", "2027-05-20", true),
            (None, 180 * 24, "2027-05-20", "2027-05-21", false),
            (Some(Role::Resident), 100, "2026-11-26", "2026-11-26", true),
            (Some(Role::Officer), 11, "2026-11-22", "2026-11-22", true),
            (Some(Role::Officer), 12, "2026-11-22", "2026-11-22", false),
            (Some(Role::Worker), 13, "2026-11-22", "2026-11-22", false),
            // the clock stepped back
            (None, -1, "2026-11-22", "2026-11-22", true),
            (Some(Role::Admin), -1, "2026-11-22", "2026-11-21", true),
            (None, -48, "2026-11-22", "2026-11-20", false),
        ] {
            assert_eq!(good(role, hours, seen, day), wanted, "{role:?} {hours} {seen} {day}");
        }
    }

    #[test]
    fn days_are_counted_over_leap_years() {
        for (from, to, n) in [
            ("2024-02-28", "2024-03-01", 2),
            ("2025-02-28", "2025-03-01", 1),
            ("1999-12-31", "2000-03-01", 61),
            ("2026-12-31", "2026-01-01", -364),
        ] {
            assert_eq!(days_between(&Day::parse(from).unwrap(), &Day::parse(to).unwrap()), n);
        }
    }
}
