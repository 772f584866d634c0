//! Take back what was read on a paper that cannot be read a second time.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, authorize};
use serde_json::json;

use super::{State, office};
use crate::commands::cast::open_season;

pub use ballots::paper::Why;

/// Makes a paper that was read once, or differently, blank again: nothing of it counts, and it may be read anew. The log
/// says that it was done and why; who read it and who took it back are in the private part. Sent again, it changes
/// nothing.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `unknown-paper`, `paper-done`, `changed-meanwhile`, `sign-in-first`,
/// `not-allowed`; database faults.
pub fn discard(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId, number: &str, why: Why) -> Result<State, Fault> {
    let held = open_season(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &office(tx, &cx.actor, &held)?)?;
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?.to_string();
    let Some(paper) = ballots::paper::discard(tx, &permit, season.as_str(), number)? else { return Ok(State::Blank) };
    let read_by: Vec<&str> = [&paper.first.0, &paper.second.0].into_iter().map(String::as_str).collect();
    let public = json!({ "state": paper.state.as_str(), "why": why.as_str() });
    let private = json!({ "paper": number, "by": who, "read_by": read_by });
    let draft = Draft { kind: "paper.discarded", subject: season.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, &permit, &draft)?;
    Ok(State::Blank)
}
