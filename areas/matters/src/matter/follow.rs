//! Follow a matter, or no longer.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{MatterId, Part, queries, store, store::Member};

/// Follows a matter; who belongs to it already stays what they are.
///
/// # Errors
/// Refusals `matter-not-found`, `sign-in-first`; database faults.
pub fn follow(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId) -> Result<(), Fault> {
    let (permit, person) = permit(tx, cx, id)?;
    let member = Member { person, part: Part::Follower, anonymous: true };
    store::put_person(tx, &permit, id, &member, cx.now)?;
    tell(tx, cx, &permit, id, ("matter.followed", &member.person))
}

/// Follows it no longer. Who opened it cannot leave it.
///
/// # Errors
/// Refusals `matter-not-found`, `sign-in-first`; database faults.
pub fn unfollow(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId) -> Result<(), Fault> {
    let (permit, person) = permit(tx, cx, id)?;
    if store::unfollow(tx, &permit, id, &person)? {
        tell(tx, cx, &permit, id, ("matter.unfollowed", &person))?;
    }
    Ok(())
}

fn permit(tx: &mut Tx<'_>, cx: &Context, id: &MatterId) -> Result<(Permit, PersonId), Fault> {
    let matter = queries::matter(tx, id)?;
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let resource = Resource::of(matter.home()).owned_by(cx.actor.person());
    Ok((authorize(&cx.actor, Action::KeepOwnAccount, resource)?, person))
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    id: &MatterId,
    (kind, person): (&'static str, &PersonId),
) -> Result<(), Fault> {
    let said = json!({ "person": person });
    append(tx, cx, permit, &Draft { kind, subject: id.as_str(), public: &json!({}), private: Some(&said) })?;
    Ok(())
}
