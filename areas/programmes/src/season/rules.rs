//! Facts in, a reasoned answer out.

use kernel::{Kind, Refusal};

use super::{Phase, PlannedStage, Season, Stage};
use crate::{MAX_PROJECTS, Template};

/// Whether a vote can be counted by the rule of this name: it takes ballots that name projects, and pages have words that
/// tell voters what it does.
pub(crate) fn is_votable(rule: &str) -> bool {
    let counts = rule.parse::<tally::Rule>().is_ok_and(|rule| rule.counts(tally::BallotKind::Approval));
    counts && ui::Words::of(ui::Locale::default()).has(&ui::words::key_of("rule", rule))
}

/// A verb that belongs to one phase of the vote.
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

/// A verb that belongs to some stages.
///
/// # Errors
/// `wrong-stage` with the stage it is in.
pub fn expect_stage(season: &Season, expected: &[Stage]) -> Result<(), Refusal> {
    if expected.contains(&season.stage) {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()))
}

/// What the list was computed from stays as it was.
fn not_decided(season: &Season) -> Result<(), Refusal> {
    if season.decided { Err(Refusal::new(Kind::Conflict, "already-decided")) } else { Ok(()) }
}

/// Projects are added before the vote is open and before the list hangs out.
///
/// # Errors
/// `already-decided`, `wrong-phase`, `wrong-stage`, `too-many-projects`.
pub fn may_add(season: &Season, more: usize) -> Result<(), Refusal> {
    not_decided(season)?;
    expect_phase(season, Phase::Collecting)?;
    if season.stage > Stage::Deciding {
        return Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()));
    }
    let room = MAX_PROJECTS.saturating_sub(season.n_projects);
    if usize::try_from(room).unwrap_or(0) < more {
        return Err(Refusal::new(Kind::LimitReached, "too-many-projects").with_int("limit", i64::from(MAX_PROJECTS)));
    }
    Ok(())
}

/// The vote opens once, on projects, in the stage in which it is decided or when that is the next one.
///
/// # Errors
/// `season-without-vote`, `already-decided`, `wrong-phase`, `wrong-stage`, `no-projects`.
pub fn may_open_vote(season: &Season, plan: &[PlannedStage], template: &Template) -> Result<(), Refusal> {
    if template.vote.is_none() {
        return Err(Refusal::new(Kind::Conflict, "season-without-vote"));
    }
    not_decided(season)?;
    expect_phase(season, Phase::Collecting)?;
    if season.stage != Stage::Deciding && next_stage(season, plan) != Some(Stage::Deciding) {
        return Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()));
    }
    if season.n_projects == 0 { Err(Refusal::new(Kind::Conflict, "no-projects")) } else { Ok(()) }
}

/// The stage after the season's own.
pub fn next_stage(season: &Season, plan: &[PlannedStage]) -> Option<Stage> {
    let at = plan.iter().position(|planned| planned.stage == season.stage)?;
    plan.get(at + 1).map(|planned| planned.stage)
}

/// Where the office may move a season by itself: to the next stage, as long as that is not what a verdict or a notice
/// brings about. What comes after the approval is the office's again.
///
/// # Errors
/// `no-next-stage`; `stage-comes-by-verdict` for notice and approval.
pub fn may_advance(season: &Season, plan: &[PlannedStage]) -> Result<Stage, Refusal> {
    let next = next_stage(season, plan).ok_or_else(|| Refusal::new(Kind::Conflict, "no-next-stage"))?;
    if matches!(next, Stage::Notice | Stage::Approved) {
        return Err(Refusal::new(Kind::Conflict, "stage-comes-by-verdict").with_text("stage", next.as_str()));
    }
    Ok(next)
}

/// The same for a stage that somebody named when they saw the season.
///
/// # Errors
/// As [`may_advance`]; `changed-meanwhile` where that is not the next stage any more, or never was.
pub fn may_advance_to(season: &Season, plan: &[PlannedStage], to: Stage) -> Result<(), Refusal> {
    if to > season.stage && may_advance(season, plan)? == to {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "changed-meanwhile"))
}

#[cfg(test)]
mod tests {
    use kernel::{Day, Fen, Instant};

    use super::*;
    use crate::template::bundled;

