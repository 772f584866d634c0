//! Change a ballot while the poll is open, or take it back.

use ballots::BallotKey;
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use rights::{Action, authorize};

use super::cast::{Cast, held, salted, told};
use crate::{Choice, Openness, PollId, Weighed, choice, store};

/// Puts another ballot in the place of the one that the key opens: another choice, a new random id. [`Choice::Withdrawn`]
/// takes it back: it counts for nothing, and the same key can still change it. The old row and its sealed entry go in the
/// same transaction. The roll is not touched. The same choice again changes nothing.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `no-such-ballot`, `changed-meanwhile`, those
/// of a ballot's check, `not-allowed`; database faults.
pub fn revise(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, key: BallotKey, chosen: &Choice) -> Result<Cast, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, id.home())?;
    let poll = held(tx, cx, id)?;
    let choice = choice::check(&poll, chosen)?;
    let gone = || Refusal::new(Kind::NotFound, "no-such-ballot");
    let old = ballots::store::keyed(tx, id.home(), id.as_str(), key)?.ok_or_else(gone)?;
    let before = Weighed::parse(poll.kind, &old.says).ok_or_else(gone)?;
    let same = match (&before.choice, &choice) {
        (Choice::Survey(one), Choice::Survey(other)) => one.answers == other.answers,
        (one, other) => one == other,
    };
    if same {
        return Ok(Cast { id: old.id, ballot: before });
    }
    let ballot = Weighed { weight: before.weight, choice: salted(cx, &poll, choice) };
    let kept = ballots::Ballot { id: cx.secret_id(permit.home()), says: ballot.print() };
    ballots::replace(tx, &permit, key, &old.id, &told(id, &ballot, &kept))?;
    if poll.openness == Openness::Named {
        store::rename_ballot(tx, &permit, id, (&old.id, &kept.id))?;
    }
    Ok(Cast { id: kept.id, ballot })
}
