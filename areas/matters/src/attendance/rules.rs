//! Facts in, a reasoned answer out.

use kernel::{Day, FieldError, Kind, PersonId, Refusal, Shape};

/// Rows of a list at most; more come in several.
pub const MAX_LIST: usize = 500;
/// Heads of one estimate at most.
pub const MAX_HEADCOUNT: u32 = 1_000_000;

/// The event and its day as somebody typed them.
pub(crate) struct Event {
    pub kind: String,
    pub id: String,
    pub day: Day,
}

/// `day` is `YYYY-MM-DD`, empty for today; nobody has come on a day that has not.
pub(crate) fn event(shape: &mut Shape, (kind, id): (&str, &str), day: &str, today: &Day) -> Event {
    let (kind, id) = (shape.line("event_kind", kind, 40), shape.line("event", id, 60));
    let day = match (day.trim(), Day::parse(day.trim())) {
        ("", _) => today.clone(),
        (_, Some(day)) if day <= *today => day,
        (_, Some(_)) => {
            shape.error("day", "in-the-future");
            today.clone()
        }
        (_, None) => {
            shape.error("day", "not-a-date");
            today.clone()
        }
    };
    Event { kind, id, day }
}

/// Events that have a page and verbs of their own, which know their place, their day and who may record there.
const OF_OTHERS: [&str; 3] = ["activity", "training", "workshop"];

/// An event that anybody with the right at some place may record for: none of those of another noun.
pub(crate) fn expect_free(event_kind: &str) -> Result<(), Refusal> {
    if OF_OTHERS.contains(&event_kind.trim()) {
        return Err(Refusal::invalid(vec![FieldError::new("event_kind", "event-of-another-page")]));
    }
    Ok(())
}

/// What makes a row the same row: the person, else the mark, else nothing but the row itself.
pub(crate) fn who(person: Option<&PersonId>, mark: &str, id: &str) -> String {
    match person {
        Some(person) => format!("p:{person}"),
        None if !mark.is_empty() => format!("m:{mark}"),
        None => format!("e:{id}"),
    }
}

/// A person that somebody typed; empty is none.
pub(crate) fn person(shape: &mut Shape, text: &str) -> Option<PersonId> {
    match (text.trim(), text.trim().parse()) {
        ("", _) => None,
        (_, Ok(person)) => Some(person),
        (_, Err(_)) => {
            shape.error("person", "not-a-code");
            None
        }
    }
}

pub(crate) fn list_fits(n: usize) -> Result<(), Refusal> {
    if n > MAX_LIST {
        let limit = i64::try_from(MAX_LIST).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_by_its_person_else_its_mark_else_itself() {
        let person: PersonId = "1-0123456789abcdefghjk".parse().unwrap();
        assert_eq!(who(Some(&person), "7", "x"), "p:1-0123456789abcdefghjk");
        assert_eq!(who(None, "7", "x"), "m:7");
        assert_eq!(who(None, "", "x"), "e:x");
    }

    #[test]
    fn nobody_has_come_tomorrow() {
        let today = Day::parse("2026-11-22").unwrap();
        let told = |text: &str| {
            let mut shape = Shape::new();
            let event = event(&mut shape, ("activity", "a"), text, &today);
            shape.finish(event.day.to_string()).map_err(|no| no.fields[0].code)
        };
        assert_eq!(told(""), Ok("2026-11-22".into()));
        assert_eq!(told("2026-11-22"), Ok("2026-11-22".into()));
        assert_eq!(told("2018-09-01"), Ok("2018-09-01".into()));
        assert_eq!(told("2026-11-23"), Err("in-the-future"));
        assert_eq!(told("2026-02-30"), Err("not-a-date"));
    }

    #[test]
    fn a_list_is_bounded() {
        assert!(list_fits(MAX_LIST).is_ok());
        assert_eq!(list_fits(MAX_LIST + 1).unwrap_err().code, "too-many-at-once");
    }
}
