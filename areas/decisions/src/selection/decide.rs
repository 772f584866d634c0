//! Decide the list: computed from review and vote, with a reason for each project.

use db::{DbError, Fault, Tx};
use kernel::{Context, Fen, Kind, Refusal, Site};
use ledger::{
    entry::{Draft, append},
    tree::Hash,
};
use matters::verdict::{Explained, NewVerdict, record};
use programmes::{Season, SeasonId, Stage, expect_stage, season::queries as seasons};
use rights::{Action, authorize};
use serde_json::{Value, json};

use super::{Line, RULE_SET, Selection, State, combine, inputs, inputs::Inputs, store};

/// Computes and keeps the list.
///
/// # Errors
/// Refusals `season-not-found`, `wrong-stage`, `no-projects`, `review-first`, `vote-not-published`,
/// `already-decided`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn decide(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId) -> Result<Selection, Fault> {
    let season = seasons::season(tx, id)?;
    let site = seasons::site(tx, &season)?;
    let permit = authorize(&cx.actor, Action::PublishVerdict, &site)?;
    expect_stage(&season, &[Stage::Deciding])?;
    if season.decided {
        return Err(Refusal::new(Kind::Conflict, "already-decided").into());
    }
    // before anything is read: from now on no project and no vote of this season comes
    if !programmes::season::store::decide(tx, &permit, &season)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let inputs = inputs::read(tx, &season)?;
    let lines = combine(inputs.how, &inputs.candidates, &inputs.limits);
    let winners: Vec<u32> = lines.iter().filter(|line| line.approved).map(|line| line.number).collect();
    let selection = Selection {
        state: State::Decided,
        rule_set: RULE_SET.to_owned(),
        inputs: inputs.digest(),
        n_approved: u32::try_from(winners.len()).unwrap_or(u32::MAX),
        total_cost: total_cost(&inputs, &lines),
        n_open: 0,
        notice: None,
        decided_at: cx.now,
        decided_day: cx.day.clone(),
    };
    match store::insert(tx, &permit, id, &selection) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "already-decided").into()),
        other => other?,
    }
    for line in &lines {
        store::insert_line(tx, &permit, id, line)?;
    }
    let digest: String = selection.inputs.iter().map(|byte| format!("{byte:02x}")).collect();
    let told = json!({
        "rule_set": RULE_SET, "combine": inputs.how, "inputs": digest, "approved": winners,
        "total_cost": selection.total_cost, "budget": season.budget,
    });
    append(tx, cx, &permit, &Draft { kind: "selection.decided", subject: id.as_str(), public: &told, private: None })?;
    record::record(tx, cx, &permit, &registered((&inputs, &lines), (&season, &site), &selection))?;
    Ok(selection)
}

/// What the register says of a list: what the rule was set to, and what came out.
pub(super) fn told(inputs: &Inputs, lines: &[Line]) -> (Value, Value) {
    let approved: Vec<u32> = lines.iter().filter(|line| line.approved).map(|line| line.number).collect();
    let parameters = json!({
        "combine": inputs.how, "budget": inputs.limits.budget, "places": inputs.limits.places,
        "tiers": inputs.limits.tiers, "reserve": inputs.limits.reserve,
    });
    let outcome = json!({
        "approved": approved.iter().take(MAX_NAMED).collect::<Vec<_>>(), "chosen": approved.len(),
        "total_cost": total_cost(inputs, lines),
    });
    (parameters, outcome)
}

/// What the approved projects cost together.
fn total_cost(inputs: &Inputs, lines: &[Line]) -> Fen {
    let cost = |number: u32| inputs.candidates.iter().find(|c| c.number == number).map_or(0, |c| c.cost.0);
    Fen(lines.iter().filter(|line| line.approved).map(|line| cost(line.number)).sum())
}

/// The verdict as the register of all verdicts keeps it.
fn registered<'a>(
    (inputs, lines): (&'a Inputs, &[Line]),
    (season, site): (&'a Season, &'a Site),
    selection: &Selection,
) -> NewVerdict<'a> {
    let candidates = i64::try_from(inputs.candidates.len()).unwrap_or(i64::MAX);
    let (parameters, outcome) = told(inputs, lines);
    NewVerdict {
        site,
        kind: "season-selection",
        subject_kind: "season",
        subject: season.id.as_str(),
        title: &season.name,
        matter: None,
        rule: RULE,
        rule_set: RULE_SET,
        parameters,
        inputs: Hash(selection.inputs),
        outcome,
        passed: None,
        explained: Explained::of("season-selection")
            .with_int("projects", candidates)
            .with_int("approved", i64::from(selection.n_approved)),
    }
}

/// The rule by its name in the register.
pub(super) const RULE: &str = "season-selection";

/// Numbers that the register names; a longer list stands on the list's own page.
const MAX_NAMED: usize = 400;
