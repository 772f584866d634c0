//! Give a duty.

use std::str::FromStr;

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Instant, Kind, PersonId, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::State as PlaceState;
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;
use ui::{Locale, Words};
use work::clock::{Reckoner, Rule};

use super::{
    Duty, DutyId, Holder, PlanId, State, holder,
    store::{self, Extra, NewStep},
};
use crate::{
    matter::{self, MatterId},
    site,
};

/// A duty as somebody gives it.
#[derive(Debug, Clone, Deserialize, utoipa::ToSchema)]
pub struct GiveDuty {
    /// Where it is owed. With a matter, that of the matter counts.
    #[schema(value_type = String)]
    pub place: PlaceId,
    /// The matter it belongs to.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub matter: Option<MatterId>,
    /// What is owed: 1 to 80 characters.
    pub title: String,
    /// `answer`, or a word of letters and dashes of at most 24.
    #[serde(default = "task")]
    pub kind: String,
    /// The answer to the matter meets it, and nothing else.
    #[serde(default)]
    pub by_answer: bool,
    /// `post:`, `person:` or `org:` and the id.
    #[schema(value_type = String)]
    pub holder: Holder,
    /// How its time is counted: `workdays:5`, `days:3`, `days-to-workday:30`, `hours:24`, `on:2026-12-31`.
    pub rule: String,
    /// How often it may get more time, 0 to 5.
    #[serde(default = "one")]
    pub may_extend: u32,
    /// What the holder should know, at most 1,000 characters.
    #[serde(default)]
    pub words: String,
    /// A text the sender makes up for this one duty, at most 64 characters, so that sending twice gives once.
    #[serde(default)]
    pub once: String,
    /// The page where it is met, a path of this site; empty where that is the duty's own. Only areas set it.
    #[serde(skip)]
    pub page: String,
}

fn task() -> String {
    "task".to_owned()
}

fn one() -> u32 {
    1
}

/// The title of a duty that a rule gives: the word of its kind with the name of what it is about, of which the first 60
/// characters are kept. It is stored with the duty, so it is in the language of the place and not of a reader.
pub fn titled(kind: &str, of: &str) -> String {
    let of: String = of.chars().take(60).collect();
    Words::of(Locale::ZhHans).t_with(&format!("duty-title-{kind}"), &[("of", of.as_str().into())])
}

impl GiveDuty {
    /// A duty at a place with what is usual.
    pub fn new(place: PlaceId, holder: Holder, rule: &Rule) -> GiveDuty {
        GiveDuty {
            place,
            matter: None,
            title: String::new(),
            kind: task(),
            by_answer: false,
            holder,
            rule: rule.to_string(),
            may_extend: one(),
            words: String::new(),
            once: String::new(),
            page: String::new(),
        }
    }
}

/// A duty whose parts are checked.
pub(crate) struct Bound<'a> {
    pub place: &'a PlaceId,
    pub path: &'a str,
    pub input: &'a GiveDuty,
    pub rule: Rule,
    pub start: (Instant, Day),
    pub plan: Option<(&'a PlanId, &'a str)>,
    pub given_by: Option<PersonId>,
}

/// Gives a duty at a place or in a matter.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `place-closed`, `matter-not-found`, `matter-closed`, `matter-joined`,
/// `post-ended`, `not-allowed`; database faults.
pub fn give(tx: &mut Tx<'_>, cx: &mut Context, reckoner: &Reckoner<'_>, input: &GiveDuty) -> Result<Duty, Fault> {
    let (home, path) = whereabouts(tx, input)?;
    let permit = authorize(&cx.actor, Action::GiveDuty, &site::of(home, &path)?)?;
    bind(tx, cx, reckoner, &permit, input)
}

/// The same with a permit that is there already: for other areas whose verbs give duties.
///
/// # Errors
/// As [`give`], without those of rights.
pub fn bind(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    input: &GiveDuty,
) -> Result<Duty, Fault> {
    let rule = checked(input)?;
    let (_, path) = whereabouts(tx, input)?;
    let place = path.rsplit('/').next().unwrap_or_default();
    let place = place.parse().map_err(|_| DbError::Data(format!("path {path}")))?;
    let start = (cx.now, cx.day.clone());
    let given_by = cx.actor.person().cloned();
    let bound = Bound { place: &place, path: &path, input, rule, start, plan: None, given_by };
    give_bound(tx, cx, reckoner, permit, &bound)
}

