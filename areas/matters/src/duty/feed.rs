//! One's duties in one's own calendar: a secret address, and the file behind it (iCalendar, RFC 5545).

use std::fmt::Write as _;

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde_json::json;
use sha2::{Digest, Sha256};
use web::ical::{self, fold};
use work::calendar::add_days;

use super::{queries::Named, store};

/// The hash under which an address is known.
pub(crate) fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Makes a new secret address for the actor; an older one no longer leads anywhere. The token is told once and kept
/// only as a hash.
///
/// # Errors
/// Refusal `sign-in-first`; database faults.
pub fn make(tx: &mut Tx<'_>, cx: &mut Context) -> Result<String, Fault> {
    let Some(person) = cx.actor.person().cloned() else {
        return Err(Refusal::new(Kind::Forbidden, "sign-in-first").into());
    };
    let resource = Resource::of(person.home()).owned_by(Some(&person));
    let permit = authorize(&cx.actor, Action::KeepOwnAccount, resource)?;
    let token = cx.chance.bytes32().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    store::put_feed(tx, &permit, &person, &hash(&token), cx.now)?;
    let said = json!({ "person": person });
    let draft = Draft { kind: "duty.feed-made", subject: person.as_str(), public: &json!({}), private: Some(&said) };
    append(tx, cx, &permit, &Draft { subject: "", ..draft })?;
    Ok(token)
}

/// Whose address it is.
///
/// # Errors
/// Refusal `feed-not-found`; database faults.
pub fn person(s: &mut Snapshot<'_>, token: &str) -> Result<PersonId, Fault> {
    let found = store::feed(s, &hash(token))?;
    Ok(found.ok_or_else(|| Refusal::new(Kind::NotFound, "feed-not-found"))?)
}

/// Duties as a calendar: each an event of its due day, without a person's name. Lines end with CR LF and are folded at
/// 75 octets.
pub fn calendar(name: &str, rows: &[Named]) -> String {
    let mut out = String::new();
    let mut line = |text: &str| fold(&mut out, text);
    line("BEGIN:VCALENDAR");
    line("VERSION:2.0");
    line("PRODID:-//Linli//duties//ZH");
    line(&format!("X-WR-CALNAME:{}", escaped(name)));
    for row in rows {
        let duty = &row.duty;
        let Some(due) = &duty.deadline else { continue };
        line("BEGIN:VEVENT");
        line(&format!("UID:{}@linli", duty.id));
        line(&format!("DTSTAMP:{}T000000Z", plain(duty.start_day.as_str())));
        line(&format!("DTSTART;VALUE=DATE:{}", plain(due.day.as_str())));
        line(&format!("DTEND;VALUE=DATE:{}", plain(add_days(&due.day, 1).as_str())));
        line(&format!("SUMMARY:{}", escaped(&duty.title)));
        line(&format!("LOCATION:{}", escaped(&row.place)));
        line(&format!("STATUS:{}", if due.provisional { "TENTATIVE" } else { "CONFIRMED" }));
        line("END:VEVENT");
    }
    line("END:VCALENDAR");
    out
}

fn plain(day: &str) -> String {
    day.replace('-', "")
}

/// A text of one line.
fn escaped(text: &str) -> String {
    ical::text(&text.replace(['\r', '\n'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_are_folded_between_characters() {
        let mut out = String::new();
        fold(&mut out, &"邻".repeat(60));
        assert!(out.ends_with("\r\n") && out.split("\r\n").all(|line| line.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "邻".repeat(60));
        assert_eq!(escaped("a;b,c\\\nd"), "a\\;b\\,c\\\\ d");
    }
}
