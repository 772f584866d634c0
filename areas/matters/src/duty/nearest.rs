//! Give a duty to the nearest post of some roles: what other areas do whose verbs owe something from then on.

use db::{Fault, Tx};
use kernel::{Context, PlaceId, Role};
use people::post::{self, PostId};
use rights::Permit;
use work::clock::Reckoner;

use super::{
    Duty, Holder,
    answer::who_owes_least,
    give::{self, GiveDuty},
};

/// Gives the duty to the nearest post of the first of `roles` that somebody holds at the place or above it; of several at one
/// place to who owes least. Posts of `but` are passed over. None where nobody such holds a post: then nobody owes it yet.
/// `make` says what is given to the holder; with the same `once` it is given once.
///
/// # Errors
/// Those of [`give::bind`]; database faults.
pub fn to_nearest(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    permit: &Permit,
    (place, roles, but): (&PlaceId, &[Role], &[PostId]),
    make: impl Fn(Holder) -> GiveDuty,
) -> Result<Option<Duty>, Fault> {
    let calendar = work::queries::calendar(tx)?;
    let reckoner = Reckoner { calendar: &calendar, offset_minutes: cx.offset_minutes };
    for role in roles {
        let mut held = post::holders(tx, place, *role, &cx.day)?;
        held.retain(|post| !but.contains(&post.id));
        let Some(post) = who_owes_least(held, permit) else { continue };
        match give::bind(tx, cx, &reckoner, permit, &make(Holder::Post(post.id))) {
            // it ended in this moment: whoever comes next
            Err(Fault::Refused(refusal)) if refusal.code == "post-ended" => {}
            given => return given.map(Some),
        }
    }
    Ok(None)
}
