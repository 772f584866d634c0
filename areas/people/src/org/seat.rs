//! Give a person a seat of an organisation.

use db::{Fault, Snapshot, Tx};
use kernel::{Actor, Context, Day, Kind, OrgId, PersonId, Refusal, Shape};
use ledger::entry::{Draft, append};
use places::Place;
use rights::{Action, Permit, Resource, authorize};
use serde::Deserialize;
use serde_json::json;

use super::{Org, Seat, SeatId, queries, rules, store};
use crate::{find, post};

/// A seat as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
pub struct GiveSeat {
    /// Who.
    #[serde(default)]
    pub person: String,
    /// As what, 1 to 30 characters, such as 主任.
    #[serde(default)]
    pub title: String,
    /// `on` for the leading seat, of which there is one at a time.
    #[serde(default)]
    pub leads: String,
    /// The first day, `YYYY-MM-DD`, within a year of today.
    #[serde(default)]
    pub from: String,
    /// The last day, at most ten years after the first; empty means until further notice.
    #[serde(default)]
    pub until: String,
}

struct Shaped {
    person: PersonId,
    title: String,
    leads: bool,
    from: Day,
    until: Option<Day>,
}

/// Seats the person. Whoever keeps the organisations fills every seat; who holds the leading seat fills the others.
///
/// # Errors
/// Refusals `invalid-input`, `org-not-found`, `org-closed`, `person-not-found`, `appoint-yourself`,
/// `seat-held-already`, `lead-taken`, `too-many-seats`, `changed-meanwhile`, `not-allowed`; database faults.
pub fn seat(tx: &mut Tx<'_>, cx: &mut Context, org: &OrgId, input: &GiveSeat) -> Result<Seat, Fault> {
    let Shaped { person, title, leads, from, until } = shaped(cx, input)?;
    let org = queries::org(tx, org)?;
    let place = find::place(tx, &org.place)?;
    let permit = permitted(tx, cx, (&org, &place), leads)?;
    rules::is_open(&org)?;
    post::rules::not_oneself(cx.actor.person(), &person)?;
    find::person(tx, &person)?;
    let overlapping = store::overlapping(tx, &org.id, &from, until.as_ref())?;
    rules::may_seat(&overlapping, &person, leads)?;
    if !store::turn(tx, &permit, &org)? {
        return Err(Refusal::new(Kind::Conflict, "changed-meanwhile").into());
    }
    let id: SeatId = cx.id(permit.home());
    let seat = Seat { id, person, title, leads, from, until, ended: None };
    let by = store::By { person: cx.actor.person(), day: &cx.day };
    store::insert_seat(tx, &permit, &org.id, &seat, &by)?;
    let public = json!({
        "org": org.id, "seat": seat.id, "leads": leads, "from": seat.from.as_str(),
        "until": seat.until.as_ref().map(Day::as_str),
    });
    let private = json!({ "person": seat.person, "title": seat.title, "by": cx.actor.person() });
    let subject = org.id.as_str();
    append(tx, cx, &permit, &Draft { kind: "seat.given", subject, public: &public, private: Some(&private) })?;
    Ok(seat)
}

fn shaped(cx: &Context, input: &GiveSeat) -> Result<Shaped, Refusal> {
    let mut shape = Shape::new();
    let title = shape.line("title", &input.title, 30);
    let (from, until) = post::rules::period(&mut shape, &cx.day, (&input.from, &input.until), true);
    let person = find::id_field(&mut shape, "person", &input.person);
    let leads = matches!(input.leads.trim(), "on" | "true");
    let Some(person) = shape.finish(person)? else { return Err(Refusal::invalid(Vec::new())) };
    Ok(Shaped { person, title, leads, from, until })
}

/// The leading seat itself is given by who keeps the organisations. The policies know its holder as the owner of the
/// other seats.
pub(super) fn permitted(
    s: &mut Snapshot<'_>,
    cx: &Context,
    (org, place): (&Org, &Place),
    leads: bool,
) -> Result<Permit, Fault> {
    let site = place.site()?;
    if leads {
        return Ok(authorize(&cx.actor, Action::KeepOrganisations, &site)?);
    }
    let lead = match &cx.actor {
        Actor::Person(_) => store::overlapping(s, &org.id, &cx.day, Some(&cx.day))?.into_iter().find(|seat| seat.leads),
        _ => None,
    };
    let on = Resource::at(&site).owned_by(lead.as_ref().map(|seat| &seat.person));
    Ok(authorize(&cx.actor, Action::FillSeats, on)?)
}
