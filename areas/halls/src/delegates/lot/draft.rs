//! Draft a lot, change it, open it for people, and write its quotas anew.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::{Value, json};
use sortition::Rule;

use super::{Announced, Frozen, Lot, LotId, MAX_SIZE, PANELS, State, not_found, quotas, rules, store};
use crate::delegates::hall::{self, Hall, HallId, change::hold as hold_hall, meanwhile};

/// A lot as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct DraftLot {
    /// 1 to 60 characters.
    pub title: String,
    /// Seats that it fills, 1 to 50 and not more than the hall has for the lot.
    pub size: String,
    /// `leximin`, `maximin` or `nash`.
    pub rule: String,
    /// Panels of the list: 100, 500 or 1,000.
    pub panels: String,
    /// The quotas, a category a line.
    pub quotas: String,
    /// At most one of an address.
    pub household: bool,
    /// The last day on which people put themselves forward, `YYYY-MM-DD`.
    pub enrol_until: String,
    /// Days in which who was drawn answers, 1 to 60.
    pub answer_days: String,
    /// A text the sender makes up for this one lot, at most 64 characters, so that sending twice drafts one.
    pub once: String,
}

/// Drafts a lot for the seats of a hall: community work at its place. The same `once` of the same person again answers
/// with the lot that is there.
///
/// # Errors
/// Refusals `invalid-input`, those of quotas, `hall-not-found`, `lot-seats`, `lot-runs`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn draft(tx: &mut Tx<'_>, cx: &mut Context, hall: &HallId, input: &DraftLot) -> Result<Lot, Fault> {
    let (hall, permit) = hold_hall(tx, cx, hall)?;
    let mut shape = Shape::new();
    let once = shape.optional_line("once", &input.once, 64);
    let lot = shaped(shape, cx, (&hall, None), input)?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => lot.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    if store::running(tx, &hall.id)? {
        return Err(Refusal::new(Kind::Conflict, "lot-runs").into());
    }
    match store::insert(tx, &permit, &lot, &once) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(meanwhile().into()),
        other => other?,
    }
    enter(tx, cx, &permit, ("lot.drafted", &lot, told(&lot)))?;
    Ok(lot)
}

/// Changes a draft.
///
/// # Errors
/// Refusals `invalid-input`, those of quotas, `lot-not-found`, `lot-wrong-state`, `lot-seats`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn change(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, input: &DraftLot) -> Result<Lot, Fault> {
    let (lot, hall, permit) = hold(tx, cx, id)?;
    rules::expect(&lot, &[State::Draft])?;
    let new = shaped(Shape::new(), cx, (&hall, Some(&lot)), input)?;
    if new == lot {
        return Ok(lot);
    }
    let told = told(&new);
    moved(tx, cx, &permit, (new, "lot.changed", told))
}

/// Opens a draft: people put themselves forward. Opened before, it is answered as it is.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `enrolment-over`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId) -> Result<Lot, Fault> {
    let (lot, _, permit) = hold(tx, cx, id)?;
    if lot.state == State::Open {
        return Ok(lot);
    }
    rules::expect(&lot, &[State::Draft])?;
    if cx.day > lot.enrol_until {
        return Err(Refusal::new(Kind::Conflict, "enrolment-over").with_text("until", lot.enrol_until.as_str()).into());
    }
    let told = told(&lot);
    moved(tx, cx, &permit, (Lot { state: State::Open, ..lot }, "lot.opened", told))
}

/// Writes the quotas anew before a list is out; once people have said their features, the bounds alone. The same again
/// changes nothing.
///
/// # Errors
/// Refusals of quotas, `lot-not-found`, `lot-wrong-state`, `quotas-features-fixed`, `changed-meanwhile`, `not-allowed`;
/// database faults.
pub fn set_quotas(tx: &mut Tx<'_>, cx: &mut Context, id: &LotId, typed: &str) -> Result<Lot, Fault> {
    let (lot, _, permit) = hold(tx, cx, id)?;
    let new = quotas::read(typed)?;
    rules::may_change_quotas(&lot, &new)?;
    if new == lot.quotas {
        return Ok(lot);
    }
    let new = Lot { quotas: new, ..lot };
    let told = told(&new);
    moved(tx, cx, &permit, (new, "lot.quotas-changed", told))
}

