//! Appoint a person to a role at a place.

use db::{DbError, Fault, Tx};
use kernel::{Context, Day, Kind, PersonId, PlaceId, Refusal, Role, Shape};
use ledger::entry::{Draft, append};
use places::Place;
use rights::{Permit, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Appointment, PostId, rules, store};
use crate::find;

/// An appointment as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct Appoint {
    /// Who.
    #[serde(default)]
    pub person: String,
    /// One of the 18 roles, such as `worker`.
    #[serde(default)]
    pub role: String,
    /// The first day, `YYYY-MM-DD`, within a year of today.
    #[serde(default)]
    pub from: String,
    /// The last day, at most ten years after the first; empty means until further notice.
    #[serde(default)]
    pub until: String,
    /// Why, or by which decision; at most 200 characters. Kept out of the public log.
    #[serde(default)]
    pub reason: String,
}

struct Shaped {
    person: PersonId,
    role: Role,
    from: Day,
    until: Option<Day>,
    reason: String,
}

/// Appoints the person.
///
/// # Errors
/// Refusals `invalid-input`, `place-not-found`, `person-not-found`, `appoint-yourself`, `role-held-already` (the same
/// role of the same person there on one of these days), `not-allowed`; database faults.
pub fn appoint(tx: &mut Tx<'_>, cx: &mut Context, place: &PlaceId, input: &Appoint) -> Result<Appointment, Fault> {
    let shaped = shaped(cx, input)?;
    let place = find::open_place(tx, place)?;
    let permit = authorize(&cx.actor, rules::right(shaped.role), &place.site()?)?;
    rules::not_oneself(cx.actor.person(), &shaped.person)?;
    find::person(tx, &shaped.person)?;
    let Shaped { person, role, from, until, reason } = shaped;
    let post = Seat { person, role, from, until, stand_in_for: None };
    write(tx, cx, &permit, &place, (post, &reason))
}

fn shaped(cx: &Context, input: &Appoint) -> Result<Shaped, Refusal> {
    let mut shape = Shape::new();
    let reason = shape.optional_line("reason", &input.reason, 200);
    let (from, until) = rules::period(&mut shape, &cx.day, (&input.from, &input.until), true);
    let person = find::id_field(&mut shape, "person", &input.person);
    let role: Option<Role> = input.role.parse().ok();
    if role.is_none() {
        shape.error("role", "unknown-choice");
    }
    let (person, role) = shape.finish((person, role))?;
    let (Some(person), Some(role)) = (person, role) else { return Err(Refusal::invalid(Vec::new())) };
    Ok(Shaped { person, role, from, until, reason })
}

/// What a new post says, before it has an id and a term.
pub(super) struct Seat {
    pub person: PersonId,
    pub role: Role,
    pub from: Day,
    pub until: Option<Day>,
    pub stand_in_for: Option<PostId>,
}

/// Writes the post and its entry.
pub(super) fn write(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    place: &Place,
    (seat, reason): (Seat, &str),
) -> Result<Appointment, Fault> {
    let Seat { person, role, from, until, stand_in_for } = seat;
    let wanted = store::Wanted { person: &person, role, place: &place.id, from: &from, until: until.as_ref() };
    let (last, overlap) = store::terms(tx, permit.home(), &wanted)?;
    if let Some(since) = overlap {
        return Err(Refusal::new(Kind::Conflict, "role-held-already").with_text("since", since.as_str()).into());
    }
    let id: PostId = cx.id(permit.home());
    let (place_id, term) = (place.id.clone(), last + 1);
    let post =
        Appointment { id, person, role, place: place_id, term, from, until, stand_in_for, open_duties: 0, ended: None };
    let new = store::New { post: &post, path: &place.path, given_by: cx.actor.person(), given: &cx.day, reason };
    match store::insert(tx, permit, &new) {
        // somebody gave the same role to the same person at the same moment
        Err(DbError::Unique(_)) => return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into()),
        other => other?,
    }
    let kind = if post.stand_in_for.is_some() { "post.stand-in" } else { "post.appointed" };
    let public = json!({
        "post": post.id, "role": post.role.as_str(), "from": post.from.as_str(),
        "until": post.until.as_ref().map(Day::as_str), "stand_in_for": post.stand_in_for,
    });
    let private = json!({ "person": post.person, "by": cx.actor.person(), "reason": reason });
    let draft = Draft { kind, subject: place.id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, permit, &draft)?;
    Ok(post)
}
