//! Move a season to its next stage.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Season, SeasonId, Stage, queries, rules, store};
use crate::idea;

/// A step of the office.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
pub struct Advance {
    /// Where to: the stage after the one that the season is in.
    pub to: Stage,
}

/// Moves the season to the next stage of its calendar, which is named, so that a second tap does not move it further:
/// a season that is there already is answered as it is. Notice and approval come by a verdict and not by this verb.
///
/// # Errors
/// Refusals `season-not-found`, `no-next-stage`, `stage-comes-by-verdict`, `changed-meanwhile` where another stage is
/// the next by now, `not-allowed`; database faults.
pub fn advance(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, to: Stage) -> Result<Stage, Fault> {
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    if season.stage == to {
        return Ok(to);
    }
    rules::may_advance_to(&season, &store::stages(tx, id)?, to)?;
    shift(tx, cx, &permit, &season, to)?;
    Ok(to)
}

/// The move itself, with a permit that is there already: for verbs that end a stage, such as the verdict.
///
/// # Errors
/// Refusal `changed-meanwhile`; database faults.
pub fn shift(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, season: &Season, to: Stage) -> Result<(), Fault> {
    if !store::shift(tx, permit, season, to)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::insert_move(tx, permit, &season.id, (to, &cx.day))?;
    let told = json!({ "from": season.stage, "to": to });
    let subject = season.id.as_str();
    append(tx, cx, permit, &Draft { kind: "season.advanced", subject, public: &told, private: None })?;
    if season.stage == Stage::Ideas {
        // every idea may have been answered before the last one could come in
        idea::owed::settle(tx, cx, permit, &season.id)?;
    }
    Ok(())
}
