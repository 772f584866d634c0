//! Facts in, a reasoned answer out.

use kernel::{Day, FieldError, Kind, Refusal};
use tally::panel::{Criterion, Entrant, MAX_SHEETS, Panel, PanelLine, Sheet, Standing, rank};

use super::{Midterm, Run, RunState};
use crate::{
    Season, Stage,
    template::{Assessment, Criterion as Asked},
};

/// Rounds of the assessment of one project at most.
pub const MAX_ROUNDS: u32 = 5;
/// Days that a rectification may take at most.
pub const MAX_DAYS: i32 = 120;
/// Answers from which on a satisfaction is shown: fewer would show who said what.
pub const SHOWN_FROM: u64 = 5;

/// A season whose list is approved.
///
/// # Errors
/// `wrong-stage`.
pub fn begun(season: &Season) -> Result<(), Refusal> {
    if season.stage >= Stage::Approved {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "wrong-stage").with_text("stage", season.stage.as_str()))
}

/// A project that is being done.
///
/// # Errors
/// `project-not-running`.
pub fn running(run: &Run) -> Result<(), Refusal> {
    if run.state == RunState::Running {
        return Ok(());
    }
    Err(Refusal::new(Kind::Conflict, "project-not-running").with_text("state", run.state.as_str()))
}

/// Whether a round of the assessment may begin. `due` is the day of a rectification that is owed; `upheld` is whether an
/// objection to the result was upheld.
///
/// # Errors
/// `midterm-decided`, `rectification-runs`, `too-many-rounds`.
pub fn may_open(run: &Run, rounds: u32, (due, today): (Option<&Day>, &Day), upheld: bool) -> Result<(), Refusal> {
    if rounds >= MAX_ROUNDS {
        return Err(Refusal::new(Kind::LimitReached, "too-many-rounds").with_int("limit", i64::from(MAX_ROUNDS)));
    }
    match run.midterm {
        Midterm::None | Midterm::Open | Midterm::Rectified => Ok(()),
        Midterm::Rectify if due.is_none_or(|due| due < today) || upheld => Ok(()),
        Midterm::Rectify => Err(Refusal::new(Kind::Conflict, "rectification-runs")),
        Midterm::Failed if upheld => Ok(()),
        Midterm::Passed | Midterm::Failed => Err(Refusal::new(Kind::Conflict, "midterm-decided")),
    }
}

/// What the sheets come to: the mean of their totals, exact, none dropped.
///
/// # Errors
/// `sheets-too-few` with how many are needed.
pub fn count(assessment: &Assessment, sheets: &[Vec<u32>]) -> Result<PanelLine, Refusal> {
    let panel = panel(assessment, sheets);
    let line = rank(&panel).ok().and_then(|lines| lines.into_iter().next());
    match line {
        Some(line) if line.standing != Standing::TooFewSheets && !sheets.is_empty() => Ok(line),
        _ => {
            let refusal = Refusal::new(Kind::Conflict, "sheets-too-few");
            Err(refusal.with_int("least", i64::from(assessment.sheets)))
        }
    }
}

/// Everything that the result depends on.
pub fn panel(assessment: &Assessment, sheets: &[Vec<u32>]) -> Panel {
    let criteria = assessment.criteria.iter().map(|c| Criterion { weight: c.weight, most: c.most }).collect();
    let sheet = |(reviewer, scores): (u32, &Vec<u32>)| Sheet { reviewer, project: 1, scores: scores.clone() };
    Panel {
        criteria,
        entrants: vec![Entrant { number: 1, cost: 0, supporters: 0 }],
        sheets: (1..).zip(sheets).map(sheet).collect(),
        conflicts: Vec::new(),
        least: assessment.sheets,
        // no sheet is dropped: there are few of them
        drop_from: u32::try_from(MAX_SHEETS).unwrap_or(u32::MAX),
        pass: Some(assessment.pass),
        places: None,
        reserve: 0,
        ties: Vec::new(),
    }
}

/// Whether the points reach the pass mark.
pub fn passes(line: &PanelLine) -> bool {
    !matches!(line.standing, Standing::Below | Standing::TooFewSheets)
}

/// Whether an outcome may follow from the points: nobody passes below the mark, nobody is stopped above it. Something to
/// be mended may be found in either case.
///
/// # Errors
/// `points-too-few`, `points-pass`.
pub fn may_decide(outcome: Midterm, passes: bool) -> Result<(), Refusal> {
    match (outcome, passes) {
        (Midterm::Passed, false) => Err(Refusal::new(Kind::Conflict, "points-too-few")),
        (Midterm::Failed, true) => Err(Refusal::new(Kind::Conflict, "points-pass")),
        (Midterm::Passed | Midterm::Rectify | Midterm::Failed, _) => Ok(()),
        _ => Err(Refusal::invalid(vec![FieldError::new("outcome", "unknown-choice")])),
    }
}

/// Names of the fields of a sheet; a template has at most this many criteria.
const FIELDS: [&str; 20] = [
    "score-1", "score-2", "score-3", "score-4", "score-5", "score-6", "score-7", "score-8", "score-9", "score-10",
    "score-11", "score-12", "score-13", "score-14", "score-15", "score-16", "score-17", "score-18", "score-19",
    "score-20",
];

/// The name of the field of a criterion, by its index.
pub fn field(at: usize) -> &'static str {
    FIELDS.get(at).copied().unwrap_or("scores")
}

