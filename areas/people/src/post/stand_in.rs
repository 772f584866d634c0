//! Let somebody stand in for the holder of a post during a leave.

use db::{Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use rights::authorize;
use serde::Deserialize;

use super::{Appointment, PostId, appoint, queries, rules};
use crate::find;

/// A leave and who stands in, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct StandIn {
    /// Who stands in.
    #[serde(default)]
    pub person: String,
    /// The first day of the leave, `YYYY-MM-DD`.
    #[serde(default)]
    pub from: String,
    /// The last day, within the days of the post.
    #[serde(default)]
    pub until: String,
    /// At most 200 characters. Kept out of the public log.
    #[serde(default)]
    pub reason: String,
}

/// Gives the other person the same role for these days. Duties stay with the post itself; the stand-in may meet them.
/// It is over by itself on the day after its last.
///
/// # Errors
/// Refusals `invalid-input`, `post-not-found`, `person-not-found`, `post-ended`, `stand-in-for-stand-in`,
/// `stand-in-holder`, `stand-in-outside`, `appoint-yourself`, `role-held-already`, `not-allowed`; database faults.
pub fn stand_in(tx: &mut Tx<'_>, cx: &mut Context, post: &PostId, input: &StandIn) -> Result<Appointment, Fault> {
    let mut shape = Shape::new();
    let reason = shape.optional_line("reason", &input.reason, 200);
    let (from, until) = rules::period(&mut shape, &cx.day, (&input.from, &input.until), false);
    let person = find::id_field(&mut shape, "person", &input.person);
    let (person, until) = shape.finish((person, until))?;
    let (Some(person), Some(until)) = (person, until) else { return Err(Refusal::invalid(Vec::new()).into()) };
    let held = queries::post(tx, post)?;
    let place = find::open_place(tx, &held.place)?;
    let permit = authorize(&cx.actor, rules::right(held.role), &place.site()?)?;
    rules::not_oneself(cx.actor.person(), &person)?;
    rules::may_stand_in(&held, &person, (&from, &until), &cx.day)?;
    find::person(tx, &person)?;
    let seat = appoint::Seat { person, role: held.role, from, until: Some(until), stand_in_for: Some(held.id.clone()) };
    if !super::store::hold(tx, &permit, &held.id)? {
        return Err(Refusal::new(Kind::Conflict, "post-ended").into());
    }
    appoint::write(tx, cx, &permit, &place, (seat, &reason))
}
