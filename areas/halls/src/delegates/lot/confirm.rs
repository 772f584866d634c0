//! Confirm the seed and draw: another officer than the one who typed it.

use db::{Db, Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use ledger::tree::Hash;
use matters::{
    duty::{
        Duty, Holder,
        give::{self, GiveDuty, titled},
    },
    verdict::{Explained, NewVerdict, record},
};
use rights::{Action, Permit, Resource, authorize};
use serde_json::json;
use sortition::{Draw, Seed, draw};
use ui::Words;
use work::{
    clock::{Reckoner, Rule},
    messages::{self, Message},
};

use super::{
    Answer, Lot, LotId, Offer, RULE_SET, State, Volunteer, draft::moved, method, not_found, publish, queries, rules,
    store,
};
use crate::delegates::{
    hall::{self, Hall, Way},
    seat,
};

/// A draw that is not recorded yet.
#[derive(Debug, Clone)]
pub struct Drawing {
    lot: Lot,
    draw: Draw,
    inputs: Hash,
    /// The drawn, in the order of their numbers.
    people: Vec<Volunteer>,
}

/// Draws from what is kept, outside of any write.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `lot-no-list`; database faults.
pub fn prepare(db: &Db, id: &LotId) -> Result<Drawing, Fault> {
    let of = id.clone();
    let (lot, list, mut people) = db.read_wait(move |s| {
        let lot = queries::lot(s, &of)?;
        rules::expect(&lot, &[State::Seeded, State::Drawn])?;
        let list = queries::list(s, &of)?.ok_or_else(queries::no_list)?;
        Ok::<_, Fault>((lot, list, queries::pool(s, &of)?))
    })?;
    let seed = Seed::new(&lot.seed).map_err(|e| db::DbError::Data(e.to_string()))?;
    let drawn = draw(&list.panels()?, &seed);
    let inputs = Hash::of(method::inputs(&lot, &list.list).as_bytes());
    people.retain(|one| one.number.is_some_and(|number| drawn.panel.binary_search(&super::key(number)).is_ok()));
    Ok(Drawing { lot, draw: drawn, inputs, people })
}

/// Confirms the seed by typing it once more, records the verdict and asks the drawn. Drawn before, it is answered as it is.
///
/// # Errors
/// Refusals `lot-not-found`, `lot-wrong-state`, `seed-differs`, `inputs-changed`, `lot-seats-taken`, `changed-meanwhile`,
/// `not-allowed` also to who typed the seed first; database faults.
pub fn confirm(tx: &mut Tx<'_>, cx: &mut Context, drawing: &Drawing, typed: &str) -> Result<Lot, Fault> {
    let lot = store::held(tx, &drawing.lot.id)?.ok_or_else(not_found)?;
    let hall = hall::queries::hall(tx, &lot.hall)?;
    let site = hall::site(tx, &hall.place)?;
    let permit = authorize(&cx.actor, Action::Approve, Resource::at(&site).made_by(lot.seed_by.as_ref()))?;
    if lot.state == State::Drawn {
        return Ok(lot);
    }
    rules::may_confirm(&lot, typed)?;
    if lot.revision != drawing.lot.revision {
        return Err(Refusal::new(Kind::Conflict, "inputs-changed").into());
    }
    let drawn = &drawing.draw;
    let new = NewVerdict {
        site: &site,
        kind: "delegates-lot",
        subject_kind: "lot",
        subject: lot.id.as_str(),
        title: &lot.title,
        matter: None,
        rule: method::RULE_DRAW,
        rule_set: RULE_SET,
        parameters: method::parameters(
            &json!({
                "panels": lot.panels, "people": lot.pool.people, "rule": lot.rule.to_string(), "size": lot.size,
                "announced": publish::announcement(&lot.announced), "pool": lot.pool.digest,
            }),
            &lot.seed,
        ),
        inputs: drawing.inputs,
        outcome: method::told(drawn),
        passed: None,
        explained: Explained::of("delegates-lot")
            .with_int("number", i64::try_from(drawn.number).unwrap_or(0))
            .with_int("panels", lot.panels.into())
            .with_text("seed", lot.seed.clone()),
    };
    let verdict = record::record(tx, cx, &permit, &new)?;
    let told = json!({
        "lot": lot.id, "hall": lot.hall, "digest": drawn.digest, "number": drawn.number, "verdict": verdict.id,
        "panel": drawn.panel.join(" "),
    });
    let new = Lot {
        state: State::Drawn,
        number: u32::try_from(drawn.number).ok(),
        drawn: Some(cx.day.clone()),
        verdict: Some(verdict.id.clone()),
        ..lot
    };
    let lot = moved(tx, cx, &permit, (new, "lot.drawn", told))?;
    ask_all(tx, cx, &permit, (&lot, &hall), &drawing.people)?;
    Ok(lot)
}

/// Asks the drawn: each is given a seat that is free, and time to answer.
fn ask_all(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (lot, hall): (&Lot, &Hall),
    people: &[Volunteer],
) -> Result<(), Fault> {
    let sitting = seat::store::sitting(tx, &hall.id)?;
    let free = |seat: &u32| hall.way_of(*seat) == Some(Way::Lot) && !sitting.iter().any(|one| one.seat == *seat);
    let free: Vec<u32> = (1..=hall.seats()).filter(free).collect();
    if free.len() < people.len() {
        let free = i64::try_from(free.len()).unwrap_or(0);
        return Err(Refusal::new(Kind::Conflict, "lot-seats-taken").with_int("free", free).into());
    }
    let mut silent = 0_u32;
    for (one, seat) in people.iter().zip(free) {
        let asked = Asked { lot, hall, seat, stands_for: None, verdict: None };
        ask(tx, cx, permit, (&asked, one))?;
        silent += u32::from(one.person.is_none());
    }
    if silent > 0 { tell(tx, cx, permit, (lot, hall)) } else { Ok(()) }
}

/// Who is asked for which seat.
pub(super) struct Asked<'a> {
    pub lot: &'a Lot,
    pub hall: &'a Hall,
    pub seat: u32,
    pub stands_for: Option<u32>,
    pub verdict: Option<&'a matters::verdict::VerdictId>,
}