/// The scores as they were typed, one for each criterion in order, all checked at once.
///
/// # Errors
/// `invalid-input` with the fields `score-<n>`: `required`, `not-a-number`, `too-large` with the limit.
pub fn scores(criteria: &[Asked], typed: &[String]) -> Result<Vec<u32>, Refusal> {
    let (mut given, mut wrong) = (Vec::with_capacity(criteria.len()), Vec::new());
    for (at, criterion) in criteria.iter().enumerate() {
        match typed.get(at).map_or("", |text| text.trim()) {
            "" => wrong.push(FieldError::new(field(at), "required")),
            text => match text.parse::<u32>() {
                Ok(score) if score <= criterion.most => given.push(score),
                Ok(_) => {
                    let error = FieldError::new(field(at), "too-large");
                    wrong.push(error.with_limit(i64::from(criterion.most)));
                }
                Err(_) => wrong.push(FieldError::new(field(at), "not-a-number")),
            },
        }
    }
    if wrong.is_empty() { Ok(given) } else { Err(Refusal::invalid(wrong)) }
}

/// Scores as they are stored and hashed: `80,75,60`.
pub fn print_scores(scores: &[u32]) -> String {
    scores.iter().map(u32::to_string).collect::<Vec<_>>().join(",")
}

/// The same read back.
pub fn parse_scores(text: &str) -> Option<Vec<u32>> {
    text.split(',').map(|score| score.parse().ok()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run(midterm: Midterm) -> Run {
        Run {
            number: 1,
            matter: None,
            tier: String::new(),
            team: String::new(),
            state: RunState::Running,
            midterm,
            closing: super::super::Closing::None,
            begun_day: Day::parse("2026-01-01").unwrap(),
            revision: 0,
        }
    }

    #[test]
    fn a_round_begins_when_the_one_before_left_something_open() {
        let (early, day) = (Day::parse("2026-05-01").unwrap(), Day::parse("2026-05-02").unwrap());
        let code = |midterm, due: Option<&Day>, upheld| {
            may_open(&run(midterm), 1, (due, &day), upheld).err().map(|refusal| refusal.code)
        };
        assert_eq!(code(Midterm::None, None, false), None);
        assert_eq!(code(Midterm::Rectified, Some(&day), false), None);
        assert_eq!(code(Midterm::Rectify, Some(&day), false), Some("rectification-runs"));
        assert_eq!(code(Midterm::Rectify, Some(&early), false), None);
        assert_eq!(code(Midterm::Passed, None, true), Some("midterm-decided"));
        assert_eq!(code(Midterm::Failed, None, false), Some("midterm-decided"));
        assert_eq!(code(Midterm::Failed, None, true), None);
        assert_eq!(may_open(&run(Midterm::None), MAX_ROUNDS, (None, &day), false).unwrap_err().code, "too-many-rounds");
    }

    #[test]
    fn points_bound_the_outcome() {
        for (outcome, passes, code) in [
            (Midterm::Passed, true, None),
            (Midterm::Passed, false, Some("points-too-few")),
            (Midterm::Failed, true, Some("points-pass")),
            (Midterm::Failed, false, None),
            (Midterm::Rectify, true, None),
            (Midterm::Rectify, false, None),
            (Midterm::Open, true, Some("invalid-input")),
        ] {
            assert_eq!(may_decide(outcome, passes).err().map(|r| r.code), code, "{outcome:?} {passes}");
        }
    }

    #[test]
    fn sixty_passes_and_less_does_not() {
        let usual = Assessment::usual();
        // weights 30 20 20 30: 60 exactly, and one point of the lightest dimension less
        let line = count(usual, &[vec![60, 60, 60, 60], vec![60, 60, 60, 60]]).unwrap();
        assert_eq!((passes(&line), line.points().as_str()), (true, "60.00"));
        let line = count(usual, &[vec![60, 60, 60, 60], vec![60, 59, 60, 60]]).unwrap();
        assert_eq!((passes(&line), line.points().as_str()), (false, "59.90"));
        assert_eq!(count(usual, &[vec![100, 100, 100, 100]]).unwrap_err().code, "sheets-too-few");
    }

    #[test]
    fn a_sheet_is_read_whole() {
        let typed = |texts: [&str; 4]| texts.map(str::to_owned);
        let told = |texts| {
            let read = scores(&Assessment::usual().criteria, &typed(texts));
            read.map_err(|no| no.fields.iter().map(|f| format!("{} {}", f.field, f.code)).collect::<Vec<_>>())
        };
        assert_eq!(told(["1", " 2 ", "0", "100"]), Ok(vec![1, 2, 0, 100]));
        assert_eq!(
            told(["", "101", "-1", "x"]).unwrap_err(),
            ["score-1 required", "score-2 too-large", "score-3 not-a-number", "score-4 not-a-number"]
        );
    }

    proptest! {
        /// The mean is what adding up by hand gives, in whole hundredths of the product of weights and sheets.
        #[test]
        fn the_mean_is_exact(sheets in proptest::collection::vec(proptest::collection::vec(0_u32..=100, 4), 2..8)) {
            let usual = Assessment::usual();
            let line = count(usual, &sheets).unwrap();
            let weighted = |sheet: &Vec<u32>| -> u64 {
                sheet.iter().zip(&usual.criteria).map(|(s, c)| u64::from(*s) * u64::from(c.weight)).sum()
            };
            let sum: u64 = sheets.iter().map(weighted).sum();
            let n = u64::try_from(sheets.len()).unwrap();
            prop_assert_eq!(passes(&line), sum >= 60 * 100 * n);
        }

        #[test]
        fn scores_go_there_and_back(scores in proptest::collection::vec(0_u32..=1_000, 1..20)) {
            prop_assert_eq!(parse_scores(&print_scores(&scores)), Some(scores));
        }
    }
}
