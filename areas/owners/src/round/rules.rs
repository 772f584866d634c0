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

/// What the time of a vote goes by.
#[derive(Debug, Clone, Copy)]
pub struct Time<'a> {
    /// The day of the opening; none before.
    pub opened: Option<&'a Day>,
    /// The last day, as it is announced; none where none is.
    pub closes: Option<&'a Day>,
    /// What the rule set says.
    pub terms: &'a Terms,
}

impl<'a> Time<'a> {
    /// That of a round.
    pub fn of(round: &'a Round, terms: &'a Terms) -> Time<'a> {
        Time { opened: round.days.opened.as_ref(), closes: round.closes.day.as_ref(), terms }
    }

    /// The last day on which ballots are cast: the announced one, or the last one that the rules allow, the day of the opening
    /// not counted, where that is earlier; none where neither says one.
    pub fn last(&self) -> Option<Day> {
        [self.closes.cloned(), self.most()].into_iter().flatten().min()
    }

    /// The last day by the rules alone.
    pub(super) fn most(&self) -> Option<Day> {
        self.opened.zip(self.terms.vote).map(|(opened, (_, most))| add_days(opened, whole(most)))
    }
}

/// The first day that may be announced as the last one of a vote that opens on `opens` at the earliest.
pub fn first_end(opens: &Day, terms: &Terms) -> Day {
    terms.vote.map_or_else(|| opens.clone(), |(least, _)| add_days(opens, whole(least)))
}

/// Whether a vote may be announced or opened by its last day: there is one, and it leaves the days that the rules ask for.
///
/// # Errors
/// `round-no-end`; `round-ends-too-early` with the first day that is late enough.
pub fn ends_late_enough(closes: Option<&Day>, opens: &Day, terms: &Terms) -> Result<(), Refusal> {
    let closes = closes.ok_or_else(|| Refusal::new(Kind::Conflict, "round-no-end"))?;
    let first = first_end(opens, terms);
    if *closes < first {
        return Err(Refusal::new(Kind::Conflict, "round-ends-too-early").with_text("day", first.as_str()));
    }
    Ok(())
}

/// Whether a vote may close: after the days that the rules ask for at least, the day of the opening not counted; and after its
/// last day, where not every unit has voted before (`whole_roll`).
///
/// # Errors
/// `vote-still-runs` with the last of the days that are asked for and the source; `round-still-runs` with the last day.
pub fn may_close(time: Time<'_>, today: &Day, whole_roll: bool) -> Result<(), Refusal> {
    let least = time.opened.zip(time.terms.vote).map(|(opened, (least, _))| add_days(opened, whole(least)));
    if let Some(last) = least.filter(|last| today <= last) {
        return Err(Refusal::new(Kind::Conflict, "vote-still-runs")
            .with_text("day", last.as_str())
            .with_text("source", time.terms.source.clone()));
    }
    match time.closes.and_then(|_| time.last()) {
        Some(last) if *today <= last && !whole_roll => {
            Err(Refusal::new(Kind::Conflict, "round-still-runs").with_text("day", last.as_str()))
        }
        _ => Ok(()),
    }
}

/// Whether the last day may be moved: while the vote runs, before that day.
///
/// # Errors
/// `round-vote-over` with the last day.
pub fn may_extend(time: Time<'_>, today: &Day) -> Result<(), Refusal> {
    match time.opened.and_then(|_| time.last()) {
        Some(last) if *today >= last => {
            Err(Refusal::new(Kind::Conflict, "round-extend-too-late").with_text("day", last.as_str()))
        }
        _ => Ok(()),
    }
}

/// Whether a ballot may still be cast: until the end of the last day.
///
/// # Errors
/// `vote-days-over` with the last day by the rules and the source; `round-vote-over` with the last day that was announced.
pub fn may_cast(time: Time<'_>, today: &Day) -> Result<(), Refusal> {
    if let Some(last) = time.most().filter(|last| today > last) {
        return Err(Refusal::new(Kind::Conflict, "vote-days-over")
            .with_text("day", last.as_str())
            .with_text("source", time.terms.source.clone()));
    }
    match time.closes {
        Some(last) if today > last => {
            Err(Refusal::new(Kind::Conflict, "round-vote-over").with_text("day", last.as_str()))
        }
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

    /// With so many days of voting.
    fn terms(vote: Option<(u32, u32)>) -> Terms {
        Terms { notice: 15, posted_within: 3, posted_by_law: false, vote, hears: None, source: String::new() }
    }

    #[test]
    fn a_vote_lasts_as_long_as_the_rules_say() {
        let day = |text| Day::parse(text).unwrap();
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
            let time = Time { opened: Some(&opened), closes: None, terms: &terms };
            assert_eq!(code(may_close(time, &today, false)), closes, "{vote:?} {today}");
            assert_eq!(code(may_cast(time, &today)), casts, "{vote:?} {today}");
        }
    }

    #[test]
    fn a_vote_runs_until_the_end_of_the_day_that_was_announced() {
        let day = |text| Day::parse(text).unwrap();
        let (opened, code) = (day("2026-11-22"), |refused: Result<(), Refusal>| refused.err().map(|r| r.code));
        let (runs, over, late) = (Some("round-still-runs"), Some("round-vote-over"), Some("round-extend-too-late"));
        for (vote, closes, today, [close, all, casts, extends]) in [
            (None, "2026-11-30", "2026-11-22", [runs, None, None, None]),
            (None, "2026-11-30", "2026-11-30", [runs, None, None, late]),
            (None, "2026-11-30", "2026-12-01", [None, None, over, late]),
            // every unit has voted, and still the law's days are kept
            (Some((5, 60)), "2026-11-30", "2026-11-27", [Some("vote-still-runs"), Some("vote-still-runs"), None, None]),
            (Some((5, 60)), "2026-11-30", "2026-11-28", [runs, None, None, None]),
            // announced for longer than the rules allow: theirs is the last day
            (Some((5, 7)), "2026-12-30", "2026-11-29", [runs, None, None, late]),
            (Some((5, 7)), "2026-12-30", "2026-11-30", [None, None, Some("vote-days-over"), late]),
        ] {
            let (terms, today, closes) = (terms(vote), day(today), day(closes));
            let time = Time { opened: Some(&opened), closes: Some(&closes), terms: &terms };
            assert_eq!(code(may_close(time, &today, false)), close, "close {closes} {today}");
            assert_eq!(code(may_close(time, &today, true)), all, "all {closes} {today}");
            assert_eq!(code(may_cast(time, &today)), casts, "cast {closes} {today}");
            assert_eq!(code(may_extend(time, &today)), extends, "extend {closes} {today}");
        }
        for (vote, closes, want) in [
            (None, None, Some("round-no-end")),
            (None, Some("2026-11-22"), None),
            (None, Some("2026-11-21"), Some("round-ends-too-early")),
            (Some((5, 60)), Some("2026-11-26"), Some("round-ends-too-early")),
            (Some((5, 60)), Some("2026-11-27"), None),
        ] {
            let closes = closes.map(day);
            assert_eq!(code(ends_late_enough(closes.as_ref(), &opened, &terms(vote))), want, "{vote:?} {closes:?}");
        }
    }
}
