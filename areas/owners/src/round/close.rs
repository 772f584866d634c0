//! Close the vote.

use db::{Fault, Tx};
use kernel::Context;
use serde_json::json;

use super::{Days, Round, RoundId, State, call::finish, draft::hold, owed, rules};
use crate::ballot::queries as ballot;

/// Closes the vote after its last day, or before where every unit has voted: nobody casts any more. Papers that were handed in before may still be typed, and an official result may
/// still be taken in, until it is counted. From now on somebody owes the posting of the result. Closed before, it is answered
/// as it is.
///
/// # Errors
/// Refusals `round-not-found`, `round-wrong-state`, `vote-still-runs` and `round-still-runs` with the last day, `changed-meanwhile`, `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, id: &RoundId) -> Result<Round, Fault> {
    let (round, permit) = hold(tx, cx, id)?;
    if round.state == State::Closed {
        return Ok(round);
    }
    rules::expect(&round, &[State::Open])?;
    let terms = round.terms(&cx.day)?;
    let whole_roll = round.frozen.units > 0 && ballot::voted(tx, id)? == u64::from(round.frozen.units);
    rules::may_close(rules::Time::of(&round, &terms), &cx.day, whole_roll)?;
    owed::owe_result(tx, cx, &permit, (&round, &terms))?;
    let days = Days { closed: Some(cx.day.clone()), ..round.days.clone() };
    finish(tx, cx, &permit, (Round { state: State::Closed, days, ..round }, "round.closed", json!({ "round": id })))
}
