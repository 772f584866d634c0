//! Set the first plan, ask for a change of it, take a request back.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::Permit;
use serde::Deserialize;
use serde_json::json;

use super::{MAX_VERSIONS, Plan, State, Typed, Version, rules, store};
use crate::{
    SeasonId,
    running::{Case, rules::running},
};

/// A plan, or a change of it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct WritePlan {
    /// The version in force that they saw; 0 where there was none.
    pub version: u32,
    /// What is planned.
    pub plan: Typed,
    /// For a change: why, 1 to 1,000 characters.
    pub reason: String,
}

/// Sets the plan where there is none; else asks for the change. The same sent again answers with what is there.
///
/// # Errors
/// Refusals `invalid-input`, `season-not-found`, `project-not-found`, `wrong-stage`, `project-not-running`,
/// `change-open`, `plan-unchanged`, `too-many-versions`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn write(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    input: &WritePlan,
) -> Result<Version, Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    running(&case.run)?;
    let all = store::versions(tx, (season, number))?;
    let in_force = all.iter().rev().find(|one| one.state == State::Accepted);
    let read = rules::read(&input.plan, &case.run.begun_day, case.project.cost);
    if let (Ok(plan), Some(there), 0) = (&read, in_force, input.version)
        && there.plan == *plan
    {
        // the first plan, sent twice
        return Ok(there.clone());
    }
    let (plan, reason) = whole(read, &input.reason, in_force.is_some())?;
    if let Some(open) = all.last().filter(|last| last.state == State::Asked) {
        return if (&open.plan, &open.reason) == (&plan, &reason) {
            Ok(open.clone())
        } else {
            Err(Refusal::new(Kind::Conflict, "change-open").into())
        };
    }
    if in_force.is_some_and(|there| there.plan == plan) {
        return Err(Refusal::new(Kind::Conflict, "plan-unchanged").into());
    }
    if in_force.map_or(0, |there| there.version) != input.version {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let version = Version {
        version: all.last().map_or(1, |last| last.version + 1),
        state: if in_force.is_some() { State::Asked } else { State::Accepted },
        plan,
        reason,
        asked_by: cx.actor.person().cloned(),
        asked_day: cx.day.clone(),
        answer: String::new(),
        decided_day: None,
    };
    if version.version > MAX_VERSIONS {
        let limit = i64::from(MAX_VERSIONS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-versions").with_int("limit", limit).into());
    }
    match store::insert(tx, &permit, (season, number), &version) {
        // somebody else asked at the same instant
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    tell(tx, cx, &permit, (season, number), &version)?;
    Ok(version)
}

/// The plan with its reason, which a change needs, or everything that is wrong with both.
fn whole(read: Result<Plan, Refusal>, reason: &str, is_change: bool) -> Result<(Plan, String), Refusal> {
    let mut shape = Shape::new();
    let reason = if is_change { shape.prose("reason", reason, 1_000) } else { String::new() };
    match (read, shape.finish(reason)) {
        (Ok(plan), Ok(reason)) => Ok((plan, reason)),
        (Err(mut wrong), Err(more)) => {
            wrong.fields.extend(more.fields);
            Err(wrong)
        }
        (Err(wrong), Ok(_)) | (Ok(_), Err(wrong)) => Err(wrong),
    }
}

fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (season, number): (&SeasonId, u32),
    version: &Version,
) -> Result<(), Fault> {
    let sums = rules::sums(&version.plan);
    let public = json!({
        "project": number, "version": version.version, "activities": sums.activities, "people": sums.people,
        "money": sums.money, "ends": version.plan.ends,
    });
    let private = json!({ "plan": version.plan, "reason": version.reason, "by": version.asked_by });
    let kind = if version.state == State::Asked { "plan.change-asked" } else { "plan.set" };
    append(tx, cx, permit, &Draft { kind, subject: season.as_str(), public: &public, private: Some(&private) })?;
    Ok(())
}

/// Takes the request back. Once more changes nothing.
///
/// # Errors
/// Refusals `season-not-found`, `project-not-found`, `wrong-stage`, `plan-version-not-found`, `change-decided`,
/// `changed-meanwhile`, `not-allowed`; database faults.
pub fn withdraw(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (season, number): (&SeasonId, u32),
    version: u32,
) -> Result<(), Fault> {
    let case = Case::read(tx, season, number)?;
    let permit = case.team(&cx.actor)?;
    let mut asked = store::version(tx, (season, number), version)?;
    match asked.state {
        State::Withdrawn => return Ok(()),
        State::Asked => {}
        _ => return Err(Refusal::new(Kind::Conflict, "change-decided").into()),
    }
    (asked.state, asked.decided_day) = (State::Withdrawn, Some(cx.day.clone()));
    if !store::decide(tx, &permit, (season, number), &asked)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let public = json!({ "project": number, "version": version });
    let private = json!({ "by": cx.actor.person() });
    let subject = season.as_str();
    append(
        tx,
        cx,
        &permit,
        &Draft { kind: "plan.change-withdrawn", subject, public: &public, private: Some(&private) },
    )?;
    Ok(())
}
