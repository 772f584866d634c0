//! Enter what somebody says.

use ballots::BallotKey;
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use people::VoterKey;
use rights::Action;
use serde_json::json;

use super::{
    super::at_the_desk,
    at_the_telephone,
    store::{self as phoned, Phoned},
};
use crate::{
    Choice, PollId,
    commands::cast::{Cast, New, keep},
    store,
};

/// Casts a ballot for somebody on the roll, as they say it. The log says that somebody voted by telephone, and in its
/// private part whose row it was and who typed it; what they chose stands in the ballot alone. The key opens the ballot:
/// its secret goes to the voter on a slip, and with it they change the ballot or take it back. Until the count the key is
/// also kept beside their row, so that a ballot whose slip is lost can be taken out ([`super::revoke()`]).
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `not-on-the-roll`, `already-voted`,
/// `key-taken`, `sign-in-first`, those of a ballot's check, `not-allowed`; database faults.
pub fn enter(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    id: &PollId,
    voter: VoterKey,
    (choice, key): (&Choice, BallotKey),
) -> Result<Cast, Fault> {
    let (poll, permit) = at_the_desk(tx, cx, id, Action::EnterForAnother)?;
    let who = at_the_telephone(cx)?;
    let row = store::voter(tx, id, voter)?;
    let row = row.ok_or_else(|| Refusal::new(Kind::Forbidden, "not-on-the-roll"))?;
    let (cast, mark) = keep(tx, cx, &permit, &poll, &New { voter, choice, key: Some(key) })?;
    phoned::note(tx, &permit, id, voter, &Phoned { opener: key.0, mark, entered_by: who.clone() })?;
    let (public, private) = (json!({}), json!({ "flat": row.flat, "name": row.name, "by": who }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "poll.phoned", subject: id.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(cast)
}
