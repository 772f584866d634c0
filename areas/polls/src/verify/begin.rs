//! Send somebody to a provider, and take them back once.

use db::{Fault, Tx};
use kernel::{Context, Instant, Kind, Refusal};
use rights::{Action, authorize};

use super::{Back, Errand, MINUTES, store};
use crate::{PollId, queries, rules::may_vote};

/// Draws what travels to the provider and keeps it for [`MINUTES`]. Nobody is known yet, so the log hears nothing.
///
/// # Errors
/// Refusals `poll-not-found`, `wrong-poll-state`, `poll-not-yet`, `poll-over`, `not-allowed`; database faults.
pub fn begin(tx: &mut Tx<'_>, cx: &mut Context, id: &PollId, issuer: &str) -> Result<Errand, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, id.home())?;
    may_vote(&queries::poll(tx, id)?, &cx.day)?;
    let mut drawn = || cx.chance.bytes32().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let errand = Errand { state: format!("{id}.{}", drawn()), browser: drawn(), nonce: drawn(), verifier: drawn() };
    store::forget(tx, &permit, oldest(cx))?;
    store::put(tx, &permit, (id, issuer), &errand, cx.now)?;
    Ok(errand)
}

/// Takes back whoever brings the state and the cookie of an errand: once, and in time.
///
/// # Errors
/// Refusals `verify-again` (the state is unknown or used, or this is another browser), `verify-too-late`, `not-allowed`;
/// database faults.
pub fn take_back(
    tx: &mut Tx<'_>,
    cx: &Context,
    id: &PollId,
    (state, browser): (&str, &str),
) -> Result<Result<Back, Refusal>, Fault> {
    let permit = authorize(&cx.actor, Action::CastBallot, id.home())?;
    // what is refused is used up all the same, so the transaction holds
    Ok(match store::take(tx, &permit, id, (state, browser))? {
        None => Err(Refusal::new(Kind::Conflict, "verify-again")),
        Some((_, made_at)) if made_at < oldest(cx) => Err(Refusal::new(Kind::Conflict, "verify-too-late")),
        Some((back, _)) => Ok(back),
    })
}

fn oldest(cx: &Context) -> Instant {
    Instant(cx.now.0 - MINUTES * 60_000_000)
}
