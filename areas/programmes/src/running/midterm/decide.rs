//! Decide a round: it goes on, it is mended first, or it stops.

use db::{Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::{
    duty::{
        Holder,
        give::{self, GiveDuty},
    },
    verdict::{Explained, NewVerdict},
};
use rights::{Action, Permit};
use serde::Deserialize;
use serde_json::json;
use tally::panel::PanelLine;
use work::{
    calendar::add_days,
    clock::{Reckoner, Rule},
};

use super::{RULE_SET, Round, Sheet, State, score::current};
use crate::{
    SeasonId,
    running::{Case, RunState, rules, store, subject},
    template::{self, Assessment},
};

/// A decision as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = DecideMidterm)]
#[serde(default)]
pub struct Decide {
    /// The round that they saw.
    pub round: u32,
    /// `passed`, `rectify` or `failed`.
    pub outcome: String,
    /// What the team is told, at most 2,000 characters; required but for `passed`.
    pub advice: String,
    /// For `rectify`: by when, `YYYY-MM-DD`, within 120 days.
    pub until: String,
}

/// Decides the round by its sheets. What is to be mended is a duty of the team with its day; a project that fails stops.
/// Until it is posted the result is for the team and the office: the log's public part says that there is one, and the
/// verdict is recorded with the notice. The same decision again changes nothing.
///
/// # Errors
/// Refusals `invalid-input` (`outcome`, `advice`, `until`), `season-not-found`, `project-not-found`, `wrong-stage`,
/// `midterm-not-open`, `sheets-too-few`, `points-too-few`, `points-pass`, `changed-meanwhile`, `not-allowed`; database
/// faults.
pub fn decide(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &Decide,
) -> Result<Round, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.judge(&cx.actor, Action::Approve, None)?;
    let rounds = store::rounds(tx, (season, number))?;
    let decision = read(input, &cx.day)?;
    if let Some(last) = rounds.last()
        && (last.round, last.state, &last.advice) == (input.round, decision.outcome, &decision.advice)
    {
        return Ok(last.clone());
    }
    current(&rounds, &case, input.round)?;
    let Some(mut round) = rounds.into_iter().next_back() else {
        return Err(Refusal::new(Kind::Conflict, "midterm-not-open").into());
    };
    let template = template::queries::of_season(tx, &case.season)?;
    let assessment = template.assessment();
    let sheets = store::sheets(tx, (season, number), round.round)?;
    let line = rules::count(assessment, &sheets.iter().map(|sheet| sheet.scores.clone()).collect::<Vec<_>>())?;
    rules::may_decide(decision.outcome, rules::passes(&line))?;
    round.state = decision.outcome;
    round.points = line.mean.as_ref().and_then(tally::Ratio::hundredths);
    (round.advice, round.until, round.decided_day) = (decision.advice, decision.until, Some(cx.day.clone()));
    let state = if round.state == State::Failed { RunState::Stopped } else { RunState::Running };
    let gone = store::set_run(tx, &permit, (season, &case.run), (state, round.state, case.run.closing))?;
    if !gone || !store::decide_round(tx, &permit, (season, number), &round)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    if let Some(until) = &round.until {
        owe(tx, cx, &permit, &case, (round.round, until))?;
    }
    let public = json!({ "project": number, "round": round.round });
    let private = json!({
        "outcome": round.state, "points": line.points(), "until": round.until.as_ref().map(Day::as_str),
        "inputs": inputs(assessment, &round, &sheets).to_string(), "advice": round.advice, "by": cx.actor.person(),
    });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "midterm.decided", subject, public: &public, private: Some(&private) })?;
    Ok(round)
}

struct Decision {
    outcome: State,
    advice: String,
    until: Option<Day>,
}

fn read(input: &Decide, today: &Day) -> Result<Decision, Refusal> {
    let mut shape = Shape::new();
    let outcome = input.outcome.parse().unwrap_or(State::None);
    if !matches!(outcome, State::Passed | State::Rectify | State::Failed) {
        shape.error("outcome", "unknown-choice");
    }
    let advice = if outcome == State::Passed {
        shape.optional_prose("advice", &input.advice, 2_000)
    } else {
        shape.prose("advice", &input.advice, 2_000)
    };
    let until = if outcome == State::Rectify { day(&mut shape, &input.until, today) } else { None };
    shape.finish(Decision { outcome, advice, until })
}

