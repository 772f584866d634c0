//! Units: added, reported as they go, accepted by somebody else.

use std::collections::BTreeSet;

use db::{Fault, Tx};
use kernel::{Context, FieldError, Kind, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;
use work::files::{self, FileId};

use super::{MAX_UNITS, State, Step, Unit, Work, WorkId, WorkKind, not_found, open::hold, queries, rules, site, store};
use crate::typed;

/// Photos of a step at most.
pub const MAX_PHOTOS: usize = 4;

/// Units as somebody typed them.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AddUnits {
    /// What is done to them: `replace`, `overhaul`, `repair` or `build`.
    pub kind: String,
    /// Their names, a line each: 1 to 200 lines of at most 40 characters.
    pub labels: String,
}

/// Adds units, until the work is settled. Those whose name and kind are there already are not added again.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `work-settled`, `too-many-units`, `not-allowed`; database faults.
pub fn add(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &AddUnits) -> Result<Vec<Unit>, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let (kind, labels) = labels(input)?;
    rules::open(&work)?;
    let there = queries::units(tx, id)?;
    let mut new = Vec::new();
    for label in labels {
        match there.iter().find(|unit| unit.label == label) {
            Some(unit) if unit.kind != kind => {
                let args = vec![("unit", kernel::Arg::Text(label))];
                return Err(Refusal::invalid(vec![FieldError { field: "labels", code: "unit-there", args }]).into());
            }
            Some(_) => {}
            None => {
                let number = work.units + 1 + u32::try_from(new.len()).unwrap_or(u32::MAX);
                new.push(Unit { number, label, kind, state: State::Planned });
            }
        }
    }
    if new.last().is_some_and(|last| last.number > MAX_UNITS) {
        let limit = i64::from(MAX_UNITS);
        return Err(Refusal::new(Kind::LimitReached, "too-many-units").with_int("limit", limit).into());
    }
    if new.is_empty() {
        return Ok(there);
    }
    store::insert_units(tx, &permit, &work, &new)?;
    let told = json!({ "work": id, "kind": kind, "units": new.len() });
    let words = json!({ "labels": new.iter().map(|unit| &unit.label).collect::<Vec<_>>(), "by": cx.actor.person() });
    let entry = Draft { kind: "work.units-added", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    restate(tx, &permit, &work)
}

/// The work stands where its units stand.
fn restate(tx: &mut Tx<'_>, permit: &Permit, work: &Work) -> Result<Vec<Unit>, Fault> {
    let units = queries::units(tx, &work.id)?;
    let state = rules::state_of(&units.iter().map(|unit| unit.state).collect::<Vec<_>>());
    if state != work.state {
        store::set_state(tx, permit, &work.id, state)?;
    }
    Ok(units)
}

fn labels(input: &AddUnits) -> Result<(WorkKind, Vec<String>), Refusal> {
    let mut shape = Shape::new();
    let kind = input.kind.trim().parse::<WorkKind>();
    if kind.is_err() {
        shape.error("kind", if input.kind.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let text = shape.prose("labels", &input.labels, 10_000);
    let mut labels: Vec<String> = text.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()).collect();
    let mut seen = BTreeSet::new();
    labels.retain(|label| seen.insert(label.clone()));
    if labels.len() > 200 {
        shape.error("labels", "labels-too-many");
    } else if labels.iter().any(|label| label.chars().count() > 40) {
        shape.error("labels", "label-too-long");
    }
    let labels = shape.finish(labels)?;
    Ok((kind.unwrap_or(WorkKind::Replace), labels))
}

/// How a unit goes, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct ReportUnit {
    /// `started` or `done`.
    pub to: String,
    /// The day it came to that, `YYYY-MM-DD`; empty is today.
    pub day: String,
    /// At most 300 characters.
    pub words: String,
    /// Ids of photos that the same person added before and that belong to nothing yet, at most [`MAX_PHOTOS`].
    pub files: Vec<String>,
}

