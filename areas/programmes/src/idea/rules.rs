//! Facts in, a reasoned answer out.

use kernel::{Day, Kind, PersonId, Refusal, local_day};
use work::{
    calendar::{Calendar, midnight},
    clock::{Reckoner, Rule, Terms},
};

use super::{Idea, MAX_COMMENTS, MAX_IDEAS, Promise, State};
use crate::{Season, Stage, expect_stage};

/// Ideas are taken in their stage, up to a number.
///
/// # Errors
/// `wrong-stage`, `too-many-ideas`.
pub fn may_post(season: &Season) -> Result<(), Refusal> {
    expect_stage(season, &[Stage::Ideas])?;
    if season.n_ideas >= MAX_IDEAS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-ideas").with_int("limit", i64::from(MAX_IDEAS)));
    }
    Ok(())
}

/// Ideas are talked about and supported from their stage on until the decision.
///
/// # Errors
/// `wrong-stage`.
pub fn may_talk(season: &Season) -> Result<(), Refusal> {
    const OPEN: [Stage; 4] = [Stage::Ideas, Stage::Screening, Stage::Coaching, Stage::Proposals];
    expect_stage(season, &OPEN)
}

/// An idea is changed while it is in one of these states.
///
/// # Errors
/// `idea-wrong-state` with the state it is in.
pub fn expect_state(idea: &Idea, states: &[State]) -> Result<(), Refusal> {
    if states.contains(&idea.state) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "idea-wrong-state").with_text("state", idea.state.as_str()))
}

/// One more comment.
///
/// # Errors
/// `idea-wrong-state`, `too-many-comments`.
pub fn may_comment(idea: &Idea) -> Result<(), Refusal> {
    expect_state(idea, &[State::Shown])?;
    if idea.n_comments >= MAX_COMMENTS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-comments").with_int("limit", i64::from(MAX_COMMENTS)));
    }
    Ok(())
}

/// Whether somebody may read it: what is not for everybody is for its author and the office.
pub fn may_see(idea: &Idea, me: Option<&PersonId>, office: bool) -> bool {
    match idea.state {
        State::Shown | State::Merged | State::Split => true,
        State::Waiting | State::Hidden | State::Withdrawn => office || (me.is_some() && idea.person.as_ref() == me),
    }
}

/// By when an idea that is posted on `day` is answered. Only whole days are reckoned, so that any clock gives the same.
pub fn promise(calendar: &Calendar, day: &Day, workdays: u32) -> Option<Promise> {
    let reckoner = Reckoner { calendar, offset_minutes: 0 };
    let rule = Rule::WithinWorkdays(workdays);
    let terms = Terms { rule: &rule, start: midnight(day, 0), extensions: &[], pauses: &[] };
    let due = reckoner.due(&terms)?;
    Some(Promise { soon: local_day(due.amber_from, 0), day: due.day, provisional: due.provisional })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_due_after_workdays_and_the_day_itself_is_not_counted() {
        let calendar = Calendar::of_the_program();
        let day = |text: &str| Day::parse(text).unwrap();
        // a Friday before the week of 1 October 2025, of which the 28th of September is worked
        let due = promise(&calendar, &day("2025-09-26"), 5).unwrap();
        assert_eq!((due.day, due.provisional), (day("2025-10-10"), false));
        let due = promise(&calendar, &day("2025-03-03"), 15).unwrap();
        assert_eq!((due.day, due.soon), (day("2025-03-24"), day("2025-03-17")));
        // a year whose holidays nobody has announced
        assert!(promise(&calendar, &day("2030-03-04"), 1).unwrap().provisional);
    }
}
