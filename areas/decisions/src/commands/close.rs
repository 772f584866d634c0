//! Close the vote.

use ballots::paper;
use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append, open_box};
use programmes::{Phase, SeasonId, expect_phase, season::queries};
use rights::{Action, authorize};
use serde_json::json;

/// Papers that the refusal `papers-open` names at most.
const NAMED: usize = 10;

/// From now on no ballot is taken; the sealed box is opened and its entries go into the log.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `papers-open`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn close(tx: &mut Tx<'_>, cx: &mut Context, season: &SeasonId) -> Result<(), Fault> {
    let open = queries::season(tx, season)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &open)?)?;
    expect_phase(&open, Phase::Voting)?;
    // this waits for every ballot that holds the season's row, and whoever comes later sees the new phase
    if !programmes::season::store::advance(tx, &permit, &open, Phase::Closed)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    // read after the phase has moved: no paper is read any more
    let counts = paper::store::counts(tx, season.home(), season.as_str())?;
    if counts.pending > 0 {
        let numbers: Vec<String> = paper::store::pending(tx, season.home(), season.as_str())?
            .into_iter()
            .map(|paper| paper.number)
            .take(NAMED)
            .collect();
        return Err(Refusal::new(Kind::Conflict, "papers-open")
            .with_int("papers", i64::try_from(counts.pending).unwrap_or(i64::MAX))
            .with_text("numbers", numbers.join(", "))
            .into());
    }
    open_box(tx, &permit, season.as_str())?;
    let told = json!({});
    append(tx, cx, &permit, &Draft { kind: "vote.closed", subject: season.as_str(), public: &told, private: None })?;
    Ok(())
}
