//! Computing an assessment halfway again from its sheets.

use db::{Db, Fault};
use matters::verdict::{
    Verdict,
    recompute::{Computed, Count, Method, Openness, Sink, Told, gone, members, subject_id},
};
use serde_json::json;

use super::{
    RULE_SET, State,
    decide::{RULE, text},
};
use crate::{
    SeasonId,
    running::{rules, store},
    season,
    template::{self, Assessment},
};

/// How it is done. The inputs are the text of [`super::decide::inputs`]: sheets without names, for the team and the public
/// see their mean alone.
pub const METHOD: Method = Method {
    kind: "midterm",
    knows: |set| set == RULE_SET,
    openness: Openness::Sealed,
    in_log: false,
    gather,
    own: None,
    begin: || Box::<Assessed>::default(),
};

/// The project's number, from what the outcome calls it: `SEASON/NUMBER`.
pub(in crate::running) fn number(verdict: &Verdict) -> Option<u32> {
    let project = verdict.outcome.get("project")?.as_str()?;
    project.strip_prefix(&verdict.subject)?.strip_prefix('/')?.parse().ok()
}

fn gather(db: &Db, verdict: &Verdict, sink: &mut Sink<'_>) -> Result<(), Fault> {
    let id: SeasonId = subject_id(verdict)?;
    let number = number(verdict).ok_or_else(gone)?;
    let round = verdict.outcome.get("round").and_then(serde_json::Value::as_u64);
    let inputs = db.read_wait(move |s| {
        let season = season::queries::season(s, &id)?;
        let template = template::queries::of_season(s, &season)?;
        let rounds = store::rounds(s, (&id, number))?;
        let round = rounds.into_iter().find(|one| Some(u64::from(one.round)) == round).ok_or_else(gone)?;
        let sheets = store::sheets(s, (&id, number), round.round)?;
        Ok::<_, Fault>(text(template.assessment(), &round, &sheets))
    })?;
    inputs.split_inclusive('\n').try_for_each(sink)?;
    Ok(())
}

/// The lines of a round.
#[derive(Default)]
struct Assessed {
    round: Option<u32>,
    assessment: Option<Assessment>,
    sheets: Vec<Vec<u32>>,
}

impl Count for Assessed {
    fn line(&mut self, line: &str) -> Result<(), String> {
        let read = |text: &str| text.parse::<u32>().map_err(|_| format!("{text:?} is no number that fits"));
        match (line.split(' ').collect::<Vec<_>>().as_slice(), &mut self.assessment) {
            (["round", round, _], None) if self.round.is_none() => self.round = Some(read(round)?),
            (["rule", sheets, pass], none @ None) if self.round.is_some() => {
                let (sheets, pass) = (read(sheets)?, read(pass)?);
                *none = Some(Assessment { sheets, pass, criteria: Vec::new() });
            }
            (["criterion", key, weight, most], Some(assessment)) => {
                assessment.criteria.push(template::Criterion {
                    key: (*key).to_owned(),
                    weight: read(weight)?,
                    most: read(most)?,
                    name: template::Names::default(),
                    hint: template::Names::default(),
                });
            }
            (["sheet", scores], Some(_)) => {
                self.sheets.push(rules::parse_scores(scores).ok_or("scores are no numbers")?);
            }
            _ => return Err("it is no line of an assessment, or not in its place".into()),
        }
        Ok(())
    }

    /// The points are computed. What follows from them is decided by people within their bounds: nobody passes below the
    /// mark, nobody is stopped above it.
    fn end(self: Box<Self>, told: &Told) -> Result<Computed, String> {
        let Assessed { round: Some(round), assessment: Some(assessment), sheets } = *self else {
            return Err("lines are missing".into());
        };
        let line = rules::count(&assessment, &sheets).map_err(|no| no.code.to_owned())?;
        let passes = rules::passes(&line);
        let decided: State = told.outcome_text("outcome").parse().unwrap_or(State::None);
        let may = rules::may_decide(decided, passes).is_ok();
        let state = match (may, passes) {
            (true, _) => decided,
            (false, true) => State::Passed,
            (false, false) => State::Failed,
        };
        Ok(Computed {
            rule: Some(RULE.into()),
            parameters: members(json!({ "sheets_least": assessment.sheets, "pass": assessment.pass })),
            outcome: members(json!({ "round": round, "points": line.points(), "outcome": state })),
            passed: Some(state == State::Passed),
        })
    }
}
