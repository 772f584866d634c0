//! Open the vote.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use crate::{Phase, SeasonId, queries, rules, store};

/// From now on ballots are taken, and projects no longer change.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `no-projects`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn open_vote(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<(), Fault> {
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    rules::may_open_vote(&season)?;
    if !store::advance(tx, &permit, &season, Phase::Voting)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "projects": season.n_projects });
    append(tx, cx, &permit, &Draft { kind: "vote.opened", subject: id.as_str(), public: &told, private: None })?;
    Ok(())
}
