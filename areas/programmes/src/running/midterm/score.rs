//! Fill in a score sheet.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Action;
use serde::Deserialize;
use serde_json::json;

use super::{Sheet, State};
use crate::{
    SeasonId,
    running::{Case, rules, store},
    template,
};

/// A sheet as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct WriteSheet {
    /// The round that they saw.
    pub round: u32,
    /// One whole number for each criterion of the template, in their order.
    pub scores: Vec<String>,
    /// Why, at most 1,000 characters.
    pub comment: String,
}

/// Keeps the sheet in place of an earlier one of the same person. Nobody scores a project in which they had a part.
///
/// # Errors
/// Refusals `invalid-input` (`score-<n>`, `comment`), `season-not-found`, `project-not-found`, `wrong-stage`,
/// `midterm-not-open`, `changed-meanwhile`, `not-allowed`, `sign-in-first`; database faults.
pub fn score(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &WriteSheet,
) -> Result<Sheet, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.judge(&cx.actor, Action::RecordVerdict, None)?;
    let person = cx.actor.person().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let round = current(&store::rounds(tx, (season, number))?, &case, input.round)?;
    let template = template::queries::of_season(tx, &case.season)?;
    let scores = rules::scores(&template.assessment().criteria, &input.scores);
    let mut shape = Shape::new();
    let comment = shape.optional_prose("comment", &input.comment, 1_000);
    let sheet = match (scores, shape.finish(comment)) {
        (Ok(scores), Ok(comment)) => Sheet { person, scores, comment },
        (Err(mut wrong), Err(more)) => {
            wrong.fields.extend(more.fields);
            return Err(wrong.into());
        }
        (Err(wrong), Ok(_)) | (Ok(_), Err(wrong)) => return Err(wrong.into()),
    };
    let there = store::sheets(tx, (season, number), round)?;
    if there.contains(&sheet) {
        return Ok(sheet);
    }
    let run = &case.run;
    if !store::set_run(tx, &permit, (season, run), (run.state, run.midterm, run.closing))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::put_sheet(tx, &permit, (season, number), (round, &sheet, &cx.day))?;
    let public = json!({ "project": number, "round": round });
    let private = json!({ "by": sheet.person, "scores": sheet.scores, "comment": sheet.comment });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "midterm.scored", subject, public: &public, private: Some(&private) })?;
    Ok(sheet)
}

/// The round that is open, where it is the one that somebody saw.
pub(super) fn current(rounds: &[super::Round], case: &Case, seen: u32) -> Result<u32, Refusal> {
    match rounds.last() {
        Some(last) if case.run.midterm == State::Open && last.round == seen => Ok(seen),
        Some(_) if case.run.midterm == State::Open => Err(Refusal::new(Kind::Conflict, "changed-meanwhile")),
        _ => Err(Refusal::new(Kind::Conflict, "midterm-not-open")),
    }
}
