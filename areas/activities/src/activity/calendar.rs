//! An activity for one's own calendar (iCalendar, RFC 5545).

use kernel::Instant;
use web::ical::{fold, text as escaped};

use super::Activity;

/// The file: one event in UTC, without a person's name. `url` is the activity's page, `place` where it is, `now` when the
/// file is made (`DTSTAMP`, RFC 5545, 3.8.7.2; which wording is the newer one is told by `SEQUENCE`). Lines end with CR LF
/// and are folded at 75 octets.
pub fn calendar(activity: &Activity, (url, place): (&str, &str), now: Instant) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    let spot = if activity.spot.is_empty() { place.to_owned() } else { format!("{place} {}", activity.spot) };
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Linli//activities//ZH");
    line("BEGIN:VEVENT");
    line(&format!("UID:{}@linli", activity.id));
    line(&format!("DTSTAMP:{}", utc(now)));
    line(&format!("SEQUENCE:{}", activity.revision));
    line(&format!("DTSTART:{}", utc(activity.starts_at)));
    line(&format!("DTEND:{}", utc(activity.ends_at)));
    line(&format!("SUMMARY:{}", escaped(&activity.title)));
    line(&format!("LOCATION:{}", escaped(&spot)));
    if !activity.about.is_empty() {
        line(&format!("DESCRIPTION:{}", escaped(&activity.about)));
    }
    if !url.is_empty() {
        line(&format!("URL:{url}"));
    }
    line(if activity.cancelled_at.is_some() { "STATUS:CANCELLED" } else { "STATUS:CONFIRMED" });
    // a reminder an hour before (RFC 5545, 3.6.6)
    if activity.cancelled_at.is_none() {
        line("BEGIN:VALARM");
        line("ACTION:DISPLAY");
        line(&format!("DESCRIPTION:{}", escaped(&activity.title)));
        line("TRIGGER:-PT1H");
        line("END:VALARM");
    }
    line("END:VEVENT");
    line("END:VCALENDAR");
    out
}

/// `20261128T010000Z`.
fn utc(at: Instant) -> String {
    let day = kernel::local_day(at, 0).as_str().replace('-', "");
    let seconds = at.0.div_euclid(1_000_000).rem_euclid(86_400);
    format!("{day}T{:02}{:02}{:02}Z", seconds / 3_600, seconds / 60 % 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_texts_are_written_as_the_standard_has_them() {
        assert_eq!(utc(Instant(1_795_363_199_999_999)), "20261122T155959Z");
        assert_eq!(escaped("a;b,c\\\r\nd\te"), "a\\;b\\,c\\\\\\nd e");
        let mut out = String::new();
        fold(&mut out, &format!("DESCRIPTION:{}", "邻".repeat(100)));
        assert!(out.split("\r\n").all(|line| line.len() <= 75));
        assert_eq!(out.replace("\r\n ", "").trim_end(), format!("DESCRIPTION:{}", "邻".repeat(100)));
    }
}
