//! Give somebody whom a provider verified the code of their row.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::{VoterKey, letter_code, store::set_code};
use rights::{Action, authorize};
use serde_json::json;

use super::{Subject, store};
use crate::{PollId, queries, rules::may_vote};

/// Draws a code for the row at which this digest stands. As with a second letter, a code drawn before is worthless then.
/// The log says that somebody was verified, and not who.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `not-on-the-roll`, `already-voted`,
/// `not-allowed`; database faults.
pub fn admit(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, subject: Subject) -> Result<String, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, id.home())?;
    may_vote(&queries::poll(tx, id)?, &cx.day)?;
    let found = store::of_subject(tx, id, subject)?;
    let (voter, voted) = found.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-on-the-roll"))?;
    if voted {
        return Err(Refusal::new(Kind::Conflict, "already-voted").into());
    }
    let code = letter_code(cx.chance.bits128());
    set_code(tx, &permit, id.as_str(), voter, VoterKey::of_typed(id.as_str(), &code))?;
    let public = json!({});
    append(tx, cx, &permit, &Draft { kind: "roll.verified", subject: id.as_str(), public: &public, private: None })?;
    Ok(code)
}
