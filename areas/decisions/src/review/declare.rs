//! Say what one has to do with each project.

use std::collections::BTreeMap;

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, project, season};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Conflict, found, queries, rules, store, store::Declared};

/// Projects that one command takes.
pub const MAX_CHUNK: usize = 100;

/// What a reviewer says of one project.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
pub struct Declaration {
    /// The project's number.
    pub number: u32,
    /// `none`, `own-organisation`, `kin` or `other`.
    pub conflict: Conflict,
}

/// Declares for the projects named, at most [`MAX_CHUNK`] at once. What the records show counts whatever is said: such a
/// conflict is stored instead of `none`. A sheet of a project in which a conflict appears is taken out.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `not-a-reviewer`, `answer-first`, `review-closed`,
/// `conflict-stands`, `too-many-at-once`, `not-allowed`; database faults.
pub fn declare(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &SeasonId,
    input: &[Declaration],
) -> Result<Vec<Declared>, Fault> {
    let season = season::queries::season(tx, id)?;
    let me = rules::seated(Some(queries::me(tx, cx, id)?))?;
    let site = season::queries::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::ScoreProject, Resource::at(&site).owned_by(Some(&me.person)))?;
    rules::open(store::review(tx, id)?)?;
    if input.len() > MAX_CHUNK {
        let limit = i64::try_from(MAX_CHUNK).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit).into());
    }
    if input.iter().any(|said| !Conflict::SAID.contains(&said.conflict)) {
        return Err(Refusal::invalid(vec![FieldError::new("conflict", "unknown-choice")]).into());
    }
    let known = found::known(tx, &me.person, &cx.day)?;
    let there = store::declarations(tx, id, &me.person)?;
    let there: BTreeMap<u32, &Declared> = there.iter().map(|d| (d.project, d)).collect();
    let mut changed = Vec::new();
    for &Declaration { number, conflict } in input {
        project::queries::project(tx, id, number)?;
        let before = there.get(&number).copied();
        rules::may_declare(before, conflict)?;
        let shown = rules::found(&found::behind(tx, &season, number)?, &known);
        let conflict = if conflict == Conflict::None { shown.unwrap_or(Conflict::None) } else { conflict };
        if before.is_none_or(|before| before.conflict != conflict) {
            changed.push(Declared { person: me.person.clone(), project: number, conflict });
        }
    }
    if changed.is_empty() {
        return Ok(changed);
    }
    if !store::touch(tx, &permit, id)? {
        return Err(Refusal::new(Kind::Conflict, "review-closed").into());
    }
    for declared in &changed {
        store::declare(tx, &permit, id, declared, &cx.day)?;
        if declared.conflict != Conflict::None {
            store::drop_sheet(tx, &permit, id, (declared.project, &me.person))?;
        }
    }
    let told: Vec<_> = changed.iter().map(|d| json!({ "number": d.project, "conflict": d.conflict })).collect();
    // who it is stays out of the public part: with the sheets it would tell whose they are
    let private = json!({ "person": me.person, "declared": told });
    let n_conflicts = changed.iter().filter(|d| d.conflict != Conflict::None).count();
    let public = json!({ "projects": changed.len(), "conflicts": n_conflicts });
    let draft = Draft { kind: "review.declared", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(changed)
}
