//! Take somebody off the roll.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use people::VoterKey;
use rights::{Action, authorize};
use serde_json::json;

use crate::{PollId, State, queries, rules::expect, store};

/// Takes a voter off a roll that is not frozen, with a reason. The log says that it was done; who it was and why are in
/// its private part. Sent again, it finds nobody.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `not-on-the-roll`, `invalid-input`, `not-allowed`; database faults.
pub fn strike(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, voter: VoterKey, reason: &str) -> Result<(), Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[State::Draft])?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    let gone = || Refusal::new(Kind::NotFound, "not-on-the-roll");
    let row = store::voter(tx, id, voter)?.ok_or_else(gone)?;
    if !store::strike(tx, &permit, id, voter)? || !people::store::strike(tx, &permit, id.as_str(), voter)? {
        return Err(gone().into());
    }
    let public = json!({ "voters": 1 });
    let private = json!({ "flat": row.flat, "name": row.name, "reason": reason, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "roll.struck", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(())
}
