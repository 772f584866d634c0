//! The duty that every matter begins with: to answer it.

use db::{Fault, Tx};
use kernel::{Context, Role};
use people::post::{self, Appointment};
use rights::Permit;
use work::clock::{Reckoner, Rule};

use super::{
    Duty, Holder,
    give::{self, Bound, GiveDuty},
};
use crate::matter::Matter;

/// Workdays within which a new matter is answered.
pub const ANSWER_WORKDAYS: u32 = 5;
/// Who is asked for the answer, in this order.
pub const ANSWERS: [Role; 3] = [Role::Worker, Role::Secretary, Role::Officer];

/// Gives the answer to a new matter to the nearest worker of its place, else to the nearest secretary, else to the
/// nearest officer; of several at one place to who owes least. None when nobody holds such a post: then the matter
/// has nobody yet. Given again it is the same one.
///
/// # Errors
/// Those of [`give::bind`]; database faults.
pub fn give_answer(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    reckoner: &Reckoner<'_>,
    permit: &Permit,
    matter: &Matter,
) -> Result<Option<Duty>, Fault> {
    let rule = Rule::WithinWorkdays(ANSWER_WORKDAYS);
    for role in ANSWERS {
        let held = post::holders(tx, &matter.place, role, &cx.day)?;
        let Some(post) = who_owes_least(held, permit) else { continue };
        let input = GiveDuty {
            matter: Some(matter.id.clone()),
            title: give::titled("answer", &matter.title),
            kind: "answer".to_owned(),
            by_answer: true,
            once: format!("answer {}", matter.id),
            ..GiveDuty::new(matter.place.clone(), Holder::Post(post.id), &rule)
        };
        let bound = Bound {
            place: &matter.place,
            path: &matter.path,
            input: &input,
            rule: rule.clone(),
            start: (cx.now, cx.day.clone()),
            plan: None,
            // the rule gives it, not the resident who opened the matter
            given_by: None,
        };
        match give::give_bound(tx, cx, reckoner, permit, &bound) {
            // it ended in this moment: whoever comes next
            Err(Fault::Refused(refusal)) if refusal.code == "post-ended" => {}
            given => return given.map(Some),
        }
    }
    Ok(None)
}

/// Of the posts at the nearest place the one with the fewest open duties. A stand-in meets duties and holds none, and
/// a post of another shard is none that this one can count duties at.
pub(crate) fn who_owes_least(mut held: Vec<Appointment>, permit: &Permit) -> Option<Appointment> {
    held.retain(|post| post.stand_in_for.is_none() && post.id.home() == permit.home());
    let nearest = held.first().map(|post| post.place.clone())?;
    held.into_iter().filter(|post| post.place == nearest).min_by_key(|post| post.open_duties)
}
