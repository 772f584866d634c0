//! Change a ballot while the vote is open.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use programmes::SeasonId;
use rights::{Action, authorize};

use super::cast::{open_season, told};
use crate::{Ballot, BallotKey, rules, store};

/// Puts another ballot in the place of the one that the key opens: other choices, a new random id. The old row and its
/// sealed entry go in the same transaction, so that the old one is never counted and never in the log, and nothing
/// there says that there was one. The roll is not touched. The same choices again change nothing.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `too-many-choices`, `unknown-project`, `named-twice`, `no-such-ballot`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn change(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    key: BallotKey,
    chosen: &[u32],
) -> Result<Ballot, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, season.home())?;
    let held = open_season(tx, season)?;
    let choices = rules::choices(&held, chosen)?;
    let old = store::keyed(tx, season, key)?.ok_or_else(|| Refusal::new(Kind::NotFound, "no-such-ballot"))?;
    if old.choices == choices {
        return Ok(old);
    }
    let ballot = Ballot { id: cx.secret_id(permit.home()), choices };
    let kept = ballot.kept();
    ballots::replace(tx, &permit, key, &old.id, &told(season, &ballot, &kept))?;
    Ok(ballot)
}
