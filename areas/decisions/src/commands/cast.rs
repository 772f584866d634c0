//! Cast a ballot.

use db::{Fault, Tx};
use kernel::Context;
use ledger::{
    entry::{Sealed, seal},
    erase,
};
use people::VoterKey;
use programmes::{Phase, SeasonId, expect_phase, season::hold};
use rights::{Action, authorize};
use serde::Serialize;

use crate::{Ballot, BallotId, rules, store};

#[derive(Serialize)]
struct ToldBallot<'a> {
    choices: &'a [u32],
}

#[derive(Serialize)]
struct ToldMark {}

/// Casts a ballot: checks the roll, marks it, stores the ballot apart from it, and seals an entry of each.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `too-many-choices`, `unknown-project`, `named-twice`,
/// `not-on-the-roll`, `already-voted`, `not-allowed`; database faults.
pub fn cast(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    voter: VoterKey,
    chosen: &[u32],
) -> Result<Ballot, Fault> {
    let home = season.home();
    let permit = authorize(&cx.actor, Action::CastBallot, home)?;
    let held = hold(tx, season)?;
    expect_phase(&held, Phase::Voting)?;
    let choices = rules::choices(&held, chosen)?;
    let mark = people::commands::mark::mark(tx, cx, &permit, season.as_str(), voter)?;
    let mark_id: BallotId = cx.secret_id(home);
    let day = cx.day.clone();
    let told = Sealed {
        season: season.as_str(),
        kind: "roll.marked",
        id: mark_id.as_str(),
        day: Some(&day),
        public: ToldMark {},
        commit: Some(erase::commit(&mark.salt, &mark.key.0)),
    };
    seal(tx, &permit, &told)?;
    let ballot = Ballot { id: cx.secret_id(home), choices };
    store::insert_ballot(tx, &permit, season, &ballot)?;
    let told = Sealed {
        season: season.as_str(),
        kind: "ballot.cast",
        id: ballot.id.as_str(),
        day: None,
        public: ToldBallot { choices: &ballot.choices },
        commit: None,
    };
    seal(tx, &permit, &told)?;
    Ok(ballot)
}
