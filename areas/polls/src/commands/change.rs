//! Change a draft.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::{Action, authorize};
use serde::Deserialize;

use super::draft::tell;
use crate::{
    Poll, PollId, State, queries,
    rules::{self, DraftPoll, expect},
    store,
};

/// A draft as it shall be.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ChangePoll {
    /// The revision that was changed.
    pub revision: i64,
    /// What it says now; its place stays.
    pub poll: DraftPoll,
}

/// Changes what a draft says. From the freezing of its roll on, nothing of it changes.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `roll-has-weights`, `invalid-input`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn change(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, input: &ChangePoll) -> Result<Poll, Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[State::Draft])?;
    let drafted = rules::drafted(&input.poll, &cx.day)?;
    let changed = Poll {
        title: drafted.title,
        body: drafted.body,
        kind: drafted.kind,
        openness: drafted.openness,
        template: drafted.template,
        definition: drafted.definition,
        opens_day: drafted.opens_day,
        closes_day: drafted.closes_day,
        roll_days: drafted.roll_days,
        revision: input.revision,
        ..poll.clone()
    };
    if changed == poll {
        // sent twice, or nothing changed
        return Ok(poll);
    }
    // weights on the roll mean something by this template alone
    let (voters, weight) = store::total(tx, id)?;
    if !changed.is_weighted() && weight != voters {
        return Err(Refusal::new(Kind::Conflict, "roll-has-weights").into());
    }
    if !store::change(tx, &permit, &changed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    tell(tx, cx, &permit, ("poll.changed", &changed))?;
    queries::poll(tx, id)
}
