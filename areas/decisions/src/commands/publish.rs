//! Publish the verdict.

use db::{Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal, Site};
use ledger::entry::{Draft, append};
use matters::verdict::{Explained, NewVerdict, record};
use programmes::{
    Phase, Season, Stage, expect_phase,
    season::{advance, queries},
    template,
};
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
    let site = queries::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &site)?;
    expect_phase(&season, Phase::Closed)?;
    if season.revision != counted.season.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    if !programmes::season::store::advance(tx, &permit, &season, Phase::Published)? {
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
    store::insert_turnouts(tx, &permit, id, &counted.turnouts)?;
    programmes::season::store::set_turnout(tx, &permit, id, counted.n_voters, counted.n_ballots)?;
    let mut told = json!({
        "rule": verdict.rule, "rule_set": verdict.rule_set, "increment": counted.outcome.increment,
        "budget": verdict.budget, "ballots": verdict.n_ballots, "voters": counted.n_voters,
        "inputs": counted.inputs.to_string(), "winners": counted.winners, "total_cost": verdict.total_cost,
    });
    if counted.papers.given > 0 {
        let papers = &counted.papers;
        told["papers"] = json!({ "given": papers.given, "counted": papers.counted, "spoiled": papers.spoiled });
    }
    append(tx, cx, &permit, &Draft { kind: "verdict.published", subject: id.as_str(), public: &told, private: None })?;
    record::record(tx, cx, &permit, &registered(counted, &season, &site, &verdict))?;
    if template::queries::of_season(tx, &season)?.is_plain_vote() {
        let now = queries::season(tx, id)?;
        advance::shift(tx, cx, &permit, &now, Stage::Approved)?;
    }
    Ok(verdict)
}

/// Numbers of winners that the register names; a longer list stands on the result's own page.
pub(crate) const MAX_NAMED: usize = 400;

/// The verdict as the register of all verdicts keeps it.
fn registered<'a>(counted: &'a Counted, season: &'a Season, site: &'a Site, verdict: &'a Verdict) -> NewVerdict<'a> {
    let mut outcome = json!({
        "chosen": verdict.n_winners, "total_cost": verdict.total_cost, "ballots": verdict.n_ballots,
        "voters": counted.n_voters,
    });
    if counted.winners.len() <= MAX_NAMED {
        outcome["winners"] = json!(counted.winners);
    }
    NewVerdict {
        site,
        kind: "season-result",
        subject_kind: "season",
        subject: season.id.as_str(),
        title: &season.name,
        matter: None,
        rule: &verdict.rule,
        rule_set: &verdict.rule_set,
        parameters: json!({
            "budget": verdict.budget, "increment": counted.outcome.increment, "max_choices": season.max_choices,
        }),
        inputs: counted.inputs,
        outcome,
        passed: None,
        explained: Explained::of("season-result")
            .with_int("ballots", i64::try_from(verdict.n_ballots).unwrap_or(i64::MAX))
            .with_int("winners", i64::from(verdict.n_winners))
            .with_int("projects", i64::from(season.n_projects)),
    }
}
