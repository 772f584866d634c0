//! Say what became of an item.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use matters::duty::{
    DutyId,
    meet::{self, Ending},
    queries as duties,
};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use ui::{Locale, Words};
use work::clock::Rule;

use super::{HandoverId, Item, ItemState, begin::owe, not_found, queries, store};
use crate::works::site;

/// Workdays within which the old firm brings what was missing: this house's own number.
const WORKDAYS: u32 = 10;

/// What became of an item, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct MarkItem {
    /// The number of the item.
    pub item: String,
    /// `handed`, `missing` or `disputed`.
    pub state: String,
    /// At most 300 characters; required for what is missing or disputed.
    pub note: String,
}

/// Says what became of an item: community work at the place. What is missing becomes a duty of the old firm, and what
/// comes after all meets it. From the first signature on things may still come, and nothing else changes: who signed has
/// signed this list.
///
/// # Errors
/// Refusals `invalid-input`, `handover-not-found`, `handover-signed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn mark(tx: &mut Tx<'_>, cx: &mut Context, id: &HandoverId, input: &MarkItem) -> Result<Vec<Item>, Fault> {
    let handover = store::held(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &handover.place)?)?;
    let items = queries::items(tx, id)?;
    let (before, new) = draft(&items, input)?;
    if (before.state, &before.note) == (new.state, &new.note) {
        return Ok(items);
    }
    let comes = before.state != ItemState::Handed && new.state == ItemState::Handed;
    if !comes && !queries::signs(tx, id)?.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "handover-signed").into());
    }
    let duty = match (&before.duty, new.state) {
        (None, ItemState::Missing) => {
            let name = Words::of(Locale::ZhHans).t(&format!("handover-item-{}", new.item));
            let (kind, rule) = ("handover-missing", Rule::WithinWorkdays(WORKDAYS));
            Some(owe(tx, cx, &permit, (id, &handover.place), (kind, name, &handover.old_firm, &rule))?)
        }
        (Some(duty), ItemState::Handed) => {
            met(tx, cx, &permit, duty)?;
            None
        }
        (duty, _) => duty.clone(),
    };
    store::mark(tx, cx, &permit, (id, &new, duty.as_ref()))?;
    let told = json!({ "handover": id, "item": new.item, "state": new.state, "duty": duty });
    let words = json!({ "note": new.note, "by": cx.actor.person() });
    let entry = Draft { kind: "handover.marked", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(queries::items(tx, id)?)
}

fn draft(items: &[Item], input: &MarkItem) -> Result<(Item, Item), Refusal> {
    let mut shape = Shape::new();
    let item = input.item.trim().parse().ok().and_then(|n: u32| items.iter().find(|item| item.number == n));
    if item.is_none() {
        shape.error("item", if input.item.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let state = input.state.trim().parse::<ItemState>().ok().filter(|state| *state != ItemState::Open);
    if state.is_none() {
        shape.error("state", if input.state.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let note = match state {
        Some(ItemState::Missing | ItemState::Disputed) => shape.line("note", &input.note, 300),
        _ => shape.optional_line("note", &input.note, 300),
    };
    let note = shape.finish(note)?;
    let wrong = || Refusal::invalid(Vec::new());
    let before = item.ok_or_else(wrong)?.clone();
    let new = Item { state: state.ok_or_else(wrong)?, note, ..before.clone() };
    Ok((before, new))
}

/// A duty that is met by what happened here; one that has ended stays as it is.
pub(super) fn met(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, id: &DutyId) -> Result<(), Fault> {
    let duty = duties::duty(tx, id)?;
    if !duty.state.is_open() {
        return Ok(());
    }
    match meet::end(tx, cx, permit, &duty, &Ending::default()) {
        Err(Fault::Refused(refusal)) if refusal.code == "duty-ended" => {
            Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into())
        }
        other => other.map(|_| ()),
    }
}
