//! Take out a ballot that was typed in for somebody whose slip is lost.

use ballots::BallotKey;
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use people::{VoterKey, commands::mark::unmark};
use rights::Action;
use serde_json::json;

use super::{super::at_the_desk, at_the_telephone, store as phoned};
use crate::{CAST, Openness, PollId, store};

/// Takes out the ballot that was typed in for a row of the roll, unseen, with the mark of the row: its voter may vote anew
/// by any way. They asked for it, which the reason tells. Whoever typed the ballot does not take it out. The log says that
/// one was taken out; whose, why and by whom is in its private part. Sent again, it finds none.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `not-on-the-roll`, `no-phone-ballot`,
/// `phone-other-hands`, `changed-meanwhile`, `sign-in-first`, `invalid-input`, `not-allowed`; database faults.
pub fn revoke(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, voter: VoterKey, reason: &str) -> Result<(), Fault> {
    let (poll, permit) = at_the_desk(tx, cx, id, Action::EnterForAnother)?;
    let who = at_the_telephone(cx)?;
    let mut shape = Shape::new();
    let reason = shape.line("reason", reason, 200);
    let reason = shape.finish(reason)?;
    let row = store::voter(tx, id, voter)?;
    let row = row.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-on-the-roll"))?;
    let none = || Refusal::new(Kind::Conflict, "no-phone-ballot");
    let phoned = phoned::of(tx, id, voter)?.ok_or_else(none)?;
    if phoned.entered_by == who {
        return Err(Refusal::new(Kind::Forbidden, "phone-other-hands").into());
    }
    if !phoned::take(tx, &permit, id, voter)? {
        return Err(none().into());
    }
    let ballot = ballots::take_out(tx, &permit, (id.as_str(), CAST), BallotKey(phoned.opener))?;
    unmark(tx, &permit, id.as_str(), (voter, &phoned.mark))?;
    if poll.openness == Openness::Named {
        store::forget_name(tx, &permit, id, &ballot)?;
    }
    let private = json!({
        "flat": row.flat, "name": row.name, "reason": reason, "by": who, "entered_by": phoned.entered_by,
    });
    let public = json!({});
    let draft =
        Draft { kind: "poll.phone-ballot-revoked", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(())
}
