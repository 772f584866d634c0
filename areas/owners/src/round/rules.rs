//! Facts in, `Ok` or a refusal.

use kernel::{Day, Kind, Refusal};
use matters::notice::{Notice, State as Hangs};
use work::calendar::{add_days, days_between};

use super::{Round, State, Terms};

/// So many days a posted result waits for challenges before it is final.
pub const POSTED_DAYS: i32 = 3;

/// The round stands where the verb begins.
///
/// # Errors
/// `round-wrong-state`.
pub fn expect(round: &Round, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&round.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "round-wrong-state").with_text("state", round.state.as_str()))
}

/// Whether a notice has hung for its time, with every objection answered and none upheld.
///
/// # Errors
/// `notice-taken-down`, `posting-still-hangs` with its last day, `objections-open`, `objections-upheld`.
pub fn has_hung(notice: &Notice, today: &Day) -> Result<(), Refusal> {
    if !matches!(notice.state, Hangs::Posted | Hangs::Ended) {
        return Err(Refusal::new(Kind::Conflict, "notice-taken-down"));
    }
    if let Some(until) = notice.until_day.as_ref().filter(|until| today <= until) {
        return Err(Refusal::new(Kind::Conflict, "posting-still-hangs").with_text("day", until.as_str()));
    }
    if notice.n_open > 0 {
        return Err(Refusal::new(Kind::Conflict, "objections-open").with_int("n", i64::from(notice.n_open)));
    }
    if notice.n_upheld > 0 {
        return Err(Refusal::new(Kind::Conflict, "objections-upheld").with_int("n", i64::from(notice.n_upheld)));
    }
    Ok(())
}

/// Whether a result that hangs out is final: so many full days after the day on which it went up.
///
/// # Errors
/// `result-still-hangs` with the last of these days.
pub fn may_end(posted: Option<&Day>, today: &Day) -> Result<(), Refusal> {
    let until = posted.map(|day| add_days(day, POSTED_DAYS));
    match until {
        Some(until) if today <= &until => {
            Err(Refusal::new(Kind::Conflict, "result-still-hangs").with_text("day", until.as_str()))
        }
        _ => Ok(()),
    }
}

/// Whether a result was posted within so many days of the close.
pub fn in_time(closed: Option<&Day>, posted: &Day, within: u32) -> bool {
    closed.is_none_or(|closed| days_between(closed, posted) <= i64::from(within))
}

/// Whether a vote may open by what hangs about it: as long as the rules ask, with the question in it, and known to the residents'
/// committee where that sends a delegate. What was not posted is not voted on.
///
/// # Errors
/// `round-notice-too-short` with the days and how many are asked, `round-not-posted`, `committee-not-told`; each with the source.
pub fn may_open(round: &Round, notice: &Notice, terms: &Terms) -> Result<(), Refusal> {
    let refuse = |code| Refusal::new(Kind::Conflict, code).with_text("source", terms.source.clone());
    if notice.days < terms.notice {
        let (days, least) = (i64::from(notice.days), i64::from(terms.notice));
        return Err(refuse("round-notice-too-short").with_int("days", days).with_int("least", least));
    }
    if !notice.body.contains(&round.question) {
        return Err(refuse("round-not-posted"));
    }
    if terms.asks_for_a_delegate() && round.committee.told.is_none() {
        return Err(refuse("committee-not-told"));
    }
    Ok(())
}

/// Whether a vote may close: after the days that the rules ask for at least, the day of the opening not counted.
///
/// # Errors
/// `vote-still-runs` with the last of these days and the source.
pub fn may_close(opened: Option<&Day>, terms: &Terms, today: &Day) -> Result<(), Refusal> {
    let last = opened.zip(terms.vote).map(|(opened, (least, _))| add_days(opened, whole(least)));
    match last {
        Some(last) if *today <= last => Err(Refusal::new(Kind::Conflict, "vote-still-runs")
            .with_text("day", last.as_str())
            .with_text("source", terms.source.clone())),
        _ => Ok(()),
    }
}

/// The last day on which ballots are cast by the rules, the day of the opening not counted; none where they name none.
pub fn last_day(opened: Option<&Day>, terms: &Terms) -> Option<Day> {
    opened.zip(terms.vote).map(|(opened, (_, most))| add_days(opened, whole(most)))
}

/// Whether a ballot may still be cast by the number of days for which a vote is open at most.
///
/// # Errors
/// `vote-days-over` with the last day and the source.
pub fn may_cast(opened: Option<&Day>, terms: &Terms, today: &Day) -> Result<(), Refusal> {
    match last_day(opened, terms) {
        Some(last) if *today > last => Err(Refusal::new(Kind::Conflict, "vote-days-over")
            .with_text("day", last.as_str())
            .with_text("source", terms.source.clone())),
        _ => Ok(()),
    }
}

fn whole(days: u32) -> i32 {
    i32::try_from(days).unwrap_or(i32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_waits_three_full_days() {
        let day = |text| Day::parse(text).unwrap();
        for (today, want) in [
            ("2026-11-22", Some("result-still-hangs")),
            ("2026-11-25", Some("result-still-hangs")),
            ("2026-11-26", None),
        ] {
            assert_eq!(
                may_end(Some(&day("2026-11-22")), &day(today)).err().map(|refusal| refusal.code),
                want,
                "{today}"
            );
        }
        assert!(in_time(Some(&day("2026-11-22")), &day("2026-11-25"), 3));
        assert!(!in_time(Some(&day("2026-11-22")), &day("2026-11-26"), 3));
        assert!(!in_time(Some(&day("2026-11-22")), &day("2026-11-24"), 1));
    }

    #[test]
    fn a_vote_lasts_as_long_as_the_rules_say() {
        let day = |text| Day::parse(text).unwrap();
        let terms = |vote| Terms {
            notice: 15,
            posted_within: 3,
            posted_by_law: false,
            vote,
            hears: None,
            source: String::new(),
        };
        let (opened, code) = (day("2026-11-22"), |refused: Result<(), Refusal>| refused.err().map(|r| r.code));
        for (vote, today, closes, casts) in [
            (Some((5, 60)), "2026-11-22", Some("vote-still-runs"), None),
            (Some((5, 60)), "2026-11-27", Some("vote-still-runs"), None),
            (Some((5, 60)), "2026-11-28", None, None),
            (Some((5, 60)), "2027-01-21", None, None),
            (Some((5, 60)), "2027-01-22", None, Some("vote-days-over")),
            (None, "2026-11-22", None, None),
            (None, "2028-11-22", None, None),
        ] {
            let (terms, today) = (terms(vote), day(today));
            assert_eq!(code(may_close(Some(&opened), &terms, &today)), closes, "{vote:?} {today}");
            assert_eq!(code(may_cast(Some(&opened), &terms, &today)), casts, "{vote:?} {today}");
        }
    }
}
