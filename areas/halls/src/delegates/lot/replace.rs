//! Somebody declines, stays silent or leaves: the next in the order that list and seed give comes in their place.
//!
//! The rule (`sortition::withdraw`): everybody who was not drawn stands in the order of the SHA-256 of
//! `DIGEST/SEED/reserve/NUMBER`, lowest first; the first with whom every quota and the rule of households still hold is
//! asked. Where there is nobody, the seat stays empty.

use db::{Db, Fault, Tx};
use kernel::{Context, Kind, Refusal, Shape};
use ledger::tree::Hash;
use matters::verdict::{Explained, NewVerdict, record};
use serde::Deserialize;
use serde_json::json;

use super::{
    Answer, LotId, Offer, RULE_SET, Volunteer, answer,
    confirm::{Asked, ask, tell},
    key,
    method::{self, Facts},
    queries, rules, store,
};
use crate::delegates::{
    hall::{self, Hall},
    seat::{self, leave},
};

/// Why somebody makes room, as somebody typed it.
#[derive(Debug, Clone, Default, Deserialize, utoipa::ToSchema)]
#[serde(default)]
pub struct MakeRoom {
    /// `declined`, `silent` or `left`.
    pub answer: String,
    /// At most 300 characters, private; needed of who leaves.
    pub reason: String,
}

/// Who comes, found outside of any write.
#[derive(Debug, Clone)]
pub struct Next {
    lot: LotId,
    number: u32,
    /// Those who had made room before.
    before: Vec<u32>,
    turn: u32,
    inputs: Hash,
    enters: Option<Volunteer>,
}

/// Finds who comes if a number makes room.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-no-list`, `offer-not-found`; database faults.
pub fn prepare(db: &Db, id: &LotId, number: u32) -> Result<Next, Fault> {
    let of = id.clone();
    let (facts, before) = db.read_wait(move |s| {
        let lot = queries::lot(s, &of)?;
        let list = queries::list(s, &of)?.ok_or_else(queries::no_list)?.list;
        let (people, offers) = (queries::pool(s, &of)?, queries::offers(s, &of)?);
        let there = offers.iter().find(|offer| offer.number == number).ok_or_else(answer::not_asked)?;
        let mut before = method::out(&offers);
        if there.answer.is_out() {
            // answered before: what is found is not written
            before.retain(|other| *other != number);
        }
        let out = before.iter().copied().chain([number]).collect();
        Ok::<_, Fault>((Facts { lot, people, out, list }, before))
    })?;
    let inputs = facts.inputs()?;
    let (turn, found) = method::stand_in(&inputs).map_err(|e| db::DbError::Data(format!("lots: {e}")))?;
    let Facts { people, .. } = facts;
    let enters = found
        .enters
        .and_then(|enters| people.into_iter().find(|one| one.number.is_some_and(|number| key(number) == enters)));
    Ok(Next {
        lot: id.clone(),
        number,
        before,
        turn: u32::try_from(turn).unwrap_or(u32::MAX),
        inputs: Hash::of(inputs.as_bytes()),
        enters,
    })
}

/// Writes the answer and asks who comes next, with a verdict of its own. Answered the same before, nothing changes.
///
/// # Errors
/// Refusals `invalid-input`, `lot-not-found`, `lot-wrong-state`, `offer-not-found`, `already-answered`, `answer-not-due`,
/// `inputs-changed` where somebody else made room meanwhile, `not-allowed`, and for silence of others but the office;
/// database faults.
pub fn make_room(tx: &mut Tx<'_>, cx: &mut Context, next: &Next, input: &MakeRoom) -> Result<Offer, Fault> {
    let case = answer::case(tx, cx, (&next.lot, next.number))?;
    let said = shaped(input)?;
    let (to, reason) = &said;
    if case.offer.answer == *to {
        return Ok(case.offer);
    }
    let site = hall::site(tx, &case.hall.place)?;
    if *to == Answer::Silent {
        rights::authorize(&cx.actor, rights::Action::MoveMatter, &site)?;
    }
    rules::may_answer(&case.offer, *to, &cx.day)?;
    if method::out(&store::offers(tx, &next.lot)?) != next.before {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    if let Some(id) = case.offer.delegate.as_ref() {
        let sits = seat::store::delegate(tx, &case.hall.id, id)?.ok_or_else(seat::not_found)?;
        leave::left(tx, cx, &case.permit, (&sits, reason))?;
    }
    let new = Offer { answer: *to, answered: Some(cx.day.clone()), turn: Some(next.turn), ..case.offer.clone() };
    answer::kept(tx, cx, &case.permit, (&case.lot, &case.offer, &new), reason)?;
    stands_in(tx, cx, (&case, next), &site)?;
    Ok(new)
}

/// Records who comes, and asks them.
fn stands_in(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (case, next): (&answer::Case, &Next),
    site: &kernel::Site,
) -> Result<(), Fault> {
    let enters = next.enters.as_ref().and_then(|one| one.number).map(key);
    let explained = match &enters {
        Some(enters) => Explained::of("delegates-stand-in").with_text("enters", enters.clone()),
        None => Explained::of("delegates-no-stand-in"),
    };
    let new = NewVerdict {
        site,
        kind: "delegates-stand-in",
        subject_kind: "lot",
        subject: case.lot.id.as_str(),
        title: &case.lot.title,
        matter: None,
        rule: method::RULE_STANDS_IN,
        rule_set: RULE_SET,
        parameters: json!({ "turn": next.turn, "leaves": key(next.number) }),
        inputs: next.inputs,
        outcome: json!({ "enters": enters }),
        passed: None,
        explained: explained.with_text("leaves", key(next.number)),
    };
    let verdict = record::record(tx, cx, &case.permit, &new)?;
    let Some(one) = &next.enters else { return Ok(()) };
    let hall: &Hall = &case.hall;
    let asked = Asked {
        lot: &case.lot,
        hall,
        seat: case.offer.seat,
        stands_for: Some(next.number),
        verdict: Some(&verdict.id),
    };
    ask(tx, cx, &case.permit, (&asked, one))?;
    if one.person.is_none() && case.one.person.as_ref() != cx.actor.person() {
        tell(tx, cx, &case.permit, (&case.lot, hall))?;
    }
    Ok(())
}

fn shaped(input: &MakeRoom) -> Result<(Answer, String), Refusal> {
    let mut shape = Shape::new();
    let answer = input.answer.trim().parse::<Answer>().ok().filter(|answer| answer.is_out());
    if answer.is_none() {
        shape.error("answer", "unknown-choice");
    }
    let reason = if answer == Some(Answer::Left) {
        shape.line("reason", &input.reason, 300)
    } else {
        shape.optional_line("reason", &input.reason, 300)
    };
    shape.finish((answer.unwrap_or(Answer::Declined), reason))
}
