//! Say what one has to do with each project.

use std::collections::BTreeMap;

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{Season, SeasonId, season};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Conflict, Reviewer, found, queries, rules, store, store::Declared};

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
/// conflict is stored instead of `none`. A sheet of a project in which a conflict appears is taken out. Whoever has no
/// sheet yet may take back what they said by mistake; the log tells it, and whoever runs the season sees it. Sent again,
/// it changes nothing.
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
    let review = store::hold(tx, id)?;
    let season = season::queries::season(tx, id)?;
    let me = rules::seated(Some(queries::me(tx, cx, id)?))?;
    let site = season::queries::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::ScoreProject, Resource::at(&site).owned_by(Some(&me.person)))?;
    rules::open(review)?;
    shape(&season, input)?;
    let (changed, lifted) = changes(tx, cx, (&season, &me), input)?;
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
    if !lifted.is_empty() {
        let (public, private) = (json!({ "projects": lifted.len() }), json!({ "person": me.person, "lifted": lifted }));
        let draft = Draft { kind: "review.lifted", subject: id.as_str(), public: &public, private: Some(&private) };
        append(tx, cx, &permit, &draft)?;
    }
    Ok(changed)
}

fn shape(season: &Season, input: &[Declaration]) -> Result<(), Refusal> {
    if input.len() > MAX_CHUNK {
        let limit = i64::try_from(MAX_CHUNK).unwrap_or(i64::MAX);
        return Err(Refusal::new(Kind::LimitReached, "too-many-at-once").with_int("limit", limit));
    }
    if input.iter().any(|said| !Conflict::SAID.contains(&said.conflict)) {
        return Err(Refusal::invalid(vec![FieldError::new("conflict", "unknown-choice")]));
    }
    // numbers of projects have no gaps
    if input.iter().any(|said| !(1..=season.n_projects).contains(&said.number)) {
        return Err(Refusal::new(Kind::NotFound, "project-not-found"));
    }
    Ok(())
}

/// What changes, and the numbers of the projects in which a conflict is taken back.
fn changes(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, me): (&Season, &Reviewer),
    input: &[Declaration],
) -> Result<(Vec<Declared>, Vec<u32>), Fault> {
    let known = found::known(tx, &me.person, &cx.day)?;
    let behind = found::behind_all(tx, season)?;
    let there = store::declarations(tx, &season.id, &me.person)?;
    let there: BTreeMap<u32, &Declared> = there.iter().map(|d| (d.project, d)).collect();
    let (mut changed, mut lifted) = (Vec::new(), Vec::new());
    for &Declaration { number, conflict } in input {
        let before = there.get(&number).copied();
        let shown = || behind.get(&number).and_then(|behind| rules::found(behind, &known));
        let conflict = if conflict == Conflict::None { shown().unwrap_or(Conflict::None) } else { conflict };
        rules::may_declare(before, conflict, me.n_sheets)?;
        if before.is_some_and(|before| before.conflict == conflict) {
            continue;
        }
        if before.is_some() && conflict == Conflict::None {
            lifted.push(number);
        }
        changed.push(Declared { person: me.person.clone(), project: number, conflict });
    }
    Ok((changed, lifted))
}
