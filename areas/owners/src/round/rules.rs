//! Facts in, `Ok` or a refusal.

use kernel::{Day, Kind, Refusal};
use matters::notice::{Notice, State as Hangs};
use work::calendar::{add_days, days_between};

use super::{Round, State};

/// Within so many days of the close a result has to be posted (Beijing's regulation on property management, article 37).
pub const POSTED_WITHIN: i64 = 3;
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

/// Whether a result was posted in time.
pub fn in_time(closed: Option<&Day>, posted: &Day) -> bool {
    closed.is_none_or(|closed| days_between(closed, posted) <= POSTED_WITHIN)
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
        assert!(in_time(Some(&day("2026-11-22")), &day("2026-11-25")));
        assert!(!in_time(Some(&day("2026-11-22")), &day("2026-11-26")));
    }
}
