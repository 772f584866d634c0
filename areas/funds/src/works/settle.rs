//! Put down what a work cost in the end.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{State, Work, WorkId, not_found, queries, rules, site, store};
use crate::typed;

/// A settlement as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SettleWork {
    /// The final sum, in whole units with up to two decimals.
    pub amount: String,
    /// Why more than was quoted, at most 300 characters; shown on the work's page.
    pub reason: String,
}

/// Settles a work whose units are all accepted: who may approve there, and did not choose the contractor. The same sum
/// again is answered as it is.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `work-settled`, `work-without-contractor`, `work-not-accepted`,
/// `second-person-needed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn settle(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &SettleWork) -> Result<Work, Fault> {
    let work = store::held(tx, id)?.ok_or_else(not_found)?;
    let site = site(tx, &work.place)?;
    authorize(&cx.actor, Action::Approve, Resource::at(&site))?;
    if work.chosen_by.is_some() && cx.actor.person() == work.chosen_by.as_ref() {
        return Err(Refusal::new(Kind::Conflict, "second-person-needed").into());
    }
    let permit = authorize(&cx.actor, Action::Approve, Resource::at(&site).made_by(work.chosen_by.as_ref()))?;
    let mut shape = Shape::new();
    let sum = typed::amount(&mut shape, "amount", &input.amount);
    let reason = shape.optional_line("reason", &input.reason, 300);
    let reason = shape.finish(reason)?;
    if (work.state, work.final_sum) == (State::Settled, Some(sum)) {
        return Ok(work);
    }
    let quotes = queries::quotes(tx, id)?;
    let quote = quotes.iter().find(|quote| Some(quote.number) == work.chosen);
    rules::may_settle(&work, quote, sum, &reason)?;
    if !store::settle(tx, &permit, id, (sum, &reason, cx.actor.person(), &cx.day))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({ "work": id, "quoted": quote.map(|quote| quote.amount), "final": sum });
    let words = json!({ "reason": reason, "by": cx.actor.person() });
    let entry = Draft { kind: "work.settled", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    queries::work(tx, id)
}
