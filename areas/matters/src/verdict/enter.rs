//! Enter a verdict that was computed outside this program, such as a vote held on paper.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, PlaceId, Refusal};
use ledger::tree::Hash;
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::Value;

use super::{Explained, NewVerdict, Verdict, recompute::Methods, record};
use crate::site::site_of;

/// Bytes of inputs at most.
const MAX_INPUTS: usize = 200_000;

/// A verdict as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct EnterVerdict {
    /// Where: the id of a place.
    pub place: String,
    /// What kind of verdict, at most 40 characters.
    pub kind: String,
    /// The kind of record it is about, at most 40 characters.
    pub subject_kind: String,
    /// That record's id, at most 60 characters.
    pub subject: String,
    /// The rule, at most 80 characters.
    pub rule: String,
    /// The dated rule set, at most 80 characters.
    pub rule_set: String,
    /// What the rule was set to: a JSON object, at most 4,000 bytes, without personal data.
    #[schema(value_type = Object)]
    pub parameters: Value,
    /// Everything the outcome depends on, as text of at most 200,000 bytes. Only its SHA-256 is kept.
    pub inputs: String,
    /// What came out: a JSON object, at most 4,000 bytes, without personal data.
    #[schema(value_type = Object)]
    pub outcome: Value,
    /// Yes or no, where the rule gives one.
    #[serde(default)]
    pub passed: Option<bool>,
    /// Why, in words: 1 to 2,000 characters, without personal data.
    pub explained: String,
}

/// Nobody enters a verdict of a kind that this program computes: it would look like one that can be computed again.
///
/// # Errors
/// Refusal `invalid-input` (`kind`: `kind-is-computed`).
pub fn may_enter(methods: Methods, kind: &str) -> Result<(), Refusal> {
    match methods.of(kind.trim()) {
        Some(_) => Err(Refusal::invalid(vec![FieldError::new("kind", "kind-is-computed")])),
        None => Ok(()),
    }
}

/// Records it under its own right, where [`may_enter`] lets it.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `inputs-too-long`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn enter(tx: &mut Tx<'_>, cx: &mut Context, input: &EnterVerdict) -> Result<Verdict, Fault> {
    let place: PlaceId = input.place.parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let site = site_of(tx, &place)?;
    let permit = authorize(&cx.actor, Action::RecordVerdict, &site)?;
    if input.inputs.len() > MAX_INPUTS {
        return Err(Refusal::new(Kind::LimitReached, "inputs-too-long").with_int("limit", 200_000).into());
    }
    let new = NewVerdict {
        site: &site,
        kind: input.kind.trim(),
        subject_kind: input.subject_kind.trim(),
        subject: input.subject.trim(),
        title: "",
        matter: None,
        rule: input.rule.trim(),
        rule_set: input.rule_set.trim(),
        parameters: input.parameters.clone(),
        inputs: Hash::of(input.inputs.as_bytes()),
        outcome: input.outcome.clone(),
        passed: input.passed,
        explained: Explained::by_text(input.explained.trim()),
    };
    record::record(tx, cx, &permit, &new)
}
