//! Draft a poll.

use db::{DbError, Fault, Tx};
use kernel::{Context, FieldError, Kind, PlaceId, Refusal};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, authorize};
use serde_json::json;

use crate::{
    Poll, PollId, State,
    rules::{self, DraftPoll, Drafted},
    store,
};

/// Drafts a poll: nobody but the office sees it before its roll is frozen. The same `once` of the same person again
/// answers with the poll that is already there.
///
/// # Errors
/// Refusals `place-not-found`, `invalid-input`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn draft(tx: &mut Tx<'_>, cx: &mut Context, input: &DraftPoll) -> Result<Poll, Fault> {
    let none = || Refusal::new(Kind::NotFound, "place-not-found");
    let place: PlaceId = input.place.trim().parse().map_err(|_| none())?;
    let site = places::site(tx, &place)?.ok_or_else(none)?;
    let permit = authorize(&cx.actor, Action::Enrol, &site)?;
    let drafted = rules::drafted(input, &cx.day)?;
    let id: PollId = cx.id(permit.home());
    let once = match (input.once.trim(), cx.actor.person()) {
        ("", _) => id.to_string(),
        (once, _) if once.chars().count() > 64 => {
            return Err(Refusal::invalid(vec![FieldError::new("once", "too-long").with_limit(64)]).into());
        }
        // two people may make up the same text
        (once, Some(person)) => format!("{person}/{once}"),
        (once, None) => once.to_owned(),
    };
    if let Some(there) = store::once(tx, permit.home(), &once)? {
        return Ok(there);
    }
    let poll = filled(id, place, drafted);
    match store::insert(tx, cx, &permit, &poll, &once) {
        // the twin of a double tap was first
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    tell(tx, cx, &permit, ("poll.drafted", &poll))?;
    Ok(poll)
}

/// A draft with nothing behind it yet.
fn filled(id: PollId, place: PlaceId, drafted: Drafted) -> Poll {
    Poll {
        id,
        place,
        title: drafted.title,
        body: drafted.body,
        kind: drafted.kind,
        openness: drafted.openness,
        template: drafted.template,
        definition: drafted.definition,
        opens_day: drafted.opens_day,
        closes_day: drafted.closes_day,
        roll_days: drafted.roll_days,
        notice: None,
        source: None,
        state: State::Draft,
        seed: String::new(),
        voters: 0,
        weight: 0,
        present: None,
        closed_alone: false,
        closed_day: None,
        revision: 0,
    }
}

/// The entry of what a poll says: kind, openness, template and days are public, words are not.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (kind, poll): (&'static str, &Poll),
) -> Result<(), Fault> {
    let public = json!({
        "poll": poll.id, "place": poll.place, "kind": poll.kind, "openness": poll.openness, "template": poll.template,
        "opens": poll.opens_day.as_str(), "closes": poll.closes_day.as_str(),
    });
    let private = json!({
        "title": poll.title, "body": poll.body, "definition": poll.definition, "by": cx.actor.person(),
    });
    append(tx, cx, permit, &Draft { kind, subject: poll.id.as_str(), public: &public, private: Some(&private) })?;
    Ok(())
}
