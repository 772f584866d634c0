//! Publish the verdict.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{Phase, expect_phase, queries};
use rights::{Action, authorize};
use serde_json::json;

use crate::{RULE_SET, Verdict, count::Counted, store};

/// Stores what was counted, if nothing that the count depends on has changed since.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-phase`, `inputs-changed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn publish(tx: &mut Tx<'_>, cx: &mut Context, counted: &Counted) -> Result<Verdict, Fault> {
    let id = &counted.season.id;
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &queries::site(tx, &season)?)?;
    expect_phase(&season, Phase::Closed)?;
    if season.revision != counted.season.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    if !programmes::store::advance(tx, &permit, &season, Phase::Published)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let n_winners = u32::try_from(counted.winners.len()).unwrap_or(u32::MAX);
    let verdict = Verdict {
        rule: season.rule.clone(),
        rule_set: RULE_SET.to_owned(),
        inputs: counted.inputs.0,
        budget: season.budget,
        total_cost: Fen(counted.outcome.total_cost),
        n_winners,
        n_ballots: counted.n_ballots,
        published_at: cx.now,
        published_day: cx.day.clone(),
    };
    let new = store::NewVerdict { season: id, verdict: &verdict, revision: season.revision, outcome: &counted.json };
    store::insert_verdict(tx, &permit, &new)?;
    for line in &counted.lines {
        store::insert_line(tx, &permit, id, line)?;
    }
    programmes::store::set_turnout(tx, &permit, id, counted.n_voters, counted.n_ballots)?;
    let told = json!({
        "rule": verdict.rule, "rule_set": verdict.rule_set, "increment": counted.outcome.increment,
        "budget": verdict.budget, "ballots": verdict.n_ballots, "voters": counted.n_voters,
        "inputs": counted.inputs.to_string(), "winners": counted.winners, "total_cost": verdict.total_cost,
    });
    append(tx, cx, &permit, &Draft { kind: "verdict.published", subject: id.as_str(), public: &told, private: None })?;
    Ok(verdict)
}