    fn season(phase: Phase, n_projects: u32, n_ideas: u32) -> Season {
        Season {
            id: "1-0123456789abcdefghjk".parse().unwrap(),
            place: "1-0123456789abcdefghjk".parse().unwrap(),
            name: String::new(),
            about: String::new(),
            template: "plain".into(),
            stage: if phase == Phase::Collecting { Stage::Ideas } else { Stage::Deciding },
            phase,
            budget: Fen(1),
            currency: "CNY".into(),
            rule: "greedy:cost".into(),
            increment: None,
            max_choices: 5,
            revision: 0,
            decided: false,
            plan_revision: 0,
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
            assert_eq!(
                may_open_vote(
                    &season(phase, 1, 0),
                    &plan()[..1].iter().chain(&plan()[2..]).cloned().collect::<Vec<_>>(),
                    plain()
                )
                .is_ok(),
                open
            );
        }
        assert_eq!(may_add(&season(Collecting, MAX_PROJECTS, 0), 1).unwrap_err().code, "too-many-projects");
        assert!(may_add(&season(Collecting, MAX_PROJECTS - 1, 0), 1).is_ok());
        assert_eq!(
            may_open_vote(
                &season(Collecting, 0, 0),
                &plan()[..1].iter().chain(&plan()[2..]).cloned().collect::<Vec<_>>(),
                plain()
            )
            .unwrap_err()
            .code,
            "no-projects"
        );
    }

    #[test]
    fn a_season_moves_to_the_stage_that_was_named_or_not_at_all() {
        let mut season = season(Phase::Collecting, 1, 0);
        for (at, to, code) in [
            (Stage::Ideas, Stage::Screening, None),
            (Stage::Ideas, Stage::Deciding, Some("changed-meanwhile")),
            (Stage::Screening, Stage::Ideas, Some("changed-meanwhile")),
            (Stage::Deciding, Stage::Screening, Some("changed-meanwhile")),
            (Stage::Deciding, Stage::Approved, Some("stage-comes-by-verdict")),
        ] {
            season.stage = at;
            assert_eq!(may_advance_to(&season, &plan(), to).err().map(|r| r.code), code, "{at:?} {to:?}");
        }
    }

    #[test]
    fn a_list_that_is_computed_takes_neither_projects_nor_a_vote() {
        let season = Season { stage: Stage::Deciding, decided: true, ..season(Phase::Collecting, 1, 0) };
        assert_eq!(may_add(&season, 1).unwrap_err().code, "already-decided");
        assert_eq!(may_open_vote(&season, &plan(), plain()).unwrap_err().code, "already-decided");
    }

    #[test]
    fn a_vote_that_the_template_does_not_know_is_never_opened() {
        let season = Season { stage: Stage::Deciding, ..season(Phase::Collecting, 1, 0) };
        let without = Template { vote: None, ..plain().clone() };
        assert_eq!(may_open_vote(&season, &plan(), &without).unwrap_err().code, "season-without-vote");
        assert!(may_open_vote(&season, &plan(), plain()).is_ok());
    }

    fn plain() -> &'static Template {
        bundled("plain").unwrap()
    }

    fn plan() -> Vec<PlannedStage> {
        let day = Day::parse("2026-01-01").unwrap();
        let stages = [Stage::Ideas, Stage::Screening, Stage::Deciding, Stage::Notice, Stage::Approved];
        let of = |stage| PlannedStage { stage, from: day.clone(), until: day.clone() };
        stages.map(of).to_vec()
    }

    #[test]
    fn the_office_moves_a_season_as_far_as_the_decision() {
        let mut season = season(Phase::Collecting, 1, 0);
        assert_eq!(may_open_vote(&season, &plan(), plain()).unwrap_err().code, "wrong-stage");
        assert_eq!(may_advance(&season, &plan()), Ok(Stage::Screening));
        season.stage = Stage::Screening;
        assert!(may_open_vote(&season, &plan(), plain()).is_ok());
        assert_eq!(may_advance(&season, &plan()), Ok(Stage::Deciding));
        season.stage = Stage::Deciding;
        assert!(may_open_vote(&season, &plan(), plain()).is_ok());
        assert_eq!(may_advance(&season, &plan()).unwrap_err().code, "stage-comes-by-verdict");
        assert_eq!(may_advance_to(&season, &plan(), Stage::Notice).unwrap_err().code, "stage-comes-by-verdict");
        season.stage = Stage::Approved;
        assert_eq!(may_advance(&season, &plan()).unwrap_err().code, "no-next-stage");
        assert_eq!(may_add(&season, 1).unwrap_err().code, "wrong-stage");
    }
}
