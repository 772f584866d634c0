//! Agree by a code: who reads it from their telephone to somebody agrees with that somebody.

use db::{Fault, Tx};
use kernel::{Context, Kind, PersonId, Refusal};
use rights::{Action, Resource, authorize};

use super::{
    How, Purpose,
    give::{Agreed, keep},
    store,
};
use crate::account::{self, Ticket, ask, enter, prove};

/// Persons for whom one may act, and who may act for one.
pub const MAX_BOUND: usize = 10;

/// Which of the two has signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The one who will act: the other one, whose telephone got the code, lets them.
    ActsFor,
    /// The one who lets the other act: the other one, whose telephone got the code, takes it on.
    LetsAct,
}

/// The other one.
#[derive(Debug, Clone)]
pub struct Agree {
    /// What the code from the other one's telephone was exchanged for, with the purpose `agree`.
    pub ticket: Ticket,
    /// The other one's name, as it stands in their account; a new person is registered where the telephone serves
    /// nobody of this name.
    pub name: String,
    /// Which side has signed in.
    pub side: Side,
}

/// Keeps the consent that one acts in the other's name, and answers who the other one is. Having read a code from it,
/// the telephone counts as the other one's.
///
/// # Errors
/// Refusals `sign-in-first`, `code-gone`, `invalid-input`, `not-oneself`, `too-many-bound`, `contact-full`,
/// `place-not-found`; database faults.
pub fn agree(tx: &mut Tx<'_>, cx: &mut Context, input: &Agree) -> Result<PersonId, Fault> {
    let (_, me) = account::own(cx)?;
    let (contact, used_by) = prove::granted(tx, &input.ticket, ask::Purpose::Agree, Some(&me), cx.now)?;
    let other = match used_by {
        // the second half of a double tap
        Some(other) => other,
        None => other_one(tx, cx, &me, &contact, &input.name)?,
    };
    if other == me {
        return Err(Refusal::new(Kind::Forbidden, "not-oneself").into());
    }
    prove::spend(tx, &input.ticket, &other, cx.now)?;
    let permit = authorize(&cx.actor, Action::SignIn, other.home())?;
    enter::note_verified(tx, cx, &permit, &contact, &other)?;
    let (giver, taker) = match input.side {
        Side::ActsFor => (&other, &me),
        Side::LetsAct => (&me, &other),
    };
    if store::of_giver(tx, giver)?.len() >= MAX_BOUND || store::of_taker(tx, taker)?.len() >= MAX_BOUND {
        return Err(Refusal::new(Kind::LimitReached, "too-many-bound").with_int("limit", MAX_BOUND as i64).into());
    }
    // both have shown that they mean it: one by the session, the other by the code
    let permit = authorize(&cx.actor, Action::GiveConsent, Resource::of(giver.home()).owned_by(Some(&me)))?;
    let how = if input.side == Side::ActsFor { How::Code } else { How::OneSelf };
    keep(tx, cx, &permit, &Agreed { giver, taker: Some(taker), purpose: Purpose::ActFor, how })?;
    Ok(other)
}

fn other_one(
    tx: &mut Tx<'_>,
    cx: &mut Context,
    me: &PersonId,
    contact: &account::Contact,
    name: &str,
) -> Result<PersonId, Fault> {
    let mut served = account::store::served(tx, contact)?;
    // whoever has come in by this telephone before and has this name comes first; eight at most
    for candidate in served.iter_mut() {
        candidate.verified = false;
    }
    let place = account::store::account(tx, me)?.map(|account| account.place);
    enter::named(tx, cx, contact, &served, (name, place.as_ref()))
}
