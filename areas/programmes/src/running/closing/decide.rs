//! Accept the closing of a project, or send it back.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::verdict::{Explained, NewVerdict, record};
use rights::{Action, Permit};
use serde::Deserialize;
use serde_json::json;

use super::{Closed, State};
use crate::{
    SeasonId,
    running::{Case, RunState, store, subject},
};

/// The dated set of rules by which closings of this program are accepted: somebody who had no part in it has looked at
/// the report and the records.
pub const RULE_SET: &str = "closing/2026-11";
/// The rule by its name in the register.
pub(super) const RULE: &str = "accepted";

/// Why a closing goes back.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[schema(as = SendBackClosing)]
#[serde(default)]
pub struct SendBack {
    /// What is missing: 1 to 2,000 characters.
    pub reasons: String,
}

/// Accepts it: the project is closed. Nobody accepts what they submitted or had a part in. Once more changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `closing-state`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn accept(tx: &mut Tx<'_>, cx: &mut Context, (season, number): (&SeasonId, u32)) -> Result<Closed, Fault> {
    let (case, mut closed, permit) = read(tx, cx, (season, number))?;
    if closed.state == State::Accepted {
        return Ok(closed);
    }
    submitted(&closed)?;
    (closed.state, closed.decided_day) = (State::Accepted, Some(cx.day.clone()));
    closed.reasons = String::new();
    let new = NewVerdict {
        site: &case.site,
        kind: "closing",
        subject_kind: "season",
        subject: season.as_str(),
        title: &case.season.name,
        matter: case.run.matter.as_ref().map(|matter| matter.as_str()),
        rule: RULE,
        rule_set: RULE_SET,
        parameters: json!({}),
        inputs: Hash(closed.digest),
        outcome: json!({ "project": subject(season, number) }),
        passed: Some(true),
        explained: Explained::of("closing").with_int("project", i64::from(number)),
    };
    closed.verdict = Some(record::record(tx, cx, &permit, &new)?.id.to_string());
    let public = json!({
        "project": number, "verdict": closed.verdict, "digest": Hash(closed.digest).to_string(),
    });
    end(tx, cx, &permit, (&case, &closed), ("closing.accepted", RunState::Closed, &public))?;
    Ok(closed)
}

/// Gives it back to the team. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `closing-state`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn send_back(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &SendBack,
) -> Result<Closed, Fault> {
    let (case, mut closed, permit) = read(tx, cx, (season, number))?;
    let mut shape = Shape::new();
    let reasons = shape.prose("reasons", &input.reasons, 2_000);
    let reasons = shape.finish(reasons)?;
    if closed.state == State::Returned && closed.reasons == reasons {
        return Ok(closed);
    }
    submitted(&closed)?;
    (closed.state, closed.decided_day, closed.reasons) = (State::Returned, Some(cx.day.clone()), reasons);
    let public = json!({ "project": number });
    end(tx, cx, &permit, (&case, &closed), ("closing.returned", case.run.state, &public))?;
    Ok(closed)
}

fn read(tx: &mut Tx<'_>, cx: &Context, (season, number): (&SeasonId, u32)) -> Result<(Case, Closed, Permit), Fault> {
    let case = Case::read(tx, season, number)?;
    let closed = store::closing(tx, (season, number))?;
    let maker = closed.as_ref().and_then(|closed| closed.submitted_by.as_ref());
    let permit = case.judge(&cx.actor, Action::Approve, maker)?;
    let closed = closed.ok_or_else(|| Refusal::new(Kind::Conflict, "closing-state"))?;
    Ok((case, closed, permit))
}

fn submitted(closed: &Closed) -> Result<(), Refusal> {
    if closed.state == State::Submitted { Ok(()) } else { Err(Refusal::new(Kind::Conflict, "closing-state")) }
}

fn end(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (case, closed): (&Case, &Closed),
    (kind, state, public): (&'static str, RunState, &serde_json::Value),
) -> Result<(), Fault> {
    let (season, run) = (&case.season.id, &case.run);
    let moved = store::set_run(tx, permit, (season, run), (state, run.midterm, closed.state))?;
    if !moved || !store::decide_closing(tx, permit, (season, run.number), closed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let private = json!({ "reasons": closed.reasons, "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: season.as_str(), public, private: Some(&private) })?;
    Ok(())
}
