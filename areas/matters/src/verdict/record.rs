//! Put a verdict into the register.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde_json::json;
use ui::format;

use super::{NewVerdict, Verdict, VerdictId, rules, store};
use crate::site::path_of;

/// Characters of a title that are kept.
const MAX_TITLE: usize = 120;

/// Records it in the transaction of the act that computed it, under that act's permit. The same rule set over the same
/// inputs of the same record again answers with the verdict that is already there.
///
/// # Errors
/// Refusals `invalid-input`, `changed-meanwhile`; database faults.
pub fn record(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, new: &NewVerdict<'_>) -> Result<Verdict, Fault> {
    rules::fits(new)?;
    if let Some(there) = store::same(tx, permit.home(), new)? {
        return Ok(there);
    }
    let id: VerdictId = cx.id(permit.home());
    let told = json!({
        "verdict": id, "place": new.site.place, "kind": new.kind, "about": new.subject_kind, "rule": new.rule,
        "rule_set": new.rule_set, "parameters": new.parameters, "inputs": new.inputs.to_string(),
        "outcome": new.outcome, "passed": new.passed,
    });
    let draft = Draft { kind: "verdict.recorded", subject: new.subject, public: &told, private: None };
    let entry = append(tx, cx, permit, &draft)?;
    let verdict = Verdict {
        id,
        place: new.site.place.clone(),
        path: path_of(new.site),
        kind: new.kind.to_owned(),
        subject_kind: new.subject_kind.to_owned(),
        subject: new.subject.to_owned(),
        title: format::excerpt(new.title, MAX_TITLE),
        matter: new.matter.map(str::to_owned),
        rule: new.rule.to_owned(),
        rule_set: new.rule_set.to_owned(),
        parameters: new.parameters.clone(),
        inputs: new.inputs,
        outcome: new.outcome.clone(),
        passed: new.passed,
        explained: new.explained.clone(),
        entry: entry.to_string(),
        decided_at: cx.now,
        decided_day: cx.day.clone(),
    };
    if !store::insert(tx, permit, &verdict)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    Ok(verdict)
}
