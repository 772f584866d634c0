//! A letter came back: nobody has it, so nobody votes with it.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::VoterKey;
use rights::{Action, authorize};
use serde_json::json;

use crate::{PollId, State, queries, roll::store, rules::expect, store as polls};

/// Notes that the last letter to a voter came back undelivered, and makes its code worthless; a new letter or a code at the
/// desk is drawn as for anybody. The log says that one came back; whose is in its private part. Sent again, it changes
/// nothing.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `not-on-the-roll`, `no-letter`, `not-allowed`; database faults.
pub fn returned(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, voter: VoterKey) -> Result<(), Fault> {
    let poll = queries::poll(tx, id)?;
    let permit = authorize(&cx.actor, Action::Enrol, &queries::site(tx, &poll)?)?;
    expect(&poll, &[State::Roll, State::Open])?;
    let row = polls::voter(tx, id, voter)?.ok_or_else(|| Refusal::new(Kind::NotFound, "not-on-the-roll"))?;
    if row.letters == 0 {
        return Err(Refusal::new(Kind::Conflict, "no-letter").into());
    }
    if !store::note_returned(tx, cx, &permit, id, voter)? {
        return Ok(());
    }
    people::store::drop_code(tx, &permit, id.as_str(), voter)?;
    let public = json!({ "letters": 1 });
    let private = json!({ "flat": row.flat, "by": cx.actor.person() });
    let draft = Draft { kind: "roll.letter-returned", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}