/// Asks one person: a duty to answer and a message for who has an account; whoever has none is told by the office.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (asked, one): (&Asked<'_>, &Volunteer),
) -> Result<(), Fault> {
    let lot = asked.lot;
    let number = one.number.ok_or_else(|| db::DbError::Data("lots: no number".into()))?;
    let due = publish::due(lot, &cx.day);
    let duty = match &one.person {
        Some(person) => {
            let page = format!("/lots/{}/answer", lot.id);
            let once = format!("lot-{}-{number}", lot.id);
            let duty =
                owe(tx, cx, permit, (asked.hall, lot), (Holder::Person(person.clone()), "lot-answer", &page, &once))?;
            message(tx, cx, (lot, asked.hall), (person, due.as_str()))?;
            Some(duty.id)
        }
        None => None,
    };
    let new = Offer {
        number,
        seat: asked.seat,
        answer: Answer::Asked,
        asked: cx.day.clone(),
        due,
        answered: None,
        stands_for: asked.stands_for,
        turn: None,
        duty,
        verdict: asked.verdict.cloned(),
        delegate: None,
    };
    Ok(store::ask(tx, permit, (&lot.id, &new))?)
}

/// The duty of who draws to tell those who have no account.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (lot, hall): (&Lot, &Hall),
) -> Result<(), Fault> {
    let Some(person) = cx.actor.person().cloned() else { return Ok(()) };
    let (page, once) = (format!("/lots/{}/pool", lot.id), format!("lot-tell-{}-{}", lot.id, lot.revision));
    owe(tx, cx, permit, (hall, lot), (Holder::Person(person), "lot-tell", &page, &once)).map(|_| ())
}

fn owe(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (hall, lot): (&Hall, &Lot),
    (holder, kind, page, once): (Holder, &str, &str, &str),
) -> Result<Duty, Fault> {
    let rule: Rule = format!("days:{}", lot.answer_days).parse().map_err(|_| db::DbError::Data("lots: rule".into()))?;
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: cx.offset_minutes };
    let input = GiveDuty {
        title: titled(kind, &hall.name),
        kind: kind.to_owned(),
        page: page.to_owned(),
        once: once.to_owned(),
        ..GiveDuty::new(hall.place.clone(), holder, &rule)
    };
    give::bind(tx, cx, &reckoner, permit, &input)
}

/// A message, to whoever has read a code from us before.
fn message(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    (lot, hall): (&Lot, &Hall),
    (person, due): (&PersonId, &str),
) -> Result<(), Fault> {
    let Some((locale, to)) = people::account::queries::reach(tx, person)? else { return Ok(()) };
    let w = Words::of(locale);
    let due = ui::format::Civil::parse(due).map_or_else(|| due.to_owned(), |day| day.full(locale));
    let text = w.t_with("lot-message", &[("hall", hall.name.as_str().into()), ("due", due.as_str().into())]);
    let message = Message { to, kind: "lot-drawn".into(), subject: w.t("lot-message-subject").to_owned(), text };
    messages::send(tx, cx, lot.id.home(), &message, Some(&format!("{}/{person}", lot.id)))?;
    Ok(())
}
