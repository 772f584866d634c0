//! Sign up: oneself, or somebody at the desk.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{SignUp, State, rules, store};
use crate::{
    Activity, ActivityId,
    activity::{queries, store as activities},
    checkin,
};

/// How many come, as somebody typed it.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Join {
    /// Oneself included, 1 to 20 and no more than fit in.
    pub heads: u32,
}

/// A sign-up that is typed at the desk.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct Enter {
    /// The name of the person or household: 1 to 30 characters.
    pub name: String,
    /// How many come, 1 to 20 and no more than fit in.
    pub heads: u32,
    /// A text the sender makes up for this one sign-up, at most 40 characters, so that sending twice signs up once.
    pub once: String,
}

/// Who wants to come.
pub(super) struct Wants {
    pub person: Option<PersonId>,
    pub name: String,
    pub heads: u32,
    pub source: &'static str,
    /// What makes it the same sign-up.
    pub who: String,
}

/// Signs oneself up; who has signed up already stays as they are.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `sign-up-over`, `too-many-sign-ups`,
/// `sign-in-first`; database faults.
pub fn join(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Join) -> Result<SignUp, Fault> {
    let activity = activities::held(tx, id)?.ok_or_else(queries::not_found)?;
    let (permit, person) = own(cx, id)?;
    let mut shape = Shape::new();
    shape.number("heads", i64::from(input.heads), 1..=i64::from(rules::most_heads(&activity)));
    shape.finish(())?;
    let name = people::account::queries::shown_name(tx, &person)?;
    let who = format!("p:{person}");
    let wants = Wants { person: Some(person), name, heads: input.heads, source: "web", who };
    let (row, is_new) = take(tx, cx, &permit, &activity, wants)?;
    if is_new {
        tell(tx, cx, &permit, id, &row)?;
    }
    Ok(row)
}

/// The right to one's own sign-up, and whose it is.
pub(super) fn own(cx: &Context, id: &ActivityId) -> Result<(Permit, PersonId), Fault> {
    let person = cx.author().cloned().ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let resource = Resource::of(id.home()).owned_by(cx.actor.person());
    Ok((authorize(&cx.actor, Action::KeepOwnAccount, resource)?, person))
}

/// Signs somebody up at the desk.
///
/// # Errors
/// Refusals `invalid-input`, `activity-not-found`, `activity-cancelled`, `sign-up-over`, `too-many-sign-ups`,
/// `not-allowed`; database faults.
pub fn enter(tx: &mut Tx<'_>, cx: &mut Context, id: &ActivityId, input: &Enter) -> Result<SignUp, Fault> {
    let (activity, _, permit) = checkin::take::permit(tx, cx, id)?;
    let mut shape = Shape::new();
    let name = shape.line("name", &input.name, rules::MAX_NAME);
    shape.number("heads", i64::from(input.heads), 1..=i64::from(rules::most_heads(&activity)));
    let once = shape.optional_line("once", &input.once, 40);
    let (name, once) = shape.finish((name, once))?;
    let who = if once.is_empty() { format!("d:{:032x}", cx.chance.bits128()) } else { format!("d:{once}") };
    let wants = Wants { person: None, name, heads: input.heads, source: "counter", who };
    let (row, is_new) = take(tx, cx, &permit, &activity, wants)?;
    if is_new {
        tell(tx, cx, &permit, id, &row)?;
    }
    Ok(row)
}

/// Gives a place, or one in the line; the same again is the sign-up that is there, and who stepped back comes again as the
/// last one. The caller holds the activity. Tells whether it is new.
pub(super) fn take(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    activity: &Activity,
    wants: Wants,
) -> Result<(SignUp, bool), Fault> {
    let there = store::by_who(tx, &activity.id, &wants.who)?;
    if let Some(there) = there.as_ref().filter(|row| row.state != State::Out || wants.person.is_none()) {
        return Ok((there.clone(), false));
    }
    rules::may_sign_up(activity, store::numbers(tx, &activity.id)?, cx.now)?;
    let state = if store::count_in(tx, permit, &activity.id, wants.heads)? {
        State::In
    } else if store::count_waiting(tx, permit, &activity.id)? {
        State::Waiting
    } else {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    };
    let number = store::numbers(tx, &activity.id)?;
    let id = there.as_ref().map_or_else(|| cx.id(permit.home()), |row| row.id.clone());
    let Wants { person, name, heads, source, who } = wants;
    let row = SignUp { id, number, person, name, heads, state, source: source.to_owned(), made_at: cx.now };
    match there {
        Some(_) if !store::again(tx, permit, &activity.id, &row)? => {
            return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
        }
        Some(_) => {}
        None => store::insert(tx, permit, &activity.id, &row, (&who, cx))?,
    }
    Ok((row, true))
}

fn tell(tx: &mut Tx<'_>, cx: &mut Context, permit: &Permit, id: &ActivityId, row: &SignUp) -> Result<(), Fault> {
    let public = json!({ "activity": id, "number": row.number, "heads": row.heads, "state": row.state });
    let private = json!({ "sign_up": row.id, "person": row.person, "name": row.name, "by": cx.actor.person() });
    let draft = Draft { kind: "activity.signed-up", subject: id.as_str(), public: &public, private: Some(&private) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}
