//! Rules of lots: facts in, a reasoned answer out.

use kernel::{Day, Kind, Refusal};
use sortition::Quotas;

use super::{Answer, Lot, MAX_POOL, Offer, State, quotas};

/// Whether a lot stands where a verb needs it.
///
/// # Errors
/// Refusal `lot-wrong-state` with where it stands.
pub fn expect(lot: &Lot, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&lot.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "lot-wrong-state").with_text("state", lot.state.as_str()))
}

/// Whether quotas may become others: in a draft all, later their bounds alone, for people have said their features; never
/// once a list is out.
///
/// # Errors
/// Refusals `lot-wrong-state`, `quotas-features-fixed`.
pub fn may_change_quotas(lot: &Lot, new: &Quotas) -> Result<(), Refusal> {
    expect(lot, &[State::Draft, State::Open, State::Frozen])?;
    if lot.state == State::Draft || quotas::same_features(&lot.quotas, new) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "quotas-features-fixed"))
}

/// Whether people may put themselves forward today.
///
/// # Errors
/// Refusals `lot-wrong-state`, `enrolment-over` with the last day, `pool-full`.
pub fn may_enrol(lot: &Lot, today: &Day, people: u64) -> Result<(), Refusal> {
    expect(lot, &[State::Open])?;
    if *today > lot.enrol_until {
        return Err(Refusal::new(Kind::Conflict, "enrolment-over").with_text("until", lot.enrol_until.as_str()));
    }
    if people >= MAX_POOL {
        let most = i64::try_from(MAX_POOL).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "pool-full").with_int("most", most));
    }
    Ok(())
}

/// Whether somebody has a value of each category.
///
/// # Errors
/// Refusal `features-missing` with the category.
pub fn features(of: &Quotas, chosen: &[String]) -> Result<(), Refusal> {
    for (at, category) in of.categories().iter().enumerate() {
        let known = chosen.get(at).is_some_and(|value| category.features.iter().any(|feature| feature.name == *value));
        if !known {
            return Err(Refusal::new(Kind::Conflict, "features-missing").with_text("category", category.name.clone()));
        }
    }
    if chosen.len() == of.categories().len() {
        Ok(())
    } else {
        Err(Refusal::new(Kind::Conflict, "features-missing").with_text("category", ""))
    }
}

/// Whether people may still put themselves forward today.
pub fn is_early(lot: &Lot, today: &Day) -> bool {
    *today <= lot.enrol_until
}

/// Whether a pool may be frozen: as many people as seats at least.
///
/// # Errors
/// Refusals `lot-wrong-state`, `pool-small` with the two numbers.
pub fn may_freeze(lot: &Lot, people: u64) -> Result<(), Refusal> {
    expect(lot, &[State::Open])?;
    if people >= u64::from(lot.size) {
        return Ok(());
    }
    let people = i64::try_from(people).unwrap_or(i64::MAX);
    Err(Refusal::new(Kind::Conflict, "pool-small").with_int("people", people).with_int("seats", lot.size.into()))
}

/// Whether the seed may be typed: from the day that was announced.
///
/// # Errors
/// Refusals `lot-wrong-state`, `seed-too-early` with the day.
pub fn may_type_seed(lot: &Lot, today: &Day) -> Result<(), Refusal> {
    expect(lot, &[State::Published, State::Seeded])?;
    match &lot.announced.day {
        Some(day) if today < day => Err(Refusal::new(Kind::Conflict, "seed-too-early").with_text("day", day.as_str())),
        _ => Ok(()),
    }
}

/// Whether what the second officer typed is what the first did.
///
/// # Errors
/// Refusals `lot-wrong-state`, `seed-differs`.
pub fn may_confirm(lot: &Lot, typed: &str) -> Result<(), Refusal> {
    expect(lot, &[State::Seeded])?;
    if typed.trim() == lot.seed { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "seed-differs")) }
}

/// Whether an answer fits what somebody answered before: who is asked accepts, declines or stays silent beyond the last
/// day; who sits leaves.
///
/// # Errors
/// Refusals `already-answered` with what, `answer-not-due` with the last day.
pub fn may_answer(offer: &Offer, answer: Answer, today: &Day) -> Result<(), Refusal> {
    match (offer.answer, answer) {
        (Answer::Asked, Answer::Accepted | Answer::Declined) | (Answer::Accepted, Answer::Left) => Ok(()),
        (Answer::Asked, Answer::Silent) if *today > offer.due => Ok(()),
        (Answer::Asked, Answer::Silent) => {
            Err(Refusal::new(Kind::Conflict, "answer-not-due").with_text("due", offer.due.as_str()))
        }
        (there, _) => Err(Refusal::new(Kind::Conflict, "already-answered").with_text("answer", there.as_str())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(answer: Answer) -> Offer {
        let day = |text| Day::parse(text).unwrap();
        Offer {
            number: 1,
            seat: 14,
            answer,
            asked: day("2026-11-01"),
            due: day("2026-11-08"),
            answered: None,
            stands_for: None,
            turn: None,
            duty: None,
            verdict: None,
            delegate: None,
        }
    }

    #[test]
    fn who_is_asked_answers_once_and_silence_counts_after_the_last_day() {
        use Answer::{Accepted, Asked, Declined, Left, Silent};
        let table = [
            (Asked, Accepted, "2026-11-20", None),
            (Asked, Declined, "2026-11-02", None),
            (Asked, Silent, "2026-11-08", Some("answer-not-due")),
            (Asked, Silent, "2026-11-09", None),
            (Asked, Left, "2026-11-09", Some("already-answered")),
            (Accepted, Left, "2026-11-09", None),
            (Accepted, Declined, "2026-11-09", Some("already-answered")),
            (Declined, Accepted, "2026-11-09", Some("already-answered")),
            (Silent, Accepted, "2026-11-09", Some("already-answered")),
            (Left, Left, "2026-11-09", Some("already-answered")),
        ];
        for (there, answer, today, refused) in table {
            let got = may_answer(&offer(there), answer, &Day::parse(today).unwrap());
            assert_eq!(got.err().map(|refusal| refusal.code), refused, "{there:?} {answer:?} {today}");
        }
    }

    #[test]
    fn each_category_needs_one_of_its_values() {
        let of = quotas::read("性别：女 1-2，男 1-2\n年龄：老 0-2，少 0-2").unwrap();
        let order: Vec<&str> = of.categories().iter().map(|category| category.name.as_str()).collect();
        let chosen = |one: &str, two: &str| vec![one.to_owned(), two.to_owned()];
        let (right, wrong) = if order == ["年龄", "性别"] {
            (chosen("老", "女"), chosen("女", "老"))
        } else {
            (chosen("女", "老"), chosen("老", "女"))
        };
        assert!(features(&of, &right).is_ok());
        assert_eq!(features(&of, &wrong).unwrap_err().code, "features-missing");
        assert_eq!(features(&of, &right[..1]).unwrap_err().code, "features-missing");
    }
}
