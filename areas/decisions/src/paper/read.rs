//! Read a paper: two people, and a third where they differ.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::SeasonId;
use rights::{Action, authorize};
use serde_json::json;

use super::{Reading, State, office};
use crate::{
    Ballot,
    commands::cast::{open_season, put},
    rules,
};

/// Takes what the actor reads on a paper and answers how far the paper is then. When two agree, the ballot is cast, at
/// most as many as papers were given out whatever was spoiled before, and what was read goes from the paper's row. Sent again, it changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `unknown-paper`, `paper-done`, `paper-other-hands`,
/// `paper-matches-neither`, `more-papers-than-given`, `too-many-choices`, `unknown-project`, `named-twice`,
/// `changed-meanwhile`, `sign-in-first`, `not-allowed`; database faults.
pub fn read(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    season: &SeasonId,
    number: &str,
    reading: &Reading,
) -> Result<State, Fault> {
    let held = open_season(tx, season)?;
    let permit = authorize(&cx.actor, Action::Enrol, &office(tx, &cx.actor, &held)?)?;
    let who = cx.actor.person().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?.to_string();
    let reading = match reading {
        Reading::Choices(chosen) => Reading::Choices(rules::choices(&held, chosen)?),
        Reading::Spoiled => Reading::Spoiled,
    };
    let taken = ballots::paper::read(tx, &permit, season.as_str(), number, (&who, &reading.print()))?;
    let state = taken.state;
    if !taken.new {
        return Ok(state);
    }
    if let (true, Reading::Choices(choices)) = (taken.casts(), reading) {
        let ballot = Ballot { id: cx.secret_id(permit.home()), choices };
        put(tx, &permit, season, &ballot)?;
    }
    let (public, private) = (json!({ "state": state.as_str() }), json!({ "paper": number, "by": who }));
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "paper.read", subject: season.as_str(), public: &public, private: Some(&private) },
    )?;
    Ok(state)
}
