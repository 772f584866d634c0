//! Support an idea, or no longer.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{IdeaId, State, queries, rules, store::talk};
use crate::{SeasonId, season};

/// Supports the idea: one person, one support. Once more changes nothing. How many is told, never who.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage`, `idea-not-found`, `idea-wrong-state`, `not-allowed`; database faults.
pub fn support(tx: &mut Tx<'_>, cx: &mut Context, on: (&SeasonId, &IdeaId)) -> Result<(), Fault> {
    let (permit, me) = mine(tx, cx, on.0)?;
    if !talk::support(tx, &permit, on, &me)? {
        return Ok(());
    }
    count(tx, cx, (&permit, &me), on, ("idea.supported", 1))
}

/// Supports the idea no longer.
///
/// # Errors
/// As [`support`].
pub fn unsupport(tx: &mut Tx<'_>, cx: &mut Context, on: (&SeasonId, &IdeaId)) -> Result<(), Fault> {
    let (permit, me) = mine(tx, cx, on.0)?;
    if !talk::unsupport(tx, &permit, on, &me)? {
        return Ok(());
    }
    count(tx, cx, (&permit, &me), on, ("idea.unsupported", -1))
}

fn mine(tx: &mut Tx<'_>, cx: &Context, season: &SeasonId) -> Result<(Permit, PersonId), Fault> {
    let permit = authorize(&cx.actor, Action::PostIdea, season.home())?;
    let me = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "not-allowed"))?;
    rules::may_talk(&season::queries::season(tx, season)?)?;
    Ok((permit, me))
}

fn count(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (permit, me): (&Permit, &PersonId),
    on: (&SeasonId, &IdeaId),
    (kind, more): (&'static str, i64),
) -> Result<(), Fault> {
    if !talk::count_support(tx, permit, on, more)? {
        rules::expect_state(&queries::idea(tx, on.0, on.1)?, &[State::Shown])?;
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let (told, private) = (json!({ "idea": on.1 }), json!({ "person": me }));
    append(tx, cx, permit, &Draft { kind, subject: on.0.as_str(), public: &told, private: Some(&private) })?;
    Ok(())
}
