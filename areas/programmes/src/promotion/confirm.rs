//! Confirm a promotion that the results propose.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::Action;
use serde_json::json;

use super::{Promotion, queries, rules, store};
use crate::{
    SeasonId,
    running::{Case, Evidence},
    template,
};

/// Confirms it, with the reasons as they are now: somebody who had no part in the project. Once more changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `no-promotion`, `top-tier`, `results-too-few`,
/// `not-allowed`; database faults.
pub fn confirm(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    evidence: &dyn Evidence,
    (season, number): (&SeasonId, u32),
) -> Result<Promotion, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.judge(&cx.actor, Action::Approve, None)?;
    if let Some(there) = store::promotions(tx, season)?.into_iter().find(|one| one.number == number) {
        return Ok(there);
    }
    let template = template::queries::of_season(tx, &case.season)?;
    let rule = template.promotion.ok_or_else(|| Refusal::new(Kind::Conflict, "no-promotion"))?;
    let to = rules::above(&template.tiers, &case.run.tier);
    let to = to.ok_or_else(|| Refusal::new(Kind::Conflict, "top-tier"))?.key.clone();
    let results = queries::results(tx, season, std::slice::from_ref(&case.run), evidence)?;
    let reasons = rules::reasons(&rule, &results.get(&number).copied().unwrap_or_default());
    if !rules::proposed(&reasons) {
        return Err(Refusal::new(Kind::Conflict, "results-too-few").into());
    }
    let from = case.run.tier.clone();
    let promotion = Promotion { number, from, to, reasons, by: cx.actor.person().cloned(), day: cx.day.clone() };
    if !store::insert(tx, &permit, season, &promotion)? {
        // somebody else confirmed it at the same instant
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({
        "project": number, "from": promotion.from, "to": promotion.to, "reasons": promotion.reasons,
    });
    let private = json!({ "by": promotion.by });
    let subject = season.as_str();
    append(tx, cx, &permit, &Draft { kind: "project.promoted", subject, public: &public, private: Some(&private) })?;
    Ok(promotion)
}
