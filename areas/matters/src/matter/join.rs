//! Join a matter into another that is about the same: all authors are credited, and the thread goes on in one place.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{
    MatterId, queries, rules,
    step::{self, NewStep, Place},
    store,
};
use crate::duty;

/// Joins `id` into `into`; both must be open and of one home. Open duties go along.
///
/// # Errors
/// Refusals `join-itself`, `join-other-home`, `matter-not-found`, `matter-closed`, `matter-joined`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn join(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId, into: &MatterId) -> Result<(), Fault> {
    if id == into {
        return Err(Refusal::new(Kind::Conflict, "join-itself").into());
    }
    if id.home() != into.home() {
        return Err(Refusal::new(Kind::Conflict, "join-other-home").into());
    }
    let (from, to) = (queries::matter(tx, id)?, queries::matter(tx, into)?);
    let (from_site, to_site) = (from.site()?, to.site()?);
    let permit = authorize(&cx.actor, Action::MoveMatter, &from_site)?;
    authorize(&cx.actor, Action::MoveMatter, &to_site)?;
    rules::expect_open(&from)?;
    rules::expect_open(&to)?;
    let changed = || Refusal::new(Kind::Conflict, "changed-meanwhile");
    let next = store::join(tx, &permit, id, into, cx.now)?.ok_or_else(changed)?;
    let link = |to: &MatterId| Some(format!("/matters/{to}"));
    let new = NewStep { kind: "joined", words: to.number.clone(), link: link(into), ..NewStep::default() };
    step::put(tx, cx, &permit, &Place { id, site: &from_site, next: &next }, &new)?;
    let next = store::take_in(tx, &permit, &from, into, cx.now)?.ok_or_else(changed)?;
    let new = NewStep { kind: "took-in", words: from.number.clone(), link: link(id), ..NewStep::default() };
    step::put(tx, cx, &permit, &Place { id: into, site: &to_site, next: &next }, &new)?;
    duty::store::move_along(tx, &permit, id, into)?;
    let told = json!({ "into": into, "matter": id });
    append(tx, cx, &permit, &Draft { kind: "matter.joined", subject: id.as_str(), public: &told, private: None })?;
    Ok(())
}