fn shaped(
    mut shape: Shape,
    cx: &mut Context,
    (hall, there): (&Hall, Option<&Lot>),
    input: &DraftLot,
) -> Result<Lot, Refusal> {
    let title = shape.line("title", &input.title, 60);
    let number = |text: &str| text.trim().parse::<i64>().unwrap_or(-1);
    let int = |n: i64| u32::try_from(n).unwrap_or_default();
    let size = int(shape.number("size", number(&input.size), 1..=i64::from(MAX_SIZE)));
    let answer_days = int(shape.number("answer_days", number(&input.answer_days), 1..=60));
    let rule = input.rule.trim().parse::<Rule>().ok();
    if rule.is_none() {
        shape.error("rule", "unknown-choice");
    }
    let panels = int(number(&input.panels));
    if !PANELS.contains(&panels) {
        shape.error("panels", "unknown-choice");
    }
    let until = Day::parse(input.enrol_until.trim());
    if until.is_none() {
        shape.error("enrol_until", if input.enrol_until.trim().is_empty() { "required" } else { "not-a-date" });
    }
    if input.quotas.trim().is_empty() {
        shape.error("quotas", "required");
    }
    shape.finish(())?;
    let quotas = quotas::read(&input.quotas)?;
    if size > hall.drawn {
        return Err(Refusal::new(Kind::Conflict, "lot-seats").with_int("seats", hall.drawn.into()));
    }
    Ok(Lot {
        id: there.map_or_else(|| cx.id(hall.id.home()), |lot| lot.id.clone()),
        hall: hall.id.clone(),
        title,
        state: State::Draft,
        size,
        rule: rule.unwrap_or_default(),
        panels,
        quotas,
        household: input.household,
        enrol_until: until.unwrap_or_else(|| cx.day.clone()),
        answer_days,
        frozen: None,
        early: String::new(),
        pool: Frozen::default(),
        digest: String::new(),
        found: None,
        announced: Announced::default(),
        published: None,
        seed: String::new(),
        seed_by: None,
        number: None,
        drawn: None,
        verdict: None,
        revision: there.map_or(0, |lot| lot.revision),
        made_by: there.map_or_else(|| cx.actor.person().cloned(), |lot| lot.made_by.clone()),
        made_day: there.map_or_else(|| cx.day.clone(), |lot| lot.made_day.clone()),
    })
}

/// What is public of a lot's terms. The quotas are told by their digest: their words are an officer's.
fn told(lot: &Lot) -> Value {
    let quotas = ledger::tree::Hash::of(quotas::text(&lot.quotas).as_bytes());
    json!({
        "lot": lot.id, "hall": lot.hall, "size": lot.size, "rule": lot.rule.to_string(), "panels": lot.panels,
        "household": lot.household, "until": lot.enrol_until.as_str(), "quotas": quotas.to_string(),
    })
}

/// A lot that is held until the transaction ends, its hall, and the right of community work at its place.
pub(super) fn hold(tx: &mut Tx<'_>, cx: &Context, id: &LotId) -> Result<(Lot, Hall, Permit), Fault> {
    hold_for(tx, cx, id, Action::MoveMatter)
}

/// The same with another right.
pub(super) fn hold_for(tx: &mut Tx<'_>, cx: &Context, id: &LotId, act: Action) -> Result<(Lot, Hall, Permit), Fault> {
    let lot = store::held(tx, id)?.ok_or_else(not_found)?;
    let hall = hall::queries::hall(tx, &lot.hall)?;
    let permit = authorize(&cx.actor, act, &hall::site(tx, &hall.place)?)?;
    Ok((lot, hall, permit))
}

/// Writes what a verb made of a lot, with its entry.
pub(super) fn moved(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (new, kind, told): (Lot, &'static str, Value),
) -> Result<Lot, Fault> {
    let new = store::write(tx, permit, &new)?.ok_or_else(meanwhile)?;
    enter(tx, cx, permit, (kind, &new, told))?;
    Ok(new)
}

pub(super) fn enter(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, lot, told): (&'static str, &Lot, Value),
) -> Result<(), Fault> {
    let words = json!({ "by": cx.actor.person() });
    append(tx, cx, permit, &Draft { kind, subject: lot.id.as_str(), public: &told, private: Some(&words) })?;
    Ok(())
}
