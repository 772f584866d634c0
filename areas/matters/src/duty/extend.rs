//! Give a duty more time, with a reason that both read.

use std::str::FromStr;

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use work::clock::{Reckoner, Span};

use super::{
    Duty, DutyId, queries, rules,
    store::{self, NewStep},
};

/// More time, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Extend {
    /// `workdays:3`, `days:2`, `hours:24`: counted from the end so far.
    #[serde(default)]
    pub span: String,
    /// Why: 1 to 500 characters.
    #[serde(default)]
    pub words: String,
}

/// Gives an open duty more time, as often as it may get it: once, unless whoever gave it said otherwise.
///
/// # Errors
/// Refusals `invalid-input`, `duty-not-found`, `duty-ended`, `duty-is-paused`, `extended-before`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn extend(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    id: &DutyId,
    input: &Extend,
) -> Result<Duty, Fault> {
    let mut shape = Shape::new();
    let words = shape.prose("words", &input.words, 500);
    let span = Span::from_str(input.span.trim());
    if span.is_err() {
        shape.error("span", "not-a-rule");
    }
    let (words, span) = shape.finish((words, span))?;
    let span = span.map_err(|_| Refusal::invalid(Vec::new()))?;
    let mut duty = queries::duty(tx, id)?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &duty.site()?)?;
    rules::may_extend(&duty)?;
    let before = duty.deadline.as_ref().map(|d| d.day.to_string());
    duty.extensions.push(span);
    duty.deadline = duty.reckon(reckoner);
    let due = duty.deadline.as_ref().map(|d| d.day.to_string());
    let facts = json!({ "from": before, "span": span.to_string(), "to": due });
    store(tx, cx, &permit, &duty, &Told { kind: "extended", entry: "duty.extended", words: &words, facts })?;
    queries::duty(tx, id)
}

/// What is told of a new deadline.
pub(super) struct Told<'a> {
    pub kind: &'a str,
    pub entry: &'static str,
    pub words: &'a str,
    pub facts: serde_json::Value,
}

/// Stores new terms of a duty that was read in this transaction, and tells of them.
pub(super) fn store(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    duty: &Duty,
    told: &Told<'_>,
) -> Result<(), Fault> {
    let n = store::reterm(tx, permit, duty)?;
    let n = n.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?;
    let new = NewStep {
        duty: &duty.id,
        n,
        kind: told.kind,
        words: told.words,
        person: cx.actor.person(),
        facts: &told.facts,
    };
    store::insert_step(tx, cx, permit, &new)?;
    let said = json!({ "words": told.words });
    let private = (!told.words.is_empty()).then_some(&said);
    append(tx, cx, permit, &Draft { kind: told.entry, subject: duty.id.as_str(), public: &told.facts, private })?;
    Ok(())
}
