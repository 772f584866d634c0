//! The office checks a proposal: it becomes a project, or goes back with reasons.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Proposal, ProposalId, Reason, State, queries, read::read, rules, store};
use crate::{
    Season, SeasonId, Stage, Template,
    project::add::{NewProject, add_projects},
    season::{self, expect_stage},
    template,
};

/// Reasons that one return names at most.
pub const MAX_REASONS: usize = 20;

/// Why a proposal goes back.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = SendBackProposal)]
pub struct SendBack {
    /// 1 to 20 of them.
    pub reasons: Vec<Reason>,
}

/// Takes the proposal: it becomes the next project of the season, which costs what the grant is. Once more answers with
/// the same. Nobody takes a proposal that they wrote, entered or coached, or that is of an organisation of theirs.
///
/// # Errors
/// Refusals `proposal-not-found`, `proposal-state`, `wrong-stage`, `invalid-input` where the proposal is not complete,
/// those of [`add_projects`], `changed-meanwhile`, `not-allowed`, `sign-in-first`; database faults.
pub fn accept(tx: &mut Tx<'_>, cx: &mut Context, (id, proposal): (&SeasonId, &ProposalId)) -> Result<Proposal, Fault> {
    let (season, mut proposal, permit) = case(tx, cx, (id, proposal))?;
    if proposal.state == State::Checked {
        return Ok(proposal);
    }
    rules::expect_state(&proposal, &[State::Submitted])?;
    expect_stage(&season, &[Stage::Proposals, Stage::Deciding])?;
    let template = template::queries::of_season(tx, &season)?;
    let faults = read(&proposal.typed, &template).faults;
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let added = add_projects(tx, cx, id, &[project(&proposal, &template)])?;
    (proposal.state, proposal.project) = (State::Checked, added.first().map(|project| project.number));
    proposal.reasons = Vec::new();
    if !store::shift(tx, &permit, &proposal)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    proposal.revision += 1;
    let public = json!({
        "proposal": proposal.id, "number": proposal.number, "version": proposal.n_versions, "project": proposal.project,
    });
    told(tx, cx, (&permit, "proposal.checked"), (&proposal, &public, None))?;
    Ok(proposal)
}

/// Gives the proposal back, with what is to be mended. The same again changes nothing.
///
/// # Errors
/// Refusals `proposal-not-found`, `proposal-state`, `wrong-stage`, `invalid-input`, `changed-meanwhile`, `not-allowed`,
/// `sign-in-first`; database faults.
pub fn send_back(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, proposal): (&SeasonId, &ProposalId),
    input: &SendBack,
) -> Result<Proposal, Fault> {
    let (season, mut proposal, permit) = case(tx, cx, (id, proposal))?;
    let reasons = reasons(input, &template::queries::of_season(tx, &season)?)?;
    if proposal.state == State::Returned && proposal.reasons == reasons {
        return Ok(proposal);
    }
    rules::expect_state(&proposal, &[State::Submitted])?;
    // held, so that no proposal goes back to be mended when the season has just gone on
    expect_stage(&season::hold(tx, &season.id)?, &[Stage::Proposals])?;
    (proposal.state, proposal.reasons) = (State::Returned, reasons);
    if !store::shift(tx, &permit, &proposal)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    proposal.revision += 1;
    let public = json!({ "proposal": proposal.id, "number": proposal.number, "version": proposal.n_versions });
    let private = json!({ "reasons": proposal.reasons });
    told(tx, cx, (&permit, "proposal.returned"), (&proposal, &public, Some(&private)))?;
    Ok(proposal)
}

fn case(
    tx: &mut Tx<'_>,
    cx: &Context,
    (season, id): (&SeasonId, &ProposalId),
) -> Result<(Season, Proposal, Permit), Fault> {
    let season = season::queries::season(tx, season)?;
    let site = season::queries::site(tx, &season)?;
    let (proposal, _) = queries::seen(tx, (&season.id, id), &cx.actor, &site)?;
    let involved = queries::involved(&cx.actor, &proposal);
    let case = Resource::at(&site).made_by(Some(&proposal.author)).in_conflict(&involved);
    authorize(&cx.actor, Action::RunSeason, &site)?;
    let permit = authorize(&cx.actor, Action::Approve, case)?;
    Ok((season, proposal, permit))
}

fn project(proposal: &Proposal, template: &Template) -> NewProject {
    let field = template.fields.iter().find(|term| term.key == proposal.typed.field);
    NewProject {
        reference: format!("P{:03}", proposal.number),
        name: proposal.typed.title.clone(),
        about: proposal.typed.summary.clone(),
        // the word that stands on the ballot paper, in the language of the place
        category: field.map_or_else(String::new, |term| term.name.zh_hans.clone()),
        cost: proposal.grant,
    }
}

fn reasons(input: &SendBack, template: &Template) -> Result<Vec<Reason>, Refusal> {
    const PARTS: [&str; 8] = ["title", "summary", "place", "field", "tier", "group", "budget", "other"];
    let mut shape = Shape::new();
    let given = input.reasons.iter().filter(|reason| !reason.words.trim().is_empty());
    let reasons: Vec<Reason> = given
        .take(MAX_REASONS + 1)
        .map(|reason| Reason { field: reason.field.clone(), words: shape.prose("reasons", &reason.words, 300) })
        .collect();
    let known = |key: &str| PARTS.contains(&key) || template.form.iter().any(|entry| entry.key == key);
    if reasons.is_empty() {
        return Err(Refusal::invalid(vec![FieldError::new("reasons", "required")]));
    }
    if reasons.len() > MAX_REASONS {
        shape.error("reasons", "too-many-reasons");
    }
    if !reasons.iter().all(|reason| known(&reason.field)) {
        shape.error("reasons", "unknown-choice");
    }
    shape.finish(reasons)
}

fn told(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, kind): (&Permit, &'static str),
    (proposal, public, private): (&Proposal, &serde_json::Value, Option<&serde_json::Value>),
) -> Result<(), Fault> {
    append(tx, cx, permit, &Draft { kind, subject: proposal.season.as_str(), public, private })?;
    Ok(())
}
