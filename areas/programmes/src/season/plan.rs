//! The calendar of a season: which stage is planned from when until when.

use db::{Fault, Tx};
use kernel::{Context, Day, FieldError, Kind, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::{Deserialize, Serialize};
use serde_json::json;
use work::calendar::add_days;

use super::{SeasonId, Stage, queries, store};
use crate::Template;

/// A stage with its days, both included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedStage {
    /// The stage.
    pub stage: Stage,
    /// Its first day.
    pub from: Day,
    /// Its last day.
    pub until: Day,
}

/// Days of a stage as somebody typed them.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
pub struct StageDays {
    /// The stage.
    pub stage: Stage,
    /// Its first day, `YYYY-MM-DD`.
    pub from: String,
    /// Its last day, `YYYY-MM-DD`.
    pub until: String,
}

/// The calendar of a season, or a change of it.
#[derive(Debug, Clone, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(as = SeasonPlan)]
pub struct Plan {
    /// Moves with every change: what is sent back says which calendar was seen.
    pub revision: i64,
    /// The stages; in a change those alone that get other days.
    pub stages: Vec<StageDays>,
}

/// The stages of a template one after the other from a day on.
pub fn lay_out(template: &Template, first: &Day) -> Vec<PlannedStage> {
    let mut from = first.clone();
    let mut plan = Vec::with_capacity(template.stages.len());
    for length in &template.stages {
        let until = add_days(&from, i32::try_from(length.days).unwrap_or(1) - 1);
        let next = add_days(&until, 1);
        plan.push(PlannedStage { stage: length.stage, from, until });
        from = next;
    }
    plan
}

/// Gives stages other days. Stages that are not named keep theirs; each must begin after the one before has ended. What
/// is already so is no change.
///
/// # Errors
/// Refusals `season-not-found`, `invalid-input` (field `plan`), `changed-meanwhile` where the calendar is another one by
/// now, `not-allowed`; database faults.
pub fn reschedule(tx: &mut Tx<'_>, cx: &mut Context, id: &SeasonId, input: &Plan) -> Result<Vec<PlannedStage>, Fault> {
    let season = queries::season(tx, id)?;
    let permit = authorize(&cx.actor, Action::RunSeason, &queries::site(tx, &season)?)?;
    let now = store::stages(tx, id)?;
    let plan = merged(&now, &input.stages)?;
    if plan == now {
        return Ok(plan);
    }
    if !store::replan(tx, &permit, id, input.revision)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    for planned in &plan {
        store::set_stage(tx, &permit, id, planned)?;
    }
    let told: Vec<_> =
        plan.iter().map(|p| json!({ "stage": p.stage, "from": p.from.as_str(), "until": p.until.as_str() })).collect();
    let told = json!({ "stages": told });
    append(tx, cx, &permit, &Draft { kind: "season.planned", subject: id.as_str(), public: &told, private: None })?;
    Ok(plan)
}

fn merged(plan: &[PlannedStage], days: &[StageDays]) -> Result<Vec<PlannedStage>, Refusal> {
    let wrong = |code| Refusal::invalid(vec![FieldError::new("plan", code)]);
    if plan.is_empty() {
        return Err(Refusal::new(Kind::Conflict, "no-next-stage"));
    }
    let mut merged = plan.to_vec();
    for typed in days {
        let planned = merged.iter_mut().find(|p| p.stage == typed.stage).ok_or_else(|| wrong("stage-missing"))?;
        planned.from = Day::parse(typed.from.trim()).ok_or_else(|| wrong("not-a-day"))?;
        planned.until = Day::parse(typed.until.trim()).ok_or_else(|| wrong("not-a-day"))?;
    }
    if merged.iter().any(|p| p.until < p.from) {
        return Err(wrong("ends-before-it-begins"));
    }
    if merged.windows(2).any(|pair| pair[1].from <= pair[0].until) {
        return Err(wrong("not-in-order"));
    }
    Ok(merged)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::template::bundled;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn stages_follow_one_another_without_a_gap() {
        let template = bundled("star-pick").unwrap();
        let plan = lay_out(template, &day("2024-02-28"));
        assert_eq!(plan.len(), template.stages.len());
        assert_eq!(plan[0].from, day("2024-02-28"));
        for (planned, length) in plan.iter().zip(&template.stages) {
            assert_eq!(add_days(&planned.from, i32::try_from(length.days).unwrap() - 1), planned.until);
        }
        assert!(plan.windows(2).all(|pair| add_days(&pair[0].until, 1) == pair[1].from));
    }

    #[test]
    fn a_plan_with_a_stage_inside_another_is_refused() {
        let plan = lay_out(bundled("plain").unwrap(), &day("2026-01-01"));
        let typed = |stage, from: &str, until: &str| StageDays { stage, from: from.into(), until: until.into() };
        let code = |days: &[StageDays]| merged(&plan, days).map_err(|r| r.fields.first().map_or(r.code, |f| f.code));
        assert_eq!(code(&[typed(Stage::Ideas, "2026-01-05", "2026-01-04")]).unwrap_err(), "ends-before-it-begins");
        assert_eq!(code(&[typed(Stage::Ideas, "2026-01-05", "2027-01-04")]).unwrap_err(), "not-in-order");
        assert_eq!(code(&[typed(Stage::Ideas, "soon", "2027-01-04")]).unwrap_err(), "not-a-day");
        assert_eq!(code(&[typed(Stage::Visits, "2026-01-01", "2026-01-04")]).unwrap_err(), "stage-missing");
        assert_eq!(code(&[typed(Stage::Ideas, "2026-01-01", "2026-01-02")]).unwrap()[0].until, day("2026-01-02"));
    }
}
