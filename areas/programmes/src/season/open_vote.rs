//! Open the vote.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde_json::json;

use super::{Phase, SeasonId, Stage, advance, queries, rules, store};
use crate::template;

/// From now on ballots are taken, and projects no longer change. A season whose next stage is the decision moves there.
///
/// # Errors
/// Refusals `season-not-found`, `season-without-vote`, `wrong-phase`, `wrong-stage`, `no-projects`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn open_vote(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<(), Fault> {
    let mut season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    rules::may_open_vote(&season, &store::stages(tx, id)?, &template::queries::of_season(tx, &season)?)?;
    if season.stage != Stage::Deciding {
        advance::shift(tx, cx, &permit, &season, Stage::Deciding)?;
        season = queries::season(tx, id)?;
    }
    if !store::advance(tx, &permit, &season, Phase::Voting)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "projects": season.n_projects });
    append(tx, cx, &permit, &Draft { kind: "vote.opened", subject: id.as_str(), public: &told, private: None })?;
    Ok(())
}
