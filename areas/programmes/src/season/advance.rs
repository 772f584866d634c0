//! Move a season to its next stage.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use super::{Season, SeasonId, Stage, queries, rules, store};
use crate::idea;

/// Moves the season to the next stage of its calendar. Notice and approval come by a verdict and not by this verb.
///
/// # Errors
/// Refusals `season-not-found`, `no-next-stage`, `stage-comes-by-verdict`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn advance(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<Stage, Fault> {
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    let next = rules::may_advance(&season, &store::stages(tx, id)?)?;
    shift(tx, cx, &permit, &season, next)?;
    Ok(next)
}

/// The move itself, with a permit that is there already: for verbs that end a stage, such as the verdict.
///
/// # Errors
/// Refusal `changed-meanwhile`; database faults.
pub fn shift(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season, to: Stage) -> Result<(), Fault> {
    if !store::shift(tx, permit, season, to)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "from": season.stage, "to": to });
    let subject = season.id.as_str();
    append(tx, cx, permit, &Draft { kind: "season.advanced", subject, public: &told, private: None })?;
    if season.stage == Stage::Ideas {
        // every idea may have been answered before the last one could come in
        idea::owed::settle(tx, cx, permit, &season.id)?;
    }
    Ok(())
}