pub(crate) fn give_bound(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    bound: &Bound<'_>,
) -> Result<Duty, Fault> {
    let (duty, once) = draft(cx, reckoner, permit, bound)?;
    if !bound.input.once.is_empty()
        && let Some(given) = store::once(tx, duty.home(), &once)?
    {
        return Ok(given);
    }
    holder::hold(tx, permit, &duty.holder, &cx.day)?;
    let extra = Extra { once: &once, period: bound.plan.map(|(_, period)| period) };
    match store::insert(tx, permit, &duty, &extra) {
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let due = duty.deadline.as_ref();
    let told = json!({
        "due": due.map(|d| d.day.as_str()), "duty": duty.id, "holder": duty.holder.kind(), "kind": duty.kind,
        "matter": duty.matter, "place": duty.place, "provisional": due.is_some_and(|d| d.provisional),
        "rule": duty.rule.to_string(),
    });
    let facts = json!({ "due": due.map(|d| d.day.as_str()), "holder": duty.holder });
    let (words, person) = (bound.input.words.trim(), bound.given_by.as_ref());
    let new = NewStep { duty: &duty.id, n: 0, kind: "given", words, person, facts: &facts };
    store::insert_step(tx, cx, permit, &new)?;
    if let Some(id) = &duty.matter {
        let step = matter::step::NewStep { kind: "duty", duty: Some(duty.id.clone()), ..Default::default() };
        matter::step::add(tx, cx, permit, id, &step)?;
        if !duty.by_answer {
            matter::store::wait(tx, permit, id, 1)?;
        }
    }
    let words = json!({ "title": duty.title, "words": bound.input.words, "holder": duty.holder });
    append(
        tx,
        cx,
        permit,
        &Draft { kind: "duty.given", subject: duty.id.as_str(), public: &told, private: Some(&words) },
    )?;
    Ok(duty)
}

/// The home and the path of where a duty is owed.
fn whereabouts(tx: &mut Tx<'_>, input: &GiveDuty) -> Result<(kernel::Home, String), Fault> {
    if let Some(id) = &input.matter {
        let matter = matter::queries::matter(tx, id)?;
        matter::rules::expect_open(&matter)?;
        return Ok((matter.home(), matter.path));
    }
    let place = places::queries::show(tx, &input.place)?;
    let place = place.ok_or_else(|| Refusal::new(Kind::NotFound, "place-not-found"))?;
    if place.state != PlaceState::Open {
        return Err(Refusal::new(Kind::Conflict, "place-closed").into());
    }
    Ok((place.home, place.path))
}

fn checked(input: &GiveDuty) -> Result<Rule, Refusal> {
    let mut shape = Shape::new();
    shape.line("title", &input.title, 80);
    shape.optional_prose("words", &input.words, 1_000);
    shape.optional_line("once", &input.once, 64);
    shape.number("may_extend", i64::from(input.may_extend), 0..=5);
    let is_word = input.kind.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    if !is_word || !(1..=24).contains(&input.kind.len()) {
        shape.error("kind", "unknown-choice");
    }
    let rule = Rule::from_str(input.rule.trim());
    if rule.is_err() {
        shape.error("rule", "not-a-rule");
    }
    let rule = shape.finish(rule)?;
    rule.map_err(|_| Refusal::invalid(Vec::new()))
}

fn draft(
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    bound: &Bound<'_>,
) -> Result<(Duty, String), Refusal> {
    let input = bound.input;
    let id: DutyId = cx.id(permit.home());
    let n_wanted = if let Rule::TimesAYear(times) = bound.rule { times } else { 1 };
    let mut duty = Duty {
        id,
        place: bound.place.clone(),
        path: bound.path.to_owned(),
        matter: input.matter.clone(),
        title: input.title.trim().to_owned(),
        kind: input.kind.clone(),
        by_answer: input.by_answer,
        holder: input.holder.clone(),
        given_by: bound.given_by.clone(),
        rule: bound.rule.clone(),
        start_at: bound.start.0,
        start_day: bound.start.1.clone(),
        extensions: Vec::new(),
        may_extend: input.may_extend,
        pauses: Vec::new(),
        deadline: None,
        state: State::Open,
        ended_at: None,
        ended_day: None,
        evidence: Vec::new(),
        plan: bound.plan.map(|(plan, _)| plan.clone()),
        n_wanted,
        n_done: 0,
        n_steps: 0,
        page: input.page.clone(),
    };
    duty.deadline = duty.reckon(reckoner);
    // a day that has gone by cannot be kept
    if duty.deadline.as_ref().is_some_and(|d| d.until < cx.now) && bound.plan.is_none() {
        return Err(Refusal::invalid(vec![kernel::FieldError::new("rule", "day-has-passed")]));
    }
    let once = match input.once.trim() {
        "" => duty.id.to_string(),
        once => once.to_owned(),
    };
    Ok((duty, once))
}
