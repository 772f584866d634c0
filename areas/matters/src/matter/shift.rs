//! Move a matter to another stage: forward by the rule, back only with a reason.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{
    MatterId, Stage, queries,
    rules::{self, Way},
    step::{self, NewStep, Place},
    store,
};

/// Where to.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct Shift {
    /// The stage it moves to.
    pub to: Stage,
    /// At most 2,000 characters; required on the way back.
    #[serde(default)]
    pub words: String,
}

/// Moves an open matter.
///
/// # Errors
/// Refusals `invalid-input` (`words`: `reason-required`), `matter-not-found`, `matter-closed`, `matter-joined`,
/// `stage-not-allowed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn shift(tx: &mut Tx<'_>, cx: &mut Context, id: &MatterId, input: &Shift) -> Result<(), Fault> {
    let mut shape = Shape::new();
    let words = shape.optional_prose("words", &input.words, 2_000);
    let words = shape.finish(words)?;
    let matter = queries::matter(tx, id)?;
    let site = matter.site()?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site)?;
    let way = rules::may_move(&matter, input.to, &words)?;
    let next = store::shift(tx, &permit, &matter, input.to, cx.now)?;
    let next = next.ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?;
    let says = json!({ "key": if way == Way::Back { "matter-moved-back" } else { "matter-moved-on" } });
    let new = NewStep { kind: "moved", words, says: Some(says), ..NewStep::default() };
    step::put(tx, cx, &permit, &Place { id, site: &site, next: &next }, &new)?;
    let told = json!({ "back": way == Way::Back, "from": matter.stage.as_str(), "to": input.to.as_str() });
    let said = json!({ "words": new.words });
    let private = (!new.words.is_empty()).then_some(&said);
    append(tx, cx, &permit, &Draft { kind: "matter.moved", subject: id.as_str(), public: &told, private })?;
    Ok(())
}