fn day(shape: &mut Shape, text: &str, today: &Day) -> Option<Day> {
    match Day::parse(text.trim()) {
        None if text.trim().is_empty() => shape.error("until", "required"),
        None => shape.error("until", "not-a-date"),
        Some(day) if day <= *today => shape.error("until", "day-has-passed"),
        Some(day) if day > add_days(today, rules::MAX_DAYS) => shape.error("until", "day-too-late"),
        day => return day,
    }
    None
}

/// SHA-256 over lines of text, each ended by a line feed: `round NUMBER DIGEST` with the digest of the evidence,
/// `rule LEAST PASS`, `criterion KEY WEIGHT MOST` in their order, and `sheet SCORES` in ascending order of their text.
pub fn inputs(assessment: &Assessment, round: &Round, sheets: &[Sheet]) -> Hash {
    Hash::of(text(assessment, round, sheets).as_bytes())
}

/// The text of which [`inputs`] is the digest.
pub(super) fn text(assessment: &Assessment, round: &Round, sheets: &[Sheet]) -> String {
    let mut text = format!("round {} {}\n", round.round, Hash(round.digest));
    text.push_str(&format!("rule {} {}\n", assessment.sheets, assessment.pass));
    for criterion in &assessment.criteria {
        text.push_str(&format!("criterion {} {} {}\n", criterion.key, criterion.weight, criterion.most));
    }
    let mut scores: Vec<String> = sheets.iter().map(|sheet| rules::print_scores(&sheet.scores)).collect();
    scores.sort();
    scores.into_iter().for_each(|scores| text.push_str(&format!("sheet {scores}\n")));
    text
}

/// The rule by its name in the register.
pub(super) const RULE: &str = "sheet-mean";

/// The verdict on a round as the register keeps it.
pub(super) fn registered<'a>(
    case: &'a Case,
    (assessment, round): (&Assessment, &Round),
    (line, n, inputs): (&PanelLine, usize, Hash),
) -> NewVerdict<'a> {
    let n = i64::try_from(n).unwrap_or(i64::MAX);
    NewVerdict {
        site: &case.site,
        kind: "midterm",
        subject_kind: "season",
        subject: case.season.id.as_str(),
        title: &case.season.name,
        matter: case.run.matter.as_ref().map(|matter| matter.as_str()),
        rule: RULE,
        rule_set: RULE_SET,
        parameters: json!({ "sheets_least": assessment.sheets, "pass": assessment.pass }),
        inputs,
        outcome: json!({
            "project": subject(&case.season.id, case.run.number), "round": round.round, "points": line.points(),
            "outcome": round.state,
        }),
        passed: Some(round.state == State::Passed),
        explained: Explained::of("midterm")
            .with_int("project", i64::from(case.run.number))
            .with_int("sheets", n)
            .with_text("points", line.points())
            .with_int("pass", i64::from(assessment.pass)),
    }
}

/// The text by which the duty of a rectification is known.
pub(super) fn once_of(case: &Case, round: u32) -> String {
    format!("mend {}/{} {round}", case.season.id, case.run.number)
}

/// The team owes the rectification. A project of nobody's has nobody who owes it; the office's board shows it all the
/// same.
fn owe(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    case: &Case,
    (round, until): (u32, &Day),
) -> Result<(), Fault> {
    let Some(applied) = &case.applied else { return Ok(()) };
    let holder = applied.org.clone().map_or_else(|| Holder::Person(applied.author.clone()), Holder::Org);
    let input = GiveDuty {
        title: give::titled("rectification", &case.project.name),
        kind: "rectification".to_owned(),
        by_answer: true,
        may_extend: 0,
        once: once_of(case, round),
        page: format!("/seasons/{}/projects/{}/running", case.season.id, case.run.number),
        ..GiveDuty::new(case.season.place.clone(), holder, &Rule::OnDay(until.clone()))
    };
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: cx.offset_minutes };
    match give::bind(tx, cx, &reckoner, permit, &input) {
        // the organisation was closed, or the place is no more: then the board alone shows it
        Err(Fault::Refused(Refusal { code, .. })) if code != "changed-meanwhile" => Ok(()),
        given => given.map(|_| ()),
    }
}
