//! Enter a work.

use db::{DbError, Fault, Tx};
use kernel::{Context, Kind, PlaceId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{State, Work, WorkId, WorkKind, not_found, site, store};
use crate::typed;

/// A work as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct OpenWork {
    /// The id of the place.
    pub place: String,
    /// `replace`, `overhaul`, `repair` or `build`.
    pub kind: String,
    /// 1 to 80 characters.
    pub title: String,
    /// At most 2,000 characters, without names of residents.
    pub about: String,
    /// The decision it follows, in words: at most 300 characters.
    pub decision: String,
    /// The number of the matter that was decided in; may be empty.
    pub matter: String,
    /// The id of the verdict of the decision; may be empty.
    pub verdict: String,
    /// From when, `YYYY-MM-DD`.
    pub from: String,
    /// Until when, not before that.
    pub until: String,
    /// A text the sender makes up for this one work, at most 64 characters, so that sending twice enters one.
    pub once: String,
}

/// Enters a work: community work at its place. The same `once` of the same person again answers with the work that is there.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn open(tx: &mut Tx<'_>, cx: &mut Context, input: &OpenWork) -> Result<Work, Fault> {
    let place: PlaceId = input.place.trim().parse().map_err(|_| Refusal::new(Kind::NotFound, "place-not-found"))?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &place)?)?;
    let (work, once) = draft(tx, cx, &permit, (place, input))?;
    let once = match (once.as_str(), cx.actor.person()) {
        ("", _) => work.id.to_string(),
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    match store::insert(tx, cx, &permit, (&work, &once)) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let told = json!({
        "work": work.id, "place": work.place, "kind": work.kind, "from": work.from.as_str(),
        "until": work.until.as_str(), "matter": work.matter, "verdict": work.verdict,
    });
    let words = json!({
        "title": work.title, "about": work.about, "decision": work.decision, "by": cx.actor.person(),
    });
    let entry = Draft { kind: "work.opened", subject: work.id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, &permit, &entry)?;
    Ok(work)
}

fn draft(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (place, input): (PlaceId, &OpenWork),
) -> Result<(Work, String), Fault> {
    let mut shape = Shape::new();
    let kind = input.kind.trim().parse::<WorkKind>();
    if kind.is_err() {
        shape.error("kind", if input.kind.trim().is_empty() { "required" } else { "unknown-choice" });
    }
    let matter = match input.matter.trim() {
        "" => None,
        number => {
            let number: String = number.chars().take(40).collect();
            let found = matters::matter::queries::by_number(tx, permit.home(), &number)?;
            if found.is_none() {
                shape.error("matter", "matter-unknown");
            }
            found
        }
    };
    let verdict = match input.verdict.trim() {
        "" => None,
        id => {
            let found = match id.parse() {
                Ok(id) => match matters::verdict::queries::verdict(tx, &id) {
                    Ok(found) => Some(found.id),
                    Err(Fault::Refused(_)) => None,
                    Err(fault) => return Err(fault),
                },
                Err(_) => None,
            };
            if found.is_none() {
                shape.error("verdict", "verdict-unknown");
            }
            found
        }
    };
    let from = typed::day(&mut shape, "from", &input.from, &cx.day);
    let until = typed::day(&mut shape, "until", &input.until, &cx.day);
    if until < from {
        shape.error("until", "until-before-from");
    }
    let work = Work {
        id: cx.id(permit.home()),
        place,
        kind: kind.unwrap_or(WorkKind::Replace),
        title: shape.line("title", &input.title, 80),
        about: shape.optional_prose("about", &input.about, 2_000),
        decision: shape.optional_line("decision", &input.decision, 300),
        matter,
        verdict,
        from,
        until,
        state: State::Planned,
        quotes: 0,
        units: 0,
        rolls: 0,
        chosen: None,
        chosen_reason: String::new(),
        chosen_by: None,
        final_sum: None,
        settled_reason: String::new(),
        settled_day: None,
        made_day: cx.day.clone(),
    };
    let once = shape.optional_line("once", &input.once, 64);
    Ok(shape.finish((work, once))?)
}

/// A work that is held until the transaction ends, with the right of community work at its place.
pub(super) fn hold(tx: &mut Tx<'_>, cx: &Context, id: &WorkId) -> Result<(Work, Permit), Fault> {
    let work = store::held(tx, id)?.ok_or_else(not_found)?;
    let permit = authorize(&cx.actor, Action::MoveMatter, &site(tx, &work.place)?)?;
    Ok((work, permit))
}
