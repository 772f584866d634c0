//! Take up a desk entry for a command.

use std::sync::Arc;

use db::{Fault, Snapshot};
use kernel::{Actor, Behalf, Context, Instant, Kind, PersonId, Principal, Refusal};
use rights::{Action, Permit, Resource, authorize};

use super::{DeskId, queries, rules};
use crate::{account, find};

/// For whom and by which way the worker is entering something: what a command's context takes as its behalf. The
/// command's own transaction ends the entry with [`super::finish()`].
///
/// # Errors
/// Refusals `desk-not-found` (also for another worker's), `desk-expired`, `desk-ended`; database faults.
pub fn take(s: &mut Snapshot<'_>, id: &DeskId, worker: &PersonId, now: Instant) -> Result<Behalf, Fault> {
    let entry = queries::entry(s, id)?;
    rules::is_good(&entry, worker, now)?;
    Ok(entry.behalf())
}

/// The permit to publish what the person of the entry says. Two questions, two people: whoever types needs the right to
/// enter for others where the desk is, and no telephone of their own; whoever speaks must be known, as at any other
/// door (Cybersecurity Law, art. 24). Roles of either give nothing here.
///
/// # Errors
/// Refusals `desk-not-found`, `not-allowed` (the worker's role is over), `person-not-found`, `desk-verify-first`;
/// database faults.
pub fn permit_for<'a>(
    s: &mut Snapshot<'_>,
    cx: &Context,
    id: &DeskId,
    (action, on): (Action, impl Into<Resource<'a>>),
) -> Result<Permit, Fault> {
    let entry = queries::entry(s, id)?;
    if cx.actor.person() != Some(&entry.worker) {
        return Err(Refusal::new(Kind::NotFound, "desk-not-found").into());
    }
    authorize(&cx.actor, Action::EnterForAnother, &find::place(s, &entry.place)?.site()?)?;
    let absent = || Refusal::new(Kind::NotFound, "person-not-found");
    let verified = account::store::account(s, &entry.person)?.ok_or_else(absent)?.verified.is_verified();
    let speaker = Principal { person: entry.person, verified, posts: Vec::new(), seats: Vec::new() };
    match authorize(&Actor::Person(Arc::new(speaker)), action, on) {
        Err(refusal) if refusal.code == "verify-first" => {
            Err(Refusal::new(Kind::Forbidden, "desk-verify-first").into())
        }
        other => Ok(other?),
    }
}
