//! Set by which rules the owners of a place decide.

use db::{Fault, Tx};
use kernel::{Context, PlaceId, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Law, store};
use crate::{register::site, round::draft::own_rules};

/// A rule set as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct SetLaw {
    /// `cn`, `cn-beijing`, `cn-hangzhou` or `own`; empty takes the place's own one back.
    pub rules: String,
    /// With `own`: the text of the file of rules.
    pub rules_text: String,
}

/// Sets the rule set of a place, or takes it back: officers there. Rounds whose roll is frozen keep theirs. Answers what holds
/// there then. The same again changes nothing.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `not-allowed`; database faults.
pub fn set(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, input: &SetLaw) -> Result<Option<Law>, Fault> {
    let site = site(tx, place)?;
    let permit = authorize(&cx.actor, Action::ChangePlaces, &site)?;
    let before = store::at(tx, &site)?;
    let own = before.as_ref().filter(|law| law.place == *place);
    if input.rules.trim().is_empty() {
        if own.is_none() {
            return Ok(before);
        }
        store::drop(tx, &permit, place)?;
    } else {
        let mut shape = Shape::new();
        let typed = own_rules(&mut shape, &input.rules, &input.rules_text);
        let (rules, rules_text) = shape.finish(typed)?;
        if own.is_some_and(|law| (law.rules.as_str(), law.rules_text.as_str()) == (&rules, &rules_text)) {
            return Ok(before);
        }
        let (set_by, set_day) = (cx.actor.person().cloned(), cx.day.clone());
        store::put(tx, &permit, &Law { place: place.clone(), rules, rules_text, set_by, set_day })?;
    }
    let law = store::at(tx, &site)?;
    let rules = law.as_ref().filter(|law| law.place == *place).map(|law| law.rules.as_str());
    let told = json!({ "place": place, "rules": rules });
    let words = json!({ "rules_text": input.rules_text, "by": cx.actor.person() });
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "owner-rules.set", subject: place.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(law)
}
