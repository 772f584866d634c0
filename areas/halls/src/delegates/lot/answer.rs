//! Who was drawn accepts, and sits.

use db::{Fault, Snapshot, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::entry::{Draft, append};
use matters::duty::{self, State as DutyState, meet::Ending};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;

use super::{Answer, Lot, LotId, Offer, State, Volunteer, not_found, rules, store};
use crate::delegates::{
    hall::{self, Hall, Way, meanwhile},
    seat::{Delegate, fill},
};

/// Somebody who was asked, held until the transaction ends.
pub(super) struct Case {
    pub lot: Lot,
    pub hall: Hall,
    pub offer: Offer,
    pub one: Volunteer,
    pub permit: Permit,
}

/// Reads it with the right to answer: the person themselves, or community work at the hall's place.
pub(super) fn case(tx: &mut Tx<'_>, cx: &Context, (id, number): (&LotId, u32)) -> Result<Case, Fault> {
    let lot = store::held(tx, id)?.ok_or_else(not_found)?;
    let hall = hall::queries::hall(tx, &lot.hall)?;
    let one = store::numbered(tx, id, number)?;
    let site = hall::site(tx, &hall.place)?;
    let owner = one.as_ref().and_then(|one| one.person.as_ref()).filter(|_| cx.behalf.is_none());
    let permit = authorize(&cx.actor, Action::MeetDuty, Resource::at(&site).owned_by(owner))?;
    rules::expect(&lot, &[State::Drawn])?;
    let offer = store::offer(tx, id, number)?.ok_or_else(not_asked)?;
    Ok(Case { lot, hall, offer, one: one.ok_or_else(not_asked)?, permit })
}

pub(super) fn not_asked() -> Refusal {
    Refusal::new(Kind::NotFound, "offer-not-found")
}

/// The number under which somebody was asked.
///
/// # Errors
/// Refusals `offer-not-found`, `sign-in-first`; database faults.
pub fn number_of(s: &mut Snapshot<'_>, id: &LotId, person: Option<&PersonId>) -> Result<u32, Fault> {
    let person = person.ok_or_else(|| Refusal::new(Kind::Forbidden, "sign-in-first"))?;
    let one = store::mine(s, id, person)?;
    Ok(one.and_then(|one| one.number).ok_or_else(not_asked)?)
}

/// Accepts: the person sits from today, or from the first day of the term. `shows` says whether everybody reads their name.
/// Accepted before, it is answered as it is.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `offer-not-found`, `already-answered`, `seat-taken`, `changed-meanwhile`,
/// `not-allowed`; database faults.
pub fn accept(tx: &mut Tx<'_>, cx: &mut Context, (id, number): (&LotId, u32), shows: bool) -> Result<Offer, Fault> {
    let Case { lot, hall, offer, one, permit } = case(tx, cx, (id, number))?;
    if offer.answer == Answer::Accepted {
        return Ok(offer);
    }
    rules::may_answer(&offer, Answer::Accepted, &cx.day)?;
    let delegate = Delegate {
        id: cx.id(permit.home()),
        hall: hall.id.clone(),
        seat: offer.seat,
        way: Way::Lot,
        person: one.person.clone(),
        name: one.name.clone(),
        shows,
        source: String::new(),
        evidence: String::new(),
        lot: Some(lot.id.clone()),
        number: Some(number),
        from: cx.day.clone().max(hall.from.clone()),
        ended: None,
    };
    fill::seated(tx, cx, &permit, &delegate)?;
    let new = Offer {
        answer: Answer::Accepted,
        answered: Some(cx.day.clone()),
        delegate: Some(delegate.id.clone()),
        ..offer.clone()
    };
    kept(tx, cx, &permit, (&lot, &offer, &new), "")?;
    Ok(new)
}

/// Writes an answer with its entry, and ends the duty to give it.
pub(super) fn kept(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (lot, before, new): (&Lot, &Offer, &Offer),
    reason: &str,
) -> Result<(), Fault> {
    if !store::answer(tx, permit, (&lot.id, before.answer, new), reason)? {
        return Err(meanwhile().into());
    }
    if let Some(id) = before.duty.as_ref().filter(|_| before.answer == Answer::Asked) {
        let duty = duty::queries::duty(tx, id)?;
        // who stays silent does not meet it
        let state = (new.answer == Answer::Silent).then_some(DutyState::Cancelled);
        if duty.state.is_open() {
            duty::meet::end(tx, cx, permit, &duty, &Ending { state, words: "", evidence: &[] })?;
        }
    }
    let told = json!({ "lot": lot.id, "number": new.number, "answer": new.answer.as_str(), "seat": new.seat });
    let words = json!({ "by": cx.actor.person(), "reason": reason });
    let draft = Draft { kind: "lot.answered", subject: lot.id.as_str(), public: &told, private: Some(&words) };
    append(tx, cx, permit, &draft)?;
    Ok(())
}
