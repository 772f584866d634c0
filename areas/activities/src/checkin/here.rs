//! Check in by oneself with the code of the room, and out again.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use matters::attendance::Way;
use rights::{Action, Resource, authorize};
use serde::Deserialize;

use super::{Check, leave, room, rules, store, take};
use crate::{
    ActivityId,
    activity::{queries, store as activities},
    signup,
};

/// What a page says that was made for somebody who scanned a good code.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Here {
    /// When the code was scanned, in minutes since 1970.
    pub slot: i64,
    /// What the page was given for it.
    pub ticket: String,
    /// `out` checks out; anything else checks in.
    pub way: String,
}

/// The ticket for somebody who scanned a code: the slot, and what shows it.
///
/// # Errors
/// Refusals `activity-not-found`, `room-code-stale`; database faults.
pub fn scan(
    s: &mut db::Snapshot<'_>,
    cx: &Context,
    (id, person): (&ActivityId, &PersonId),
    given: &str,
) -> Result<(i64, String), Fault> {
    let secret = activities::secret(s, id)?.ok_or_else(queries::not_found)?;
    if !room::is_good(&secret, id, given, cx.now) {
        return Err(stale().into());
    }
    let slot = room::slot(cx.now);
    Ok((slot, room::ticket(&secret, id, person, slot)))
}

fn stale() -> Refusal {
    Refusal::new(Kind::Conflict, "room-code-stale")
}

/// Checks oneself in, or out. Tells the check-in and whether anything is new.
///
/// # Errors
/// Refusals `room-code-stale`, `not-checked-in`, `hours-do-not-count`, `activity-not-found`, `activity-cancelled`,
/// `changed-meanwhile`, `sign-in-first`; database faults.
pub fn here(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Here) -> Result<(Check, bool), Fault> {
    let activity = activities::held(tx, id)?.ok_or_else(queries::not_found)?;
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let permit = authorize(&cx.actor, Action::KeepOwnAccount, Resource::of(id.home()).owned_by(cx.actor.person()))?;
    let secret = activities::secret(tx, id)?.ok_or_else(queries::not_found)?;
    if !room::admits(&secret, id, (&person, input.slot, &input.ticket), cx.now) {
        return Err(stale().into());
    }
    let who = format!("p:{person}");
    if input.way == "out" {
        let check = store::by_who(tx, id, &who)?.ok_or_else(|| Refusal::new(Kind::NotFound, "not-checked-in"))?;
        return leave::out(tx, cx, &permit, (&activity, check));
    }
    let signup = signup::queries::of_person(tx, id, &person)?;
    let name = match &signup {
        Some(signup) => signup.name.clone(),
        None => people::account::queries::shown_name(tx, &person)?,
    };
    let told = rules::told(None, None, cx.now);
    let signup = signup.map(|s| s.id);
    let one = take::Coming { who, person: Some(person), signup, name, way: Way::Qr, told, beyond: false };
    let site = queries::site(tx, &activity)?;
    let mut done = take::keep(tx, cx, &permit, (&activity, &site), vec![one])?;
    Ok(done.pop().ok_or_else(|| Refusal::new(Kind::Conflict, "changed-meanwhile"))?)
}
