//! All SQL of duties.

mod sql;

use db::{DbError, FromRow, Row, Snapshot, Tx, params};
use kernel::{Context, Day, Home, Instant, PersonId, PlaceId};
use people::post::PostId;
use rights::Permit;
use work::clock::Deadline;

use super::{Duty, DutyId, Holder, PlanId, State, plan::Plan, rules};
use crate::matter::{MatterId, store::word};

pub(crate) use sql::*;
pub use sql::{MAX_HOLDERS, STATEMENTS};

impl FromRow for Duty {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let bad = |what: &str, text: &str| DbError::Data(format!("{what} of a duty: {text}"));
        let text = |i: usize| row.get::<String>(i);
        let (kind, holder, rule, spans, pauses) = (text(7)?, text(8)?, text(10)?, text(13)?, text(15)?);
        let (until, day, amber_from) = (row.get(16)?, row.get(17)?, row.get(18)?);
        let deadline = match (until, day, amber_from) {
            (Some(until), Some(day), Some(amber_from)) => {
                Some(Deadline { until, day, amber_from, provisional: row.get(19)? })
            }
            _ => None,
        };
        let evidence = text(23)?;
        Ok(Duty {
            id: row.get(0)?,
            place: row.get(1)?,
            path: row.get(2)?,
            matter: row.get(3)?,
            title: row.get(4)?,
            kind: row.get(5)?,
            by_answer: row.get(6)?,
            holder: Holder::of(&kind, &holder).map_err(|_| bad("holder", &holder))?,
            given_by: row.get(9)?,
            rule: rule.parse().map_err(|_| bad("rule", &rule))?,
            start_at: row.get(11)?,
            start_day: row.get(12)?,
            extensions: rules::spans(&spans).ok_or_else(|| bad("extensions", &spans))?,
            may_extend: row.get(14)?,
            pauses: rules::pauses(&pauses).ok_or_else(|| bad("pauses", &pauses))?,
            deadline,
            state: word(row, 20)?,
            ended_at: row.get(21)?,
            ended_day: row.get(22)?,
            evidence: serde_json::from_str(&evidence).map_err(|_| bad("evidence", &evidence))?,
            plan: row.get(24)?,
            n_wanted: row.get(25)?,
            n_done: row.get(26)?,
            n_steps: row.get(27)?,
            page: row.get(28)?,
        })
    }
}

/// What a duty is stored with besides itself.
#[derive(Default)]
pub(crate) struct Extra<'a> {
    pub once: &'a str,
    pub period: Option<&'a str>,
}

pub(crate) fn insert(tx: &mut Tx<'_>, permit: &Permit, duty: &Duty, extra: &Extra<'_>) -> Result<(), DbError> {
    let due = duty.deadline.as_ref();
    let rule = duty.rule.to_string();
    let params = params![
        permit.home(),
        &duty.id,
        &duty.place,
        &duty.path,
        duty.matter.as_ref(),
        &duty.title,
        &duty.kind,
        duty.by_answer,
        duty.holder.kind(),
        duty.holder.id(),
        duty.holder.home(),
        duty.given_by.as_ref(),
        &rule,
        duty.start_at,
        &duty.start_day,
        duty.may_extend,
        due.map(|d| d.until),
        due.map(|d| &d.day),
        due.map(|d| d.amber_from),
        due.is_some_and(|d| d.provisional),
        duty.plan.as_ref(),
        extra.period,
        duty.n_wanted,
        extra.once,
        &duty.page,
    ];
    tx.execute(&INSERT, params).map(|_| ())
}

pub(crate) fn duty(s: &mut Snapshot<'_>, id: &DutyId) -> Result<Option<Duty>, DbError> {
    s.optional(&BY_ID, params![id.home(), id])
}

pub(crate) fn once(s: &mut Snapshot<'_>, home: Home, once: &str) -> Result<Option<Duty>, DbError> {
    s.optional(&ONCE, params![home, once])
}

/// Open duties of a matter that its answer meets, at most 50.
pub(crate) fn answered(s: &mut Snapshot<'_>, matter: &MatterId) -> Result<Vec<Duty>, DbError> {
    s.all(&ANSWERED, params![matter.home(), matter])
}

/// Who last owed the answer to a matter.
pub(crate) fn last_holder(s: &mut Snapshot<'_>, matter: &MatterId) -> Result<Option<Holder>, DbError> {
    let found: Option<(String, String)> = s.optional(&LAST_HOLDER, params![matter.home(), matter])?;
    let read = |(kind, id): (String, String)| Holder::of(&kind, &id).map_err(|_| DbError::Data(format!("holder {id}")));
    found.map(read).transpose()
}

/// Open duties go along with a matter that is joined into another.
pub(crate) fn move_along(tx: &mut Tx<'_>, permit: &Permit, from: &MatterId, into: &MatterId) -> Result<u64, DbError> {
    tx.execute(&MOVE_ALONG, params![permit.home(), from, into])
}

