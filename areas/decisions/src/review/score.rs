//! Save a score sheet.

use std::collections::BTreeMap;

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Site};
use ledger::entry::{Draft, append};
use programmes::{Season, SeasonId, Stage, expect_stage, project, season, template};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Conflict, Reviewer, ScoreSheet, found, queries, rules, store};

/// A sheet as somebody typed it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct Score {
    /// A whole number for each criterion, by its key: 0 to the criterion's highest score.
    #[serde(default)]
    #[schema(value_type = Object)]
    pub scores: BTreeMap<String, rules::Typed>,
    /// What the reviewer says to it, at most 1,000 characters; public without a name once the review is closed.
    #[serde(default)]
    pub comment: String,
}

/// Saves the sheet of whoever has signed in; until the review is closed it may be saved again.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `no-review-here`, `wrong-stage`, `review-closed`,
/// `not-a-reviewer`, `answer-first`, `declare-first`, `not-allowed` (also for a conflict of interest); database faults.
pub fn score(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, number): (&SeasonId, u32),
    input: &Score,
) -> Result<ScoreSheet, Fault> {
    let review = store::hold(tx, id)?;
    let season = season::queries::season(tx, id)?;
    let me = rules::seated(Some(queries::me(tx, cx, id)?))?;
    project::queries::project(tx, id, number)?;
    let site = season::queries::site(tx, &season)?;
    let conflict = in_conflict(tx, cx, (&season, number), &me)?;
    let permit = authorize(&cx.actor, Action::ScoreProject, resource(&site, &me, &conflict))?;
    let template = template::queries::of_season(tx, &season)?;
    let plan = rules::plan_of(&template)?;
    expect_stage(&season, &[Stage::Deciding])?;
    rules::open(review)?;
    if store::declaration(tx, id, &me.person, number)?.is_none() {
        return Err(Refusal::new(Kind::Conflict, "declare-first").into());
    }
    let (scores, comment) = rules::scores(&plan.criteria, &input.scores, &input.comment)?;
    let sheet = ScoreSheet { person: me.person.clone(), project: number, scores, comment };
    if store::sheet(tx, id, (number, &me.person))?.as_ref() == Some(&sheet) {
        return Ok(sheet);
    }
    if !store::touch(tx, &permit, id)? {
        return Err(Refusal::new(Kind::Conflict, "review-closed").into());
    }
    store::put_sheet(tx, &permit, id, &sheet)?;
    let public = json!({ "number": number });
    let private = json!({ "person": me.person, "scores": sheet.scores, "comment": sheet.comment });
    let draft = Draft { kind: "review.scored", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(sheet)
}

/// Whom the sheet belongs to and who must not see it, for the question who may.
pub(crate) fn resource<'a>(site: &'a Site, me: &'a Reviewer, conflict: &'a [PersonId]) -> Resource<'a> {
    Resource::at(site).owned_by(Some(&me.person)).in_conflict(conflict)
}

/// The reviewer, where they have a conflict of interest in the project: one they declared or one that the records show.
///
/// # Errors
/// Database faults.
pub(crate) fn in_conflict(
    s: &mut db::Snapshot<'_>,
    cx: &Context,
    (season, number): (&Season, u32),
    me: &Reviewer,
) -> Result<Vec<PersonId>, Fault> {
    let declared = store::declaration(s, &season.id, &me.person, number)?;
    let mut conflict = declared.is_some_and(|declared| declared.conflict != Conflict::None);
    if !conflict {
        let behind = found::behind(s, season, number)?;
        conflict = rules::found(&behind, &found::known(s, &me.person, &cx.day)?).is_some();
    }
    Ok(if conflict { vec![me.person.clone()] } else { Vec::new() })
}
