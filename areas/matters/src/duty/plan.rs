//! What is owed again and again: "a joint meeting each month", "twelve a year". Each period makes a duty.

use std::str::FromStr;

use db::{Fault, Tx};
use kernel::{Context, Day, Home, Instant, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, authorize};
use serde::Deserialize;
use serde_json::json;
use work::{
    calendar::{first_of_month, midnight},
    clock::{Reckoner, Rule},
};

use super::{
    Holder, PlanId,
    give::{self, Bound, GiveDuty},
    jobs, store,
};

/// Plans that are unfolded in one transaction.
const CHUNK: i64 = 50;

/// A plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Where it is owed.
    pub place: PlaceId,
    /// Ids of the place and those above.
    pub path: String,
    /// What is owed, in a line.
    pub title: String,
    /// What counts towards it, such as `joint-meeting`.
    pub kind: String,
    /// Who owes it.
    pub holder: Holder,
    /// Each month, or so often a year.
    pub rule: Rule,
    /// The first day.
    pub from: Day,
    /// The last day; none until further notice.
    pub until: Option<Day>,
}

/// A plan as somebody typed it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct MakePlan {
    /// Where it is owed.
    #[schema(value_type = String)]
    pub place: PlaceId,
    /// What is owed: 1 to 80 characters.
    pub title: String,
    /// What counts towards it: a word of letters and dashes of at most 24.
    pub kind: String,
    /// `post:`, `person:` or `org:` and the id.
    #[schema(value_type = String)]
    pub holder: Holder,
    /// `every-month` or `times-a-year:12`.
    pub rule: String,
}

/// Makes a plan that begins today, and asks for its first duties.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `not-allowed`; database faults.
pub fn plan(tx: &mut Tx<'_>, cx: &mut Context, input: &MakePlan) -> Result<Plan, Fault> {
    let mut shape = Shape::new();
    let title = shape.line("title", &input.title, 80);
    let is_word = input.kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if !is_word || !(1..=24).contains(&input.kind.len()) {
        shape.error("kind", "unknown-choice");
    }
    let rule = Rule::from_str(input.rule.trim()).ok();
    let rule = rule.filter(|rule| matches!(rule, Rule::EveryMonth | Rule::TimesAYear(_)));
    if rule.is_none() {
        shape.error("rule", "not-a-rule");
    }
    let (title, rule) = shape.finish((title, rule))?;
    let rule = rule.ok_or_else(|| Refusal::invalid(Vec::new()))?;
    let place = places::queries::show(tx, &input.place)?;
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &place.site()?)?;
    let plan = Plan {
        id: cx.id(permit.home()),
        place: place.id,
        path: place.path,
        title,
        kind: input.kind.clone(),
        holder: input.holder.clone(),
        rule,
        from: cx.day.clone(),
        until: None,
    };
    store::insert_plan(tx, cx, &permit, &plan)?;
    let told = json!({
        "from": plan.from.as_str(), "kind": plan.kind, "place": plan.place, "plan": plan.id,
        "rule": plan.rule.to_string(),
    });
    let said = json!({ "holder": plan.holder, "title": plan.title });
    let draft = Draft { kind: "duty.planned", subject: plan.place.as_str(), public: &told, private: Some(&said) };
    append(tx, cx, &permit, &draft)?;
    jobs::planned(tx, cx, permit.home())?;
    Ok(plan)
}

/// Ends a plan today; the duties that it made stay.
///
/// # Errors
/// Refusals `plan-not-found`, `not-allowed`; database faults.
pub fn end_plan(tx: &mut Tx<'_>, cx: &mut Context, id: &PlanId) -> Result<(), Fault> {
    let plan = store::plan(tx, id)?.ok_or_else(|| Refusal::new(Kind::NotFound, "plan-not-found"))?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &crate::site::of(id.home(), &plan.path)?)?;
    if store::end_plan(tx, &permit, id, &cx.day)? {
        let told = json!({ "plan": id, "until": cx.day.as_str() });
        let subject = plan.place.as_str();
        append(tx, cx, &permit, &Draft { kind: "duty.plan-ended", subject, public: &told, private: None })?;
    }
    Ok(())
}

/// Makes the duties of the present period that are not there yet, for up to 50 plans of a home after `after`. A job
/// asks each day until the answer is none. Running it twice makes nothing twice.
///
/// # Errors
/// Refusal `not-allowed` (and its kin); database faults.
pub fn unfold(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    home: Home,
    after: Option<&PlanId>,
) -> Result<Option<PlanId>, Fault> {
    let permit = authorize(&cx.actor, Action::GiveDuty, home)?;
    let plans = store::plans(tx, home, after.map_or("", |id| id.as_str()), &cx.day, CHUNK)?;
    for plan in &plans {
        let (period, start) = period(plan, &cx.day, reckoner.offset_minutes);
        let once = format!("{} {period}", plan.id);
        if store::once(tx, home, &once)?.is_some() {
            continue;
        }
        let mut input = GiveDuty::new(plan.place.clone(), plan.holder.clone(), &plan.rule);
        (input.title, input.kind, input.once) = (plan.title.clone(), plan.kind.clone(), once);
        let bound = Bound {
            place: &plan.place,
            path: &plan.path,
            input: &input,
            rule: plan.rule.clone(),
            start,
            plan: Some((&plan.id, &period)),
            given_by: cx.actor.person().cloned(),
        };
        match give::give_bound(tx, cx, reckoner, &permit, &bound) {
            // whoever owed it has left, and the plan was handed over to nobody: it waits for a new holder
            Err(Fault::Refused(refusal)) if refusal.code == "post-ended" => {}
            given => given.map(|_| ())?,
        }
    }
    let full = i64::try_from(plans.len()).is_ok_and(|n| n >= CHUNK);
    Ok(plans.last().filter(|_| full).map(|plan| plan.id.clone()))
}

/// The name of the period that holds `day`, and when it begins for this plan.
fn period(plan: &Plan, day: &Day, offset_minutes: i32) -> (String, (Instant, Day)) {
    let text = day.as_str();
    let (name, begins) = match plan.rule {
        Rule::TimesAYear(_) => (&text[..4], Day::parse(&format!("{}-01-01", &text[..4]))),
        _ => (&text[..7], Some(first_of_month(day))),
    };
    let begins = begins.unwrap_or_else(|| day.clone()).max(plan.from.clone());
    (name.to_owned(), (midnight(&begins, offset_minutes), begins))
}
