//! Go on to the next speech.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, season};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Speech, queries, store};

/// From where one goes on.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
pub struct Next {
    /// The contest's revision as it was seen, so that a second tap does not skip a speech.
    pub revision: i64,
}

/// Ends the speech that is heard and begins the next; after the last one the contest is over. Answers with the number of
/// the project that speaks now.
///
/// # Errors
/// Refusals `season-not-found`, `no-contest`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn next(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: Next) -> Result<Option<u32>, Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    queries::contest(tx, id)?;
    let turns = queries::turns(tx, id)?;
    let waiting = turns.iter().find(|turn| turn.state == Speech::Waiting);
    if waiting.is_none() && turns.iter().all(|turn| turn.state == Speech::Done) {
        return Ok(None);
    }
    if !store::move_on(tx, &permit, id, (input.revision, waiting.is_none()))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::end_speech(tx, &permit, id)?;
    if let Some(turn) = waiting
        && !store::begin_speech(tx, &permit, id, (turn.position, cx.now))?
    {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let now = waiting.map(|turn| turn.project);
    let told = json!({ "number": now });
    let draft = Draft { kind: "contest.moved-on", subject: id.as_str(), public: &told, private: None };
    append(tx, cx, &permit, &draft)?;
    Ok(now)
}