/// The number of its step, or none when it has ended already.
pub(crate) fn end(
    tx: &mut Tx<'_>,
    cx: &Context,
    permit: &Permit,
    (duty, state): (&DutyId, State),
    evidence: &[String],
) -> Result<Option<u32>, DbError> {
    let evidence = serde_json::to_string(evidence).map_err(|e| DbError::Data(e.to_string()))?;
    let params = params![permit.home(), duty, state.as_str(), cx.now, &cx.day, &evidence];
    Ok(tx.optional::<(u32,)>(&END, params)?.map(|(n,)| n))
}

/// Stores extensions, pauses, deadline and state of `duty`, which was read with `duty.n_steps`. None when it is no
/// longer as it was read.
pub(crate) fn reterm(tx: &mut Tx<'_>, permit: &Permit, duty: &Duty) -> Result<Option<u32>, DbError> {
    let (spans, pauses) = (rules::spans_text(&duty.extensions), rules::pauses_text(&duty.pauses));
    let due = duty.deadline.as_ref();
    let params = params![
        permit.home(),
        &duty.id,
        &spans,
        u32::try_from(duty.extensions.len()).unwrap_or(u32::MAX),
        &pauses,
        due.map(|d| d.until),
        due.map(|d| &d.day),
        due.map(|d| d.amber_from),
        due.is_some_and(|d| d.provisional),
        duty.state.as_str(),
        duty.n_steps,
    ];
    Ok(tx.optional::<(u32,)>(&RETERM, params)?.map(|(n,)| n))
}

/// Gives an open duty another holder. None when it is no longer that holder's.
pub(crate) fn hand(tx: &mut Tx<'_>, permit: &Permit, duty: &Duty, to: &Holder) -> Result<Option<u32>, DbError> {
    let params = params![permit.home(), &duty.id, to.kind(), to.id(), to.home(), duty.holder.id()];
    Ok(tx.optional::<(u32,)>(&HAND, params)?.map(|(n,)| n))
}

pub(crate) fn hand_plans(tx: &mut Tx<'_>, permit: &Permit, from: &Holder, to: &Holder) -> Result<u64, DbError> {
    tx.execute(&HAND_PLANS, params![permit.home(), from.id(), to.kind(), to.id()])
}

/// Duties that a holder owes, the most urgent first.
pub(crate) fn of_holder(s: &mut Snapshot<'_>, home: Home, holder: &Holder, limit: i64) -> Result<Vec<Duty>, DbError> {
    s.all(&OF_HOLDER, params![home, holder.id(), limit])
}

pub(crate) fn count_of_holder(s: &mut Snapshot<'_>, home: Home, holder: &Holder) -> Result<u64, DbError> {
    Ok(s.one::<(u64,)>(&COUNT_OF_HOLDER, params![home, holder.id()])?.0)
}

pub(crate) fn provisional(s: &mut Snapshot<'_>, home: Home, after: &str, limit: i64) -> Result<Vec<Duty>, DbError> {
    s.all(&PROVISIONAL, params![home, after, limit])
}

/// Homes with places, at most 1,000.
pub(crate) fn all_homes(s: &mut Snapshot<'_>) -> Result<Vec<Home>, DbError> {
    homes(s.all(&ALL_HOMES, params![])?)
}

/// Homes with plans, at most 1,000.
pub(crate) fn homes_with_plans(s: &mut Snapshot<'_>) -> Result<Vec<Home>, DbError> {
    homes(s.all(&HOMES_WITH_PLANS, params![])?)
}

fn homes(rows: Vec<(i64,)>) -> Result<Vec<Home>, DbError> {
    let home = |(n,): (i64,)| u32::try_from(n).map(Home).map_err(|_| DbError::Data(format!("home {n}")));
    rows.into_iter().map(home).collect()
}

/// False when the duty changed meanwhile.
pub(crate) fn set_due(tx: &mut Tx<'_>, permit: &Permit, duty: &Duty, due: &Deadline) -> Result<bool, DbError> {
    let params = params![permit.home(), &duty.id, due.until, &due.day, due.amber_from, due.provisional, duty.n_steps];
    Ok(tx.execute(&SET_DUE, params)? == 1)
}

/// A step of a duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyStep {
    /// 1, 2, 3, …; the giving is 0.
    pub n: u32,
    /// When.
    pub at: Instant,
    /// The local day of that.
    pub day: Day,
    /// `given`, `met`, `extended`, `paused`, `resumed`, `handed-over`, `cancelled`.
    pub kind: String,
    /// What somebody wrote; may be empty.
    pub words: String,
    /// Who did it.
    pub person: Option<PersonId>,
    /// Facts of the step, JSON.
    pub facts: String,
}

db::record!(DutyStep { n, at, day, kind, words, person, facts });

/// A step on its way into the table.
pub(crate) struct NewStep<'a> {
    pub duty: &'a DutyId,
    pub n: u32,
    pub kind: &'a str,
    pub words: &'a str,
    /// Whose act it is; none where a rule gave the duty.
    pub person: Option<&'a PersonId>,
    pub facts: &'a serde_json::Value,
}