/// Says that a unit was begun or is done: community work at its place. What was reported before is answered as it is.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `unit-not-found`, `work-settled`, `work-without-contractor`, `unit-order`,
/// `file-not-found`, `file-in-use`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn report(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (id, number): (&WorkId, u32),
    input: &ReportUnit,
) -> Result<Vec<Unit>, Fault> {
    let (work, permit) = hold(tx, cx, id)?;
    let units = queries::units(tx, id)?;
    let unit = units.iter().find(|unit| unit.number == number);
    let unit = unit.ok_or_else(|| Refusal::new(Kind::NotFound, "unit-not-found"))?.clone();
    let mut shape = Shape::new();
    let to = match input.to.trim() {
        "started" => State::Started,
        "done" => State::Done,
        other => {
            shape.error("to", if other.is_empty() { "required" } else { "unknown-choice" });
            State::Started
        }
    };
    let day =
        if input.day.trim().is_empty() { cx.day.clone() } else { typed::day(&mut shape, "day", &input.day, &cx.day) };
    let words = shape.optional_line("words", &input.words, 300);
    let photos = photos(&mut shape, &input.files);
    let words = shape.finish(words)?;
    if photos.len() > MAX_PHOTOS {
        let limit = i64::try_from(MAX_PHOTOS).unwrap_or(0);
        return Err(Refusal::new(Kind::Invalid, "too-many-files").with_int("limit", limit).into());
    }
    if unit.state >= to {
        return Ok(units);
    }
    let last = queries::steps(tx, id)?.into_iter().rfind(|step| step.unit == number).map(|step| step.day);
    rules::may_report(&work, &unit, to, (&day, last.as_ref(), &cx.day))?;
    for photo in &photos {
        files::attach(tx, cx, &permit, photo, id.as_str())?;
    }
    let step = Step { unit: number, state: to, day, by: cx.actor.person().cloned(), words, photos };
    if !store::step(tx, &permit, id, (unit.state, &step))? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let told = json!({
        "work": id, "unit": number, "kind": unit.kind, "to": to, "on": step.day.as_str(), "photos": step.photos.len(),
    });
    let words = json!({ "label": unit.label, "words": step.words, "photos": step.photos, "by": step.by });
    let entry = Draft { kind: "work.reported", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    restate(tx, &permit, &work)
}

fn photos(shape: &mut Shape, ids: &[String]) -> Vec<FileId> {
    let mut photos = Vec::new();
    for id in ids.iter().filter(|id| !id.trim().is_empty()) {
        match id.trim().parse() {
            Ok(id) => photos.push(id),
            Err(_) => shape.error("files", "unknown-choice"),
        }
    }
    photos.dedup();
    photos
}

/// An acceptance as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct AcceptUnits {
    /// Numbers of units; empty is all that are done.
    pub units: Vec<u32>,
    /// What is still open, at most 300 characters: shown with the units until it is mended.
    pub open: String,
}

/// Accepts units that are done: who may approve there, and did not report them done. What was accepted before stays.
///
/// # Errors
/// Refusals `invalid-input`, `work-not-found`, `unit-not-found`, `work-settled`, `unit-order` for one that is not done,
/// `nothing-to-accept`, `second-person-needed`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn accept(tx: &mut Tx<'_>, cx: &mut Context, id: &WorkId, input: &AcceptUnits) -> Result<Vec<Unit>, Fault> {
    let work = store::held(tx, id)?.ok_or_else(not_found)?;
    let site = site(tx, &work.place)?;
    let permit = authorize(&cx.actor, Action::Approve, Resource::at(&site))?;
    rules::open(&work)?;
    let mut shape = Shape::new();
    let words = shape.optional_line("open", &input.open, 300);
    let words = shape.finish(words)?;
    let units = queries::units(tx, id)?;
    let chosen = due(&units, &input.units)?;
    let steps = queries::steps(tx, id)?;
    for unit in &chosen {
        let done = steps.iter().find(|step| step.unit == unit.number && step.state == State::Done);
        let maker = done.and_then(|step| step.by.as_ref());
        if cx.actor.person().is_some() && cx.actor.person() == maker {
            return Err(Refusal::new(Kind::Conflict, "second-person-needed").into());
        }
        authorize(&cx.actor, Action::Approve, Resource::at(&site).made_by(maker))?;
        let by = cx.actor.person().cloned();
        let (unit, day, words) = (unit.number, cx.day.clone(), words.clone());
        let step = Step { unit, state: State::Accepted, day, by, words, photos: Vec::new() };
        if !store::step(tx, &permit, id, (State::Done, &step))? {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
    }
    if chosen.is_empty() {
        return Ok(units);
    }
    let numbers: Vec<u32> = chosen.iter().map(|unit| unit.number).collect();
    let told = json!({ "work": id, "units": numbers, "open": !words.is_empty() });
    let words = json!({ "open": words, "by": cx.actor.person() });
    let entry = Draft { kind: "work.accepted", subject: id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    restate(tx, &permit, &work)
}

/// The units to accept: those that are named and not accepted yet, or all that are done.
fn due(units: &[Unit], named: &[u32]) -> Result<Vec<Unit>, Refusal> {
    if named.is_empty() {
        let done: Vec<Unit> = units.iter().filter(|unit| unit.state == State::Done).cloned().collect();
        let all = !units.is_empty() && units.iter().all(|unit| unit.state == State::Accepted);
        return if done.is_empty() && !all { Err(Refusal::new(Kind::Conflict, "nothing-to-accept")) } else { Ok(done) };
    }
    let numbers: BTreeSet<u32> = named.iter().copied().collect();
    let mut chosen = Vec::new();
    for number in numbers {
        let unit = units.iter().find(|unit| unit.number == number);
        let unit = unit.ok_or_else(|| Refusal::new(Kind::NotFound, "unit-not-found"))?;
        match unit.state {
            State::Accepted => {}
            State::Done => chosen.push(unit.clone()),
            _ => return Err(Refusal::new(Kind::Conflict, "unit-order").with_text("unit", unit.label.clone())),
        }
    }
    Ok(chosen)
}
