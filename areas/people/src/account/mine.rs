//! One's own account: the permit of its verbs, and their entries.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{Account, store};

/// Whoever has signed in. It is always they themselves: who acts for somebody else keeps no account of theirs.
///
/// # Errors
/// Refusal `sign-in-first`.
pub(crate) fn own(cx: &Context) -> Result<(Permit, PersonId), Refusal> {
    let me = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let permit = authorize(&cx.actor, Action::KeepOwnAccount, Resource::of(me.home()).owned_by(Some(me)))?;
    Ok((permit, me.clone()))
}

/// [`own`] with the account.
///
/// # Errors
/// Refusals `sign-in-first`, `person-not-found`; database faults.
pub(super) fn mine(s: &mut Snapshot<'_>, cx: &Context) -> Result<(Permit, Account), Fault> {
    let (permit, me) = own(cx)?;
    let account = store::account(s, &me)?.ok_or_else(|| Refusal::new(Kind::NotFound, "person-not-found"))?;
    Ok((permit, account))
}

/// An entry that names nobody but by id.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    kind: &'static str,
    person: &PersonId,
) -> Result<(), Fault> {
    let public = json!({ "person": person });
    append(tx, cx, permit, &Draft { kind, subject: person.as_str(), public: &public, private: None })?;
    Ok(())
}
