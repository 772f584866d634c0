//! Say in which order projects are presented.

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append};
use programmes::{SeasonId, Stage, expect_stage, project, season, template};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Contest, MAX_SPEECHES, drawn, queries, store};
use crate::review::rules;

/// An order as somebody asked for it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Arrange {
    /// Project numbers in the order of speaking, each once and all of them; empty draws the order.
    #[serde(default)]
    pub order: Vec<u32>,
    /// Minutes of a speech, 1 to 60.
    pub minutes: u32,
    /// The contest's revision as it was seen; 0 for the first order. So the same order is not drawn twice.
    #[serde(default)]
    pub revision: i64,
}

/// Sets the order before anybody has spoken. A drawn order tells its seed in the log, so that anybody can draw it again.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `no-review-here`, `wrong-stage`, `no-projects`, `too-many-projects`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn arrange(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &Arrange) -> Result<Contest, Fault> {
    let season = season::queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &season::queries::site(tx, &season)?)?;
    let template = template::queries::of_season(tx, &season)?;
    rules::plan_of(&template)?;
    expect_stage(&season, &[Stage::Proposals, Stage::Deciding])?;
    let limit = i64::try_from(MAX_SPEECHES).unwrap_or(i64::MAX);
    if i64::from(season.n_projects) > limit {
        return Err(Refusal::new(Kind::LimitReached, "too-many-projects").with_int("limit", limit).into());
    }
    let projects = project::queries::projects(tx, id, 0, limit)?;
    let numbers: Vec<u32> = projects.iter().map(|project| project.number).collect();
    if numbers.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "no-projects").into());
    }
    let seed = input.order.is_empty().then(|| cx.chance.bytes32());
    let order = seed.map_or_else(|| input.order.clone(), |seed| drawn(numbers.clone(), seed));
    shape(&order, &numbers, input.minutes)?;
    let seed = seed.map(|seed| ledger::tree::Hash(seed).to_string()).unwrap_or_default();
    let seconds = input.minutes * 60;
    if !store::arrange(tx, &permit, id, input.revision, (seconds, &seed))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    store::set_order(tx, &permit, id, &order)?;
    let told = json!({ "order": order, "seed": seed, "seconds": seconds });
    let draft = Draft { kind: "contest.arranged", subject: id.as_str(), public: &told, private: None };
    append(tx, cx, &permit, &draft)?;
    queries::contest(tx, id)
}

fn shape(order: &[u32], numbers: &[u32], minutes: u32) -> Result<(), Refusal> {
    let mut wrong = Vec::new();
    if !(1..=60).contains(&minutes) {
        wrong.push(
            FieldError::new("minutes", if minutes == 0 { "too-small" } else { "too-large" })
                .with_limit(if minutes == 0 { 1 } else { 60 }),
        );
    }
    let mut sorted = order.to_vec();
    sorted.sort_unstable();
    if sorted != numbers {
        wrong.push(FieldError::new("order", "each-once"));
    }
    if wrong.is_empty() { Ok(()) } else { Err(Refusal::invalid(wrong)) }
}