pub(crate) fn insert_step(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, new: &NewStep<'_>) -> Result<(), DbError> {
    let facts = new.facts.to_string();
    let params = params![permit.home(), new.duty, new.n, cx.now, &cx.day, new.kind, new.words, new.person, &facts];
    tx.execute(&INSERT_STEP, params).map(|_| ())
}

pub(crate) fn steps(s: &mut Snapshot<'_>, id: &DutyId, limit: i64) -> Result<Vec<DutyStep>, DbError> {
    s.all(&STEPS, params![id.home(), id, limit])
}

impl FromRow for Plan {
    fn from_row(row: &Row<'_>) -> Result<Self, DbError> {
        let (kind, holder, rule): (String, String, String) = (row.get(5)?, row.get(6)?, row.get(7)?);
        Ok(Plan {
            id: row.get(0)?,
            place: row.get(1)?,
            path: row.get(2)?,
            title: row.get(3)?,
            kind: row.get(4)?,
            holder: Holder::of(&kind, &holder).map_err(|_| DbError::Data(format!("holder {holder}")))?,
            rule: rule.parse().map_err(|_| DbError::Data(format!("rule {rule}")))?,
            from: row.get(8)?,
            until: row.get(9)?,
        })
    }
}

pub(crate) fn insert_plan(tx: &mut Tx<'_>, cx: &Context, permit: &Permit, plan: &Plan) -> Result<(), DbError> {
    let rule = plan.rule.to_string();
    let params = params![
        permit.home(),
        &plan.id,
        &plan.place,
        &plan.path,
        &plan.title,
        &plan.kind,
        plan.holder.kind(),
        plan.holder.id(),
        &rule,
        &plan.from,
        plan.until.as_ref(),
        cx.actor.person(),
        cx.now,
    ];
    tx.execute(&INSERT_PLAN, params).map(|_| ())
}

pub(crate) fn plan(s: &mut Snapshot<'_>, id: &PlanId) -> Result<Option<Plan>, DbError> {
    s.optional(&PLAN, params![id.home(), id])
}

pub(crate) fn end_plan(tx: &mut Tx<'_>, permit: &Permit, id: &PlanId, day: &Day) -> Result<bool, DbError> {
    Ok(tx.execute(&END_PLAN, params![permit.home(), id, day])? == 1)
}

/// Plans in force on `day` after a key.
pub(crate) fn plans(
    s: &mut Snapshot<'_>,
    home: Home,
    after: &str,
    day: &Day,
    limit: i64,
) -> Result<Vec<Plan>, DbError> {
    s.all(&PLANS, params![home, after, day, limit])
}

/// Duties of plans at a place that something of `kind` on `day` counts towards.
pub(crate) fn counting(
    s: &mut Snapshot<'_>,
    home: Home,
    path: &str,
    kind: &str,
    day: &Day,
) -> Result<Vec<Duty>, DbError> {
    let (year, month) = (&day.as_str()[..4], &day.as_str()[..7]);
    if places::queries::is_moving(s)? {
        let place = path.rsplit('/').next().unwrap_or_default();
        return s.all(&COUNTING_BY_TREE, params![home, place, kind, year, month]);
    }
    s.all(&COUNTING, params![home, path, kind, year, month])
}

/// How often it was done now; none when this was counted before.
pub(crate) fn count(
    tx: &mut Tx<'_>,
    permit: &Permit,
    duty: &DutyId,
    evidence: &str,
    now: Instant,
) -> Result<Option<u32>, DbError> {
    let home = permit.home();
    if tx.execute(&RECORD, params![home, duty, evidence, now])? == 0 {
        return Ok(None);
    }
    Ok(tx.optional::<(u32,)>(&COUNT, params![home, duty])?.map(|(n,)| n))
}

pub(crate) fn set_amber(tx: &mut Tx<'_>, permit: &Permit, duty: &DutyId, from: Instant) -> Result<(), DbError> {
    tx.execute(&SET_AMBER, params![permit.home(), duty, from]).map(|_| ())
}

pub(crate) fn put_feed(
    tx: &mut Tx<'_>,
    _: &Permit,
    person: &PersonId,
    token: &[u8; 32],
    now: Instant,
) -> Result<(), DbError> {
    tx.execute(&PUT_FEED, params![person, token, now]).map(|_| ())
}

pub(crate) fn feed(s: &mut Snapshot<'_>, token: &[u8; 32]) -> Result<Option<PersonId>, DbError> {
    Ok(s.optional::<(PersonId,)>(&FEED, params![token])?.map(|(person,)| person))
}

/// Posts that could take a duty at a place on `day`, at most 60: the post, its role, and its holder's name, which is
/// empty when the person is no longer registered.
pub(crate) fn takers(
    s: &mut Snapshot<'_>,
    place: &PlaceId,
    day: &Day,
) -> Result<Vec<(PostId, String, String)>, DbError> {
    s.all(&TAKERS, params![place, day, place.home()])
}

/// The name of a person, for whoever may see it.
pub(crate) fn name(s: &mut Snapshot<'_>, person: &PersonId) -> Result<Option<String>, DbError> {
    Ok(s.optional::<(String,)>(&NAME, params![person.home(), person])?.map(|(name,)| name))
}
