//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};

use crate::{Phase, Season};

/// Projects of a season at most: a ballot paper longer than this is none.
pub const MAX_PROJECTS: u32 = 2_000;
/// Ideas of a season at most, so that a flood of posts ends.
pub const MAX_IDEAS: u32 = 5_000;

/// A verb that belongs to one phase.
///
/// # Errors
/// `wrong-phase` with the phase it is in.
pub fn expect_phase(season: &Season, expected: Phase) -> Result<(), Refusal> {
    if season.phase == expected {
        return Ok(());
    }
    let refusal = Refusal::new(Kind::Conflict, "wrong-phase");
    Err(refusal.with_text("phase", season.phase.as_str()).with_text("expected", expected.as_str()))
}

pub(crate) fn may_add(season: &Season, more: usize) -> Result<(), Refusal> {
    expect_phase(season, Phase::Collecting)?;
    let room = MAX_PROJECTS.saturating_sub(season.n_projects);
    if usize::try_from(room).unwrap_or(0) < more {
        return Err(Refusal::new(Kind::LimitReached, "too-many-projects").with_int("limit", i64::from(MAX_PROJECTS)));
    }
    Ok(())
}

pub(crate) fn may_post(season: &Season) -> Result<(), Refusal> {
    expect_phase(season, Phase::Collecting)?;
    if season.n_ideas >= MAX_IDEAS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-ideas").with_int("limit", i64::from(MAX_IDEAS)));
    }
    Ok(())
}

pub(crate) fn may_open_vote(season: &Season) -> Result<(), Refusal> {
    expect_phase(season, Phase::Collecting)?;
    if season.n_projects == 0 { Err(Refusal::new(Kind::Conflict, "no-projects")) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Fen, Instant};

    use super::*;

    fn season(phase: Phase, n_projects: u32, n_ideas: u32) -> Season {
        Season {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            place: "1-0123456789abcdefghjk".parse().unwrap(),
            name: String::new(),
            about: String::new(),
            phase,
            budget: Fen(1),
            currency: "CNY".into(),
            rule: "greedy:cost".into(),
            increment: None,
            max_choices: 5,
            revision: 0,
            n_projects,
            n_ideas,
            n_voters: 0,
            n_ballots: 0,
            source: String::new(),
            opened_at: Instant(0),
            opened_day: Day::parse("2026-01-01").unwrap(),
        }
    }

    #[test]
    fn each_verb_has_its_phase_and_its_limit() {
        use Phase::{Closed, Collecting, Published, Voting};
        for phase in [Collecting, Voting, Closed, Published] {
            let open = phase == Collecting;
            assert_eq!(may_add(&season(phase, 0, 0), 1).is_ok(), open);
            assert_eq!(may_post(&season(phase, 0, 0)).is_ok(), open);
            assert_eq!(may_open_vote(&season(phase, 1, 0)).is_ok(), open);
        }
        assert_eq!(may_add(&season(Collecting, MAX_PROJECTS, 0), 1).unwrap_err().code, "too-many-projects");
        assert!(may_add(&season(Collecting, MAX_PROJECTS - 1, 0), 1).is_ok());
        assert_eq!(may_post(&season(Collecting, 0, MAX_IDEAS)).unwrap_err().code, "too-many-ideas");
        assert_eq!(may_open_vote(&season(Collecting, 0, 0)).unwrap_err().code, "no-projects");
    }
}
